"""From a path's text to its steps."""

from __future__ import annotations

import re
from functools import lru_cache

from local_sagemaker.stepfunctions.queries.json_path.filters import read_filter
from local_sagemaker.stepfunctions.queries.json_path.path import Path
from local_sagemaker.stepfunctions.queries.json_path.steps import (
    Descend,
    Every,
    Filter,
    Indices,
    Name,
    Names,
    Slice,
    Step,
)
from local_sagemaker.stepfunctions.queries.reader import Reader

_NAME = re.compile(r"[^.\[\s]+")
# In a filter a name ends where an operator or a bracket follows.
_NAME_IN_FILTER = re.compile(r"[^.\[\s<>=!~&|,()\]]+")
_INDEX = re.compile(r"-?\d+")


@lru_cache(maxsize=4096)
def parse_path(text: str) -> Path:
    """The path that is written `$` and steps; raises QuerySyntaxError."""
    reader = Reader(text)
    reader.expect("$")
    path = _steps(reader, _NAME)
    if not reader.at_end:
        raise reader.fault("a step of a path expected")
    return path


def _steps(reader: Reader, names: re.Pattern[str]) -> Path:
    """The steps from here on, as far as there are any."""
    steps: list[Step] = []
    while reader.sees(".") or reader.sees("["):
        if reader.take(".."):
            steps.append(Descend(_step(reader, names)))
        else:
            reader.take(".")
            steps.append(_step(reader, names))
    return Path(tuple(_ended(steps)))


def _ended(steps: list[Step]) -> list[Step]:
    """Names at the end of a path are one object, of the names that there are."""
    last = steps[-1] if steps else None
    return [*steps[:-1], Names(last.names, is_merged=True)] if isinstance(last, Names) else steps


def _step(reader: Reader, names: re.Pattern[str]) -> Step:
    if reader.take("["):
        step = _bracket(reader)
        reader.skip_spaces()
        reader.expect("]")
        return step
    if reader.take("*"):
        return Every()
    name = reader.match(names)
    if name is None:
        raise reader.fault("a name expected")
    return Name(name)


def _bracket(reader: Reader) -> Step:
    reader.skip_spaces()
    if reader.take("*"):
        return Every()
    if reader.take("?"):
        return Filter(read_filter(reader, _steps_in_filter))
    if reader.sees("'") or reader.sees('"'):
        names = [reader.quoted()]
        while _comma(reader):
            names.append(reader.quoted())
        return Name(names[0]) if len(names) == 1 else Names(tuple(names), is_merged=False)
    return _numbers(reader)


def _steps_in_filter(reader: Reader) -> Path:
    return _steps(reader, _NAME_IN_FILTER)


def _numbers(reader: Reader) -> Step:
    first = reader.match(_INDEX)
    if reader.take(":"):
        last = reader.match(_INDEX)
        if first is None and last is None:
            raise reader.fault("a start or an end expected")
        return Slice(_number(first), _number(last))
    if first is None:
        raise reader.fault("a name in quotes, an index, a slice, a filter or * expected")
    indices = [int(first)]
    while _comma(reader):
        index = reader.match(_INDEX)
        if index is None:
            raise reader.fault("an index expected")
        indices.append(int(index))
    return Indices(tuple(indices))


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def _comma(reader: Reader) -> bool:
    reader.skip_spaces()
    found = reader.take(",")
    reader.skip_spaces()
    return found
