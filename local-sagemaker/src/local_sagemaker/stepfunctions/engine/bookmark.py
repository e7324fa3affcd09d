"""Where a line of states stands, so that a redrive goes on there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from local_sagemaker.stepfunctions.queries.scope import ABSENT


@dataclass
class Bookmark:
    """The state that the line is in, or its output once it is through.

    `entered` is the id of the event that tells of the state's entry, 0 before it. `sizes` are the
    bytes of each variable. `inner` are the lines within a Parallel or Map state, by their number.
    """

    state: str = ""
    given: Any = ABSENT
    entered: int = 0
    variables: dict[str, Any] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    output: Any = ABSENT
    inner: dict[int, Bookmark] = field(default_factory=dict)

    @property
    def is_through(self) -> bool:
        return self.output is not ABSENT

    @property
    def size_of_variables(self) -> int:
        """In bytes, with those of the lines within that still run."""
        within = [line.size_of_variables for line in list(self.inner.values())]
        return 0 if self.is_through else sum(self.sizes.values()) + sum(within)

    def turn_to(self, state: str, given: Any) -> None:
        """The line goes on with this state."""
        self.state, self.given, self.entered, self.inner = state, given, 0, {}

    def line(self, number: int) -> Bookmark:
        """The line of a branch or an iteration: the one of before, unless there was none."""
        return self.inner.setdefault(number, Bookmark())
