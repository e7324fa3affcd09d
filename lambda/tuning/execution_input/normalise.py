"""The first look at an execution input: is it a JSON object, and is it written in full?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuning.errors import Fault, InvalidInput
from tuning.execution_input.known_algorithm import find_algorithm

Document = Mapping[str, Any]


def normalise(document: Any, defaults: Document) -> Document:
    """The document as an object of the input's own fields.

    An object of nothing but ranges, as lessons print them, becomes its ParameterRanges. Whether
    names are hyperparameters is known from the algorithm of the deployed `defaults`.

    Raises:
        InvalidInput: the document is no JSON object.
    """
    if not isinstance(document, Mapping):
        rule = "The execution input must be a JSON object."
        raise InvalidInput([Fault("Input", document, rule, "Use {} for the deployed defaults.")])
    if _holds_ranges_only(document, defaults):
        return {"ParameterRanges": document}
    return document


def _holds_ranges_only(document: Document, defaults: Document) -> bool:
    algorithm = find_algorithm(defaults)
    if not document or algorithm is None:
        return False
    tunable = {*algorithm.tunable}
    tunable |= {alias for alias, name in algorithm.aliases.items() if name in tunable}
    return all(name in tunable and isinstance(range_, Mapping) for name, range_ in document.items())
