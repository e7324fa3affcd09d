"""The steps of a path: what each finds in a value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from local_sagemaker.stepfunctions.json_text import to_text


class PathNotFound(Exception):
    """The path leads to no value; the text is Jayway's."""


class IndexNotFound(PathNotFound):
    """The path ends in a place that its array does not reach to."""


class Step(Protocol):
    """`find` gives what the step leads to from a value of the document `root`.

    `place` is the path so far while it names one place: a value that the step cannot be taken
    from raises PathNotFound then. It is None after a step that finds many, where such a value is
    passed over.
    """

    @property
    def is_definite(self) -> bool: ...

    def find(self, value: Any, root: Any, place: str | None) -> Iterator[Any]: ...


@dataclass(frozen=True)
class Name:
    """`.a` and `['a']`."""

    name: str
    is_definite = True

    def __str__(self) -> str:
        return f"['{self.name}']"

    def find(self, value: Any, root: Any, place: str | None) -> Iterator[Any]:
        if _is_object(value, str(self), place) and self.name in value:
            yield value[self.name]


@dataclass(frozen=True)
class Names:
    """`['a','b']`: their values, or an object of those there are at the end of a path."""

    names: tuple[str, ...]
    is_merged: bool

    def __str__(self) -> str:
        return "[" + ",".join(f"'{name}'" for name in self.names) + "]"

    @property
    def is_definite(self) -> bool:
        return self.is_merged

    def find(self, value: Any, root: Any, place: str | None) -> Iterator[Any]:
        if not _is_object(value, str(self), place):
            return
        held = {name: value[name] for name in self.names if name in value}
        yield from [held] if self.is_merged else held.values()


@dataclass(frozen=True)
class Indices:
    """`[0]`, `[-1]`, `[0,2]`."""

    indices: tuple[int, ...]

    def __str__(self) -> str:
        return "[" + ",".join(map(str, self.indices)) + "]"

    @property
    def is_definite(self) -> bool:
        return len(self.indices) == 1

    def find(self, value: Any, root: Any, place: str | None) -> Iterator[Any]:
        if _is_array(value, str(self), place):
            size = len(value)
            yield from (value[index] for index in self.indices if -size <= index < size)


@dataclass(frozen=True)
class Slice:
    """`[1:3]`, `[-2:]`, `[:2]`."""

    start: int | None
    end: int | None
    is_definite = False

    def __str__(self) -> str:
        ends = ["" if end is None else str(end) for end in (self.start, self.end)]
        return f"[{':'.join(ends)}]"

    def find(self, value: Any, root: Any, place: str | None) -> Iterator[Any]:
        if _is_array(value, str(self), place):
            yield from value[self.start : self.end]


@dataclass(frozen=True)
class Every:
    """`[*]` and `.*`: the items of an array, the values of an object."""

    is_definite = False

    def __str__(self) -> str:
        return "[*]"

    def find(self, value: Any, root: Any, place: str | None) -> Iterator[Any]:
        yield from _children(value)


@dataclass(frozen=True)
class Filter:
    """`[?(@.a > 1)]`: the items of an array that it holds of; an object itself, if it does."""

    holds: Callable[[Any, Any], bool]
    is_definite = False

    def __str__(self) -> str:
        return "[?]"

    def find(self, value: Any, root: Any, place: str | None) -> Iterator[Any]:
        if place is not None and not isinstance(value, dict | list):
            raise PathNotFound(
                f"Filter: {self} can not be applied to primitives. Current context is: {value}"
            )
        candidates = [value] if isinstance(value, dict) else _children(value)
        yield from (item for item in candidates if self.holds(item, root))


@dataclass(frozen=True)
class Descend:
    """`..`: the step after it is taken from this value and from all below it."""

    step: Step
    is_definite = False

    def __str__(self) -> str:
        return f"..{self.step}"

    def find(self, value: Any, root: Any, place: str | None) -> Iterator[Any]:
        # A filter meets each object by itself, so not once more as an item of its array.
        if not (isinstance(self.step, Filter) and isinstance(value, list)):
            yield from self.step.find(value, root, None)
        for child in _children(value):
            yield from self.find(child, root, None)


def _children(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _is_object(value: Any, step: str, place: str | None) -> bool:
    if isinstance(value, dict) or place is None:
        return isinstance(value, dict)
    raise PathNotFound(
        f"Expected to find an object with property {step} in path {place} but found "
        f"{to_text(value)}"
    )


def _is_array(value: Any, step: str, place: str | None) -> bool:
    if isinstance(value, list) or place is None:
        return isinstance(value, list)
    if value is None:
        raise PathNotFound(f"The path {place} is null")
    raise PathNotFound(
        f"Filter: {step} can only be applied to arrays. Current context is: {to_text(value)}"
    )
