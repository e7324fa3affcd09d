"""The first look at an execution input: is it a JSON object that can be read, written in full?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuning.errors import Fault, InvalidInput
from tuning.execution_input.known_algorithm import find_algorithm
from tuning.execution_input.nulls import without_inner_nulls
from tuning.execution_input.pasted_request import read_request
from tuning.execution_input.readable import check_readable

Document = Mapping[str, Any]


def normalise(document: Any, defaults: Document) -> Document:
    """The document as an object of the input's own fields.

    A request of CreateHyperParameterTuningJob becomes the input that asks for the same. An object
    of nothing but ranges, as lessons print them, becomes its ParameterRanges. Whether names are
    hyperparameters is known from the algorithm of the deployed `defaults`.

    Raises:
        InvalidInput: the document is no JSON object, nested so deeply or written in characters such
            that nothing can read it, or a request of which a field cannot be used.
    """
    check_readable(document)
    if not isinstance(document, Mapping):
        rule = "The execution input must be a JSON object."
        raise InvalidInput(
            [Fault("Input", _kind(document), rule, "Use {} for the deployed defaults.")]
        )
    pasted = read_request(document)
    if pasted:
        document = pasted.execution_input
    elif _holds_ranges_only(document, defaults):
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


def _holds_ranges_only(document: Document, defaults: Document) -> bool:
    algorithm = find_algorithm(defaults)
    if not document or algorithm is None:
        return False
    tunable = {*algorithm.tunable}
    tunable |= {alias for alias, name in algorithm.aliases.items() if name in tunable}
    return all(name in tunable and isinstance(range_, Mapping) for name, range_ in document.items())
