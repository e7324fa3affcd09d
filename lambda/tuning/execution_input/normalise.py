"""The first look at an execution input: is it a JSON object that can be read, written in full?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tuning.errors import Fault, InvalidInput
from tuning.execution_input.known_algorithm import find_algorithm
from tuning.execution_input.nulls import without_inner_nulls
from tuning.visible import on_one_line

Document = Mapping[str, Any]
MAX_DEPTH = 32  # of objects and lists within each other; no field of the input has a third of it


def normalise(document: Any, defaults: Document) -> Document:
    """The document as an object of the input's own fields.

    An object of nothing but ranges, as lessons print them, becomes its ParameterRanges. Whether
    names are hyperparameters is known from the algorithm of the deployed `defaults`.

    Raises:
        InvalidInput: the document is no JSON object, or nested so deeply or written in characters
            such that nothing can read it.
    """
    _check_depth(document)
    _check_characters(document)
    if not isinstance(document, Mapping):
        rule = "The execution input must be a JSON object."
        raise InvalidInput(
            [Fault("Input", _kind(document), rule, "Use {} for the deployed defaults.")]
        )
    if _holds_ranges_only(document, defaults):
        document = {"ParameterRanges": document}
    return without_inner_nulls(document)


def _kind(document: Any) -> str:
    """What it is, but not what it says: that may be an object, written as text."""
    kinds = {
        str: "a text",
        list: "a list",
        bool: "a truth value",
        int: "a number",
        float: "a number",
    }
    return kinds.get(type(document), "null")


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


def _holds_ranges_only(document: Document, defaults: Document) -> bool:
    algorithm = find_algorithm(defaults)
    if not document or algorithm is None:
        return False
    tunable = {*algorithm.tunable}
    tunable |= {alias for alias, name in algorithm.aliases.items() if name in tunable}
    return all(name in tunable and isinstance(range_, Mapping) for name, range_ in document.items())
