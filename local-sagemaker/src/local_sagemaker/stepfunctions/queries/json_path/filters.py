"""What stands in `[?(...)]`: comparisons of paths and literals, joined by && and ||."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from local_sagemaker.stepfunctions.queries.json_path.comparisons import COMPARISONS, UNDEFINED
from local_sagemaker.stepfunctions.queries.json_path.path import Path
from local_sagemaker.stepfunctions.queries.json_path.steps import PathNotFound
from local_sagemaker.stepfunctions.queries.reader import Reader

Holds = Callable[[Any, Any], bool]
Operand = Callable[[Any, Any], Any]
ReadSteps = Callable[[Reader], Path]

_OPERATOR = re.compile(r"[<>=!~]+|[a-z]+")
_LITERAL = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|true\b|false\b|null\b")
_REGEX = re.compile(r"/((?:\\.|[^/\\])*)/(i?)")


def read_filter(reader: Reader, read_steps: ReadSteps) -> Holds:
    """The filter `(...)` that stands here."""
    reader.skip_spaces()
    reader.expect("(")
    holds = _FilterReader(reader, read_steps).any_of()
    reader.expect(")")
    return holds


class _FilterReader:
    def __init__(self, reader: Reader, read_steps: ReadSteps) -> None:
        self._reader = reader
        self._read_steps = read_steps

    def any_of(self) -> Holds:
        holds = self._all_of()
        while self._take("||"):
            holds = _either(holds, self._all_of())
        return holds

    def _all_of(self) -> Holds:
        holds = self._one()
        while self._take("&&"):
            holds = _both(holds, self._one())
        return holds

    def _one(self) -> Holds:
        if self._take("!"):
            holds = self._one()
            return lambda item, root: not holds(item, root)
        if self._take("("):
            holds = self.any_of()
            self._reader.expect(")")
            return holds
        return self._comparison()

    def _comparison(self) -> Holds:
        left = self._operand()
        self._reader.skip_spaces()
        operator = self._reader.match(_OPERATOR)
        if operator is None:
            return lambda item, root: left(item, root) is not UNDEFINED
        if operator not in COMPARISONS:
            raise self._reader.fault(f"the operator {operator} is none of {', '.join(COMPARISONS)}")
        compare = COMPARISONS[operator]
        right = self._operand()
        self._reader.skip_spaces()
        return lambda item, root: compare(left(item, root), right(item, root))

    def _operand(self) -> Operand:
        reader = self._reader
        reader.skip_spaces()
        if reader.sees("@") or reader.sees("$"):
            return self._path()
        if reader.sees("'") or reader.sees('"'):
            text = re.sub(r"\\(.)", r"\1", reader.quoted())
            return lambda item, root: text
        pattern = reader.match(_REGEX)
        if pattern is not None:
            regex = self._compiled(pattern)
            return lambda item, root: regex
        return self._literal()

    def _path(self) -> Operand:
        reader = self._reader
        is_root = reader.take("$")
        if not is_root:
            reader.expect("@")
        path = self._read_steps(reader)
        return lambda item, root: _value(path, root if is_root else item)

    def _compiled(self, pattern: str) -> re.Pattern[str]:
        body, _, flags = pattern[1:].rpartition("/")
        try:
            return re.compile(body, re.IGNORECASE if flags else 0)
        except re.error as fault:
            raise self._reader.fault(f"{pattern} is no regular expression: {fault}") from fault

    def _literal(self) -> Operand:
        reader = self._reader
        text = reader.match(_LITERAL)
        if text is not None:
            value = json.loads(text)
        elif reader.sees("["):
            value = self._list()
        else:
            raise reader.fault("a path or a literal expected")
        return lambda item, root: value

    def _list(self) -> list[Any]:
        reader = self._reader
        reader.expect("[")
        items: list[Any] = []
        while not self._take("]"):
            if items:
                reader.expect(",")
            items.append(self._operand()(None, None))
            reader.skip_spaces()
        return items

    def _take(self, text: str) -> bool:
        self._reader.skip_spaces()
        return self._reader.take(text)


def _value(path: Path, document: Any) -> Any:
    try:
        return path.find(document)
    except PathNotFound:
        return UNDEFINED


def _either(first: Holds, second: Holds) -> Holds:
    return lambda item, root: first(item, root) or second(item, root)


def _both(first: Holds, second: Holds) -> Holds:
    return lambda item, root: first(item, root) and second(item, root)
