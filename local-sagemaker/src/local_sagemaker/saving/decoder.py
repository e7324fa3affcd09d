"""Makes the objects of a saved state again, out of nodes that nobody has to trust.

Nothing is asked of an object before it is whole: first everything is made empty, then objects get
their attributes and lists their members, and then what hashes its members gets them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import IO, Any

from cryptography.exceptions import UnsupportedAlgorithm

from local_sagemaker.saving.classes import is_kept_method
from local_sagemaker.saving.empty_objects import MAKERS
from local_sagemaker.saving.errors import DamagedError
from local_sagemaker.services.object_contents import ObjectContent

_UNMADE = object()
_FAULTS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    UnsupportedAlgorithm,
    ValueError,
)


class Decoder:
    """`anchors` are what the encoder had as anchors, in this server; `content` opens one."""

    def __init__(
        self,
        nodes: Any,
        anchors: Mapping[str, Any],
        content: Callable[[str], AbstractContextManager[IO[bytes]]],
    ) -> None:
        self._nodes = nodes
        self._anchors = anchors
        self._content = content
        self._made: dict[int, Any] = {}
        self._under_way: set[int] = set()

    def decode(self, root: Any) -> Any:
        """What the encoder's `encode` was asked for.

        Raises DamagedError for whatever no encoder has written.
        """
        try:
            self._make_all()
            return self._value(root)
        except DamagedError:
            raise
        except _FAULTS as fault:
            raise DamagedError(f"{type(fault).__name__}: {fault}") from fault
        except RecursionError as fault:
            raise DamagedError("it is nested too deeply") from fault

    def _make_all(self) -> None:
        made = [(self._node(number), node) for number, node in enumerate(self._nodes)]
        for found, (kind, *parts) in made:
            self._give(found, kind, parts)
        for found, (kind, *parts) in made:
            self._enter(found, kind, parts)

    def _give(self, found: Any, kind: str, parts: list[Any]) -> None:
        """Give an object its attributes, as data, and a list its members."""
        match kind:
            case "object":
                vars(found).update(self._pairs(parts[1:]))
            case "dict of":
                vars(found).update(self._pairs(parts[2 : 2 + parts[1]]))
            case "list":
                found.extend(self._all(parts))
            case "deque":
                found.extend(self._all(parts[1:]))

    def _enter(self, found: Any, kind: str, parts: list[Any]) -> None:
        """Enter what is looked up by its hash."""
        match kind:
            case "set" | "WeakValueDictionary":
                found.update(self._all(parts) if kind == "set" else self._pairs(parts))
            case "dict" | "OrderedDict":
                _fill(found, self._pairs(parts))
            case "defaultdict":
                _fill(found, self._pairs(parts[1:]))
            case "dict of":
                _fill(found, self._pairs(parts[2 + parts[1] :]))

    def _value(self, written: Any) -> Any:
        if not isinstance(written, list):
            return written
        (number,) = written
        return self._node(number)

    def _all(self, parts: Sequence[Any]) -> list[Any]:
        return [self._value(part) for part in parts]

    def _pairs(self, parts: Sequence[Any]) -> list[tuple[Any, Any]]:
        values = self._all(parts)
        return list(zip(values[::2], values[1::2], strict=True))

    def _node(self, number: int) -> Any:
        """The object of a node, which may still be empty."""
        found = self._made.get(number, _UNMADE)
        if found is not _UNMADE:
            return found
        if number in self._under_way or number < 0:
            raise DamagedError(f"node {number} holds itself")
        self._under_way.add(number)
        kind, *parts = self._nodes[number]
        make = MAKERS.get(kind)
        self._made[number] = found = make(*parts) if make else self._composed(kind, parts)
        return found

    def _composed(self, kind: str, parts: list[Any]) -> Any:
        match kind:
            case "tuple":
                return tuple(self._all(parts))
            case "frozenset":
                return frozenset(self._all(parts))
            case "method" if is_kept_method(type(owner := self._value(parts[0])), parts[1]):
                return getattr(owner, parts[1])
            case "anchor":
                return self._anchors[parts[0]]
            case "content":
                with self._content(parts[0]) as stream:
                    return ObjectContent.of(stream)
            case "kept bytes":
                with self._content(parts[0]) as stream:
                    return stream.read()
        raise DamagedError(f"it has a node of the kind {kind!r:.50}")


def _fill(found: dict[Any, Any], pairs: list[tuple[Any, Any]]) -> None:
    """As a plain dictionary, whatever moto's own would make of a key."""
    plain = OrderedDict if isinstance(found, OrderedDict) else dict
    for key, value in pairs:
        plain.__setitem__(found, key, value)
