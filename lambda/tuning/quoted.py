"""What SageMaker and its containers say, as Retune may repeat it: without rows and secrets.

The reason that a job or an endpoint gives for its failure is the container's own text. It may quote
the line that the container could not read, and a variable of its environment.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

NOT_SHOWN = "(not shown)"
LEAST_SECRET = 6  # characters; shorter values, such as 1 and info, are words of any text

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_IS_NUMBER = re.compile(_NUMBER)
_VALUE = rf"(?:np\.float\d*\()?(?:{_NUMBER}|nan\b|[-+]?inf\b)\)?"
# Three numbers in a row, two of which one has a fraction, and the pairs of libsvm: 1:0.5 4:2.
_NUMBERS = re.compile(
    rf"(?<![\w.:-]){_VALUE}(?:[\s,;|]+{_VALUE}){{2,}}(?![\w.])"
    r"|(?<![\w.:-])-?(?:\d+[,;|]-?\d+\.\d+|\d+\.\d+[,;|]-?\d+(?:\.\d+)?)(?![\w.])",
    re.IGNORECASE,
)
_PAIRS = re.compile(
    rf"(?<!\S){_NUMBER}(?:\s+qid:\d+)?(?:\s+\d+:{_NUMBER})+"
    rf"|\b\d+:{_NUMBER}(?:\s+\d+:\S+)+|(?<![:\w])\d+:-?\d+\.\d+"
)
# Cells of CSV, one of which is a number.
_CELLS = re.compile(r"[^\s,;|'\"()\[\]{}]*(?:[,;|\t][^\s,;|'\"()\[\]{}]*){2,}")
# The same in quotes, and a row as a dictionary.
_QUOTED_CELLS = re.compile(r"(?:'[^'\n]*'|\"[^\"\n]*\")(?:\s*[,;|]\s*(?:'[^'\n]*'|\"[^\"\n]*\"))+")
_DICTIONARY = re.compile(rf"\{{[^{{}}]*:\s*{_NUMBER}\b[^{{}}]*\}}")
# The words of Python and of libraries for a cell that they cannot read, and those of XGBoost's
# container for a line that is no libsvm.
_WORDS = (
    r"to float|with base \d+|first ?line|\bline(?: \d+)?|\brow(?: \d+)?|\brecord|to parse string"
    r"|not parse|invalid value|unknown categor\w+"
)
_QUOTED = re.compile(rf"({_WORDS})(:? ?\[?)(?:(['\"`]).*?(?:\3|$))", re.DOTALL | re.IGNORECASE)
_UNQUOTED = re.compile(r"(to float: )(?!\(not shown\))\S.*")


def without_rows(text: str) -> str:
    """The text without what looks like a row of data, or is quoted as a cell or line of it."""
    text = _QUOTED.sub(rf"\1\2{NOT_SHOWN}", text)
    text = _UNQUOTED.sub(rf"\1{NOT_SHOWN}", text)
    text = _DICTIONARY.sub(NOT_SHOWN, text)
    text = _QUOTED_CELLS.sub(_without_cells, text)
    text = _CELLS.sub(_without_cells, text)
    return _NUMBERS.sub(NOT_SHOWN, _PAIRS.sub(NOT_SHOWN, text))


def _without_cells(match: re.Match[str]) -> str:
    cells = (cell.strip(" '\"") for cell in re.split(r"[,;|\t]", match[0]))
    return NOT_SHOWN if any(map(_IS_NUMBER.fullmatch, cells)) else match[0]


def without_secrets(text: str, secrets: Iterable[str]) -> str:
    """The text without these values, as they are and as JSON writes them."""
    forms = {form for secret in secrets for form in (secret, json.dumps(secret)[1:-1])}
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, NOT_SHOWN)
    return text


def repeatable(reason: str | None, secrets: Iterable[str]) -> str | None:
    """The reason of a job without rows and these secrets; None for a job that gives none."""
    return reason and without_secrets(without_rows(reason), secrets)


def secrets_of(request: Mapping[str, Any]) -> tuple[str, ...]:
    """The values of Environment in a request for a training or tuning job, or its description."""
    values = (
        value for each in _definitions(request) for value in each.get("Environment", {}).values()
    )
    return tuple(dict.fromkeys(value for value in values if len(value) >= LEAST_SECRET))


def _definitions(request: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield request
    yield request.get("TrainingJobDefinition", {})
    yield from request.get("TrainingJobDefinitions", ())
