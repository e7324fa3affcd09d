"""What JSONata says of a fault, as Step Functions quotes it: with values as JSON.

The library comes from one in which "function" was replaced by "Object" in all texts.
"""

from __future__ import annotations

import json
import re
from typing import Any

from jsonata import Utils
from jsonata.jexception import JException

_PLACE = re.compile(r"\{\{\{\w+\}\}\}|\{\{\w+\}\}")
_TEXTS = {code: text.replace("Object", "function") for code, text in JException.error_codes.items()}
_CODES = {text: code for code, text in _TEXTS.items()}
_WRONG_ITEMS = "T0412"
_KINDS = {
    "a": "arrays",
    "b": "booleans",
    "f": "functions",
    "n": "numbers",
    "o": "objects",
    "s": "strings",
}


def code(fault: JException) -> str | None:
    """JSONata's code, such as T2001; None for a fault without one."""
    return fault.error if fault.error in _TEXTS else _CODES.get(fault.error)


def message(fault: JException) -> str:
    """The text without the code."""
    text = _TEXTS.get(fault.error, fault.error)
    values = iter([fault.current, fault.expected, _third(fault)])
    return _PLACE.sub(lambda place: _written(next(values, None), place.group()), text)


def _third(fault: JException) -> Any:
    return _KINDS.get(fault.extra, fault.extra) if fault.error == _WRONG_ITEMS else fault.extra


def _written(value: Any, place: str) -> str:
    if place.startswith("{{{"):
        return str(value)
    return json.dumps(None if value is Utils.NULL_VALUE else value, ensure_ascii=False, default=str)
