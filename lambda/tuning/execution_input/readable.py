"""Whether anything can read a document: how deeply it is nested, and in which characters."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tuning.errors import Fault, InvalidInput
from tuning.visible import on_one_line

MAX_DEPTH = 32  # of objects and lists within each other; no field of the input has a third of it


def check_readable(document: Any) -> None:
    """Raises InvalidInput for brackets, characters and numbers that nothing can read."""
    _check_depth(document)
    _check_characters(document)


def _check_depth(document: Any) -> None:
    """Goes down level by level, without recursion, which such a document would exhaust."""
    fields = document.items() if isinstance(document, Mapping) else [("Input", document)]
    for field, value in fields:
        level, depth = [value], 0
        while level:
            if depth == MAX_DEPTH:
                rule = "Nothing in an execution input lies so deep."
                fix = "Remove the brackets that are too many."
                raise InvalidInput([Fault(field, f"more than {MAX_DEPTH} levels", rule, fix)])
            level = [inner for outer in level for inner in _members(outer)]
            depth += 1


def _check_characters(document: Any) -> None:
    """JSON can escape half of a character, as `\\ud800`, which is no text anywhere else.

    Nor is a number of thousands of digits one anywhere else.
    """
    fields = document if isinstance(document, Mapping) else {"Input": document}
    for field, value in fields.items():
        try:
            json.dumps({field: value}, ensure_ascii=False, default=str).encode()
        except UnicodeEncodeError:
            half = "half of a character"
            rule, fix = "AWS takes no such text.", "Correct the text that begins with \\ud."
            raise InvalidInput([Fault(on_one_line(field), half, rule, fix)]) from None
        except ValueError:  # Python writes no number of more than 4,300 digits
            digits = "a number of thousands of digits"
            rule, fix = "No field takes such a number.", "Give it fewer digits."
            raise InvalidInput([Fault(on_one_line(field), digits, rule, fix)]) from None


def _members(value: Any) -> list[Any]:
    """The objects and lists in an object or a list."""
    members = value.values() if isinstance(value, Mapping) else value
    nested = members if isinstance(value, Mapping | list) else ()
    return [member for member in nested if isinstance(member, Mapping | list)]
