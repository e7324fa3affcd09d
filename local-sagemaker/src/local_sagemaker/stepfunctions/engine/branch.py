"""A line of states that run one after the other: an execution's own, a branch, an iteration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from local_sagemaker.stepfunctions.definition.machine import Chain
from local_sagemaker.stepfunctions.engine.bookmark import Bookmark
from local_sagemaker.stepfunctions.engine.running import Running, Stopped

if TYPE_CHECKING:
    from local_sagemaker.stepfunctions.engine.execution import Execution

_ABORTED = ("Task", "Wait", "Parallel", "Map")
_ABORTED_BY_ITSELF = ("Task",)


class Branch:
    """Its states, its variables, its place, and the event that its next one follows.

    It sees the variables of `outer`, which do not change while it runs, and cannot assign them.
    `map_item` is the context object's Map in an iteration.
    """

    def __init__(
        self,
        execution: Execution,
        chain: Chain,
        running: Running,
        place: Bookmark,
        *,
        last: int = 0,
        outer: Mapping[str, Any] | None = None,
        map_item: dict[str, Any] | None = None,
    ) -> None:
        self.execution = execution
        self.chain = chain
        self.running = running
        self.place = place
        self.last = last
        self.map_item = map_item
        self._outer = dict(outer or {})

    @property
    def variables(self) -> dict[str, Any]:
        """All that an expression sees here."""
        return self._outer | self.place.variables

    def assign(self, variables: Mapping[str, Any], sizes: Mapping[str, int]) -> None:
        """Give variables their values, of so many bytes, for the states that follow."""
        self.place.variables = self.place.variables | dict(variables)
        self.place.sizes = self.place.sizes | dict(sizes)

    def size_with(self, sizes: Mapping[str, int]) -> int:
        """The bytes of all variables of the execution when this branch assigns these."""
        replaced = sum(self.place.sizes.get(name, 0) for name in sizes)
        return self.execution.size_of_variables - replaced + sum(sizes.values())

    def record(self, kind: str, **details: Any) -> int:
        """Write an event that follows the last one, and is the last one from now on.

        Raises Stopped once the branch was stopped: what is still reported then is dropped.
        """
        self.last = self.beside(kind, **details)
        return self.last

    def beside(self, kind: str, previous: int | None = None, **details: Any) -> int:
        """Write an event that the next one does not follow; `previous` unless it is the last."""
        history = self.execution.history
        with history.lock:
            self.running.check()
            if self.execution.has_a_full_history:
                self.execution.fail_of_length(self.last)
                raise Stopped
            return history.add(kind, self.last if previous is None else previous, details)

    def line(
        self,
        number: int,
        chain: Chain,
        running: Running,
        *,
        last: int | None = None,
        map_item: dict[str, Any] | None = None,
    ) -> Branch:
        """A branch within the present state, at its place of before if it had one.

        Its first event follows `last`, or this branch's last one.
        """
        return Branch(
            self.execution,
            chain,
            running,
            self.place.line(number),
            last=self.last if last is None else last,
            outer=self.variables,
            map_item=map_item or self.map_item,
        )

    def tell_aborted(self, previous: int, *, has_failed: bool) -> None:
        """Say that the state under way is aborted, if it is of a type that lasts.

        Of a branch that has itself failed only Task states are told so: recorded histories.
        """
        place = self.place
        if place.is_through or not place.state:
            return
        kind = self.chain.states[place.state].type
        if kind in (_ABORTED_BY_ITSELF if has_failed else _ABORTED):
            self.beside(f"{kind}StateAborted", previous)
