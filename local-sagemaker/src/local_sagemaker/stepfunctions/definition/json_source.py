"""JSON as Step Functions reads it, with the words of its parser (Jackson) for what is none."""

from __future__ import annotations

import json
import re
from typing import Any

_WORD = re.compile(r"[\w$]+")
_VALUE = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
_EXPECTED = {
    "Expecting property name enclosed in double quotes": "double-quote to start field name",
    "Expecting ':' delimiter": "a colon to separate field name and value",
}
_WHOLE = "[Source: (String)]"
_START = 500  # characters of the text that a message repeats


class NotJson(Exception):
    """`str()` of it is the parser's complaint; `location` says where."""

    def __init__(self, message: str, location: str) -> None:
        super().__init__(message)
        self.location = location


def parse(text: str) -> Any:
    """The value of a JSON text. Raises NotJson."""
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as fault:
        raise _not_json(fault) from fault
    except RecursionError as fault:
        raise NotJson("Document nesting depth exceeds the maximum allowed", _WHOLE) from fault


def _refuse_constant(name: str) -> Any:
    """NaN and Infinity, which Python takes, are not JSON."""
    raise json.JSONDecodeError("Expecting value", name, 0)


def _not_json(fault: json.JSONDecodeError) -> NotJson:
    message, length = _complaint(fault)
    shown = fault.doc if len(fault.doc) <= _START else f"{fault.doc[:_START]}[truncated]"
    column = fault.colno + length
    return NotJson(message, f'[Source: (String)"{shown}"; line: {fault.lineno}, column: {column}]')


def _complaint(fault: json.JSONDecodeError) -> tuple[str, int]:
    """The words, and how many characters after the fault's place the parser had read."""
    rest = fault.doc[fault.pos :]
    if not rest.strip():
        return "Unexpected end-of-input", 0
    word = _WORD.match(rest)
    if fault.msg in ("Expecting value", "Extra data") and word:
        return f"Unrecognized token '{word[0]}': was expecting {_VALUE}", len(word[0])
    expected = _EXPECTED.get(fault.msg)
    if fault.msg == "Expecting ',' delimiter":
        expected = f"comma to separate {_container(fault.doc[: fault.pos])} entries"
    found = f"Unexpected character ('{rest[0]}' (code {ord(rest[0])}))"
    return f"{found}: {f'was expecting {expected}' if expected else 'expected a valid value'}", 1


def _container(before: str) -> str:
    """Whether an object or an array is open at the end of a text that is right so far."""
    open_brackets: list[str] = []
    for bracket in re.sub(r'"(?:\\.|[^"\\])*"', "", before):
        if bracket in "{[":
            open_brackets.append(bracket)
        elif bracket in "}]":
            open_brackets.pop()
    return "Object" if open_brackets[-1] == "{" else "Array"
