"""A request of CreateHyperParameterTuningJob that somebody gives as an execution input.

It is what people have at hand: from a notebook, from DescribeHyperParameterTuningJob, or with
names in camelCase from an event of CloudTrail. Each of its fields becomes the field of the input
that means the same, or the request is refused with what to do about each that cannot. Retune's own
fields, such as `ModelName` and `Endpoint`, may stand beside those of the request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tuning.errors import Fault, InvalidInput
from tuning.execution_input.lay_over import RANGES
from tuning.execution_input.nulls import given
from tuning.execution_input.readable import check_readable
from tuning.execution_input.request_definition import (
    PLACES,
    asked_for,
    check_definition,
    input_fields,
)
from tuning.execution_input.request_fields import (
    CONFIG,
    LEFT_OUT,
    LEFT_OUT_OF_REQUEST,
    LEFT_OUT_OF_SINGLE,
    READ_ONLY,
    REFUSED_IN_SINGLE,
    SEVERAL,
    SINGLE,
)
from tuning.execution_input.said_twice import FIX
from tuning.shown import HIDDEN

Document = Mapping[str, Any]
# Their members have names that somebody has chosen.
_FREE_NAMES = ("StaticHyperParameters", "Environment")
_AS_SAGEMAKER = "Write it as in SageMaker's request."


@dataclass(frozen=True)
class PastedRequest:
    """A request as the execution input that asks for the same.

    `left_out` has a warning for each field that the input does not have and does not need, and
    `places` where each field of the input stands in the request.
    """

    execution_input: dict[str, Any]
    left_out: tuple[Fault, ...]
    places: Mapping[str, str]


def read_request(document: Any) -> PastedRequest | None:
    """None for what is no request: an execution input, or no object at all.

    Raises:
        InvalidInput: nothing can read it; or with a fault for each field of the request that
            cannot be used.
    """
    if not isinstance(document, Mapping):
        return None
    if not _is_request({_pascal(name): value for name, value in document.items()}):
        return None
    check_readable(document)
    if not _is_request(document):
        document = _in_pascal_case(document)
    _refuse(_misshapen(document))
    _refuse(_unusable(document))
    fields: dict[str, Any] = {}
    places: dict[str, str] = {}
    for name, value, place in _fields(document):
        if name in fields:
            raise InvalidInput([Fault(name, value, f"{places[name]} gives it too.", FIX)])
        fields[name], places[name] = value, place
    return PastedRequest(fields, tuple(_left_out(document)), places)


def left_out_of(document: Any) -> tuple[Fault, ...]:
    """A warning for each field that is left out; none of what is no request, or is refused."""
    try:
        pasted = read_request(document)
    except InvalidInput:
        return ()
    return pasted.left_out if pasted else ()


def _is_request(document: Document) -> bool:
    return any(document.get(part) is not None for part in (CONFIG, SINGLE))


def _pascal(name: str) -> str:
    return name[:1].upper() + name[1:]


def _in_pascal_case(value: Any) -> Any:
    """InvalidInput for a field that is written in both ways."""
    if isinstance(value, list):
        return [_in_pascal_case(each) for each in value]
    if not isinstance(value, Mapping):
        return value
    members: dict[str, Any] = {}
    for name, member in value.items():
        if _pascal(name) in members:
            raise InvalidInput([Fault(name, member, f"{_pascal(name)} is the same field.", FIX)])
        members[_pascal(name)] = member
    return {
        name: member if name in _FREE_NAMES else _in_pascal_case(member)
        for name, member in members.items()
    }


def _refuse(faults: Iterable[Fault]) -> None:
    if found := tuple(faults):
        raise InvalidInput(found)


def _misshapen(document: Document) -> Iterator[Fault]:
    for part in (CONFIG, SINGLE):
        if not isinstance(document.get(part) or {}, Mapping):
            yield Fault(part, document[part], "It must be a JSON object.", _AS_SAGEMAKER)
    entries = document.get(SEVERAL) or []
    if not isinstance(entries, list) or not all(isinstance(each, Mapping) for each in entries):
        yield Fault(SEVERAL, entries, "It must be a list of JSON objects.", _AS_SAGEMAKER)
    if document.get(SINGLE) and entries:
        yield Fault(SINGLE, HIDDEN, f"{SEVERAL} takes its place, and is given too.", FIX)


def _unusable(document: Document) -> Iterator[Fault]:
    for place, definition in _definitions(document):
        yield from _at(place, check_definition(definition))
        if place == SINGLE:
            yield from _at(place, asked_for(definition, REFUSED_IN_SINGLE))


def _left_out(document: Document) -> Iterator[Fault]:
    yield from asked_for(document, LEFT_OUT_OF_REQUEST)
    for place, definition in _definitions(document):
        yield from _at(place, asked_for(definition, LEFT_OUT))
        if place == SINGLE:
            yield from _at(place, asked_for(definition, LEFT_OUT_OF_SINGLE))


def _definitions(document: Document) -> Iterator[tuple[str, Document]]:
    """Each with its place in the request."""
    if document.get(SINGLE):
        yield SINGLE, document[SINGLE]
    for index, definition in enumerate(document.get(SEVERAL) or ()):
        yield f"{SEVERAL}.{index}", definition


def _at(place: str, faults: Iterable[Fault]) -> Iterator[Fault]:
    return (replace(fault, field=f"{place}.{fault.field}") for fault in faults)


def _fields(document: Document) -> Iterator[tuple[str, Any, str]]:
    """Name, value and place in the request of each field of the input, Retune's own at the end.

    A request without ranges tunes nothing, and does not mean the algorithm's default ones.
    """
    config = given(document.get(CONFIG) or {})
    single, several = document.get(SINGLE), document.get(SEVERAL)
    if single or several:
        config.setdefault(RANGES, {})
    for name, value in config.items():
        yield name, value, f"{CONFIG}.{name}"
    if single:
        usable = {name: value for name, value in single.items() if name not in LEFT_OUT_OF_SINGLE}
        for name, value in input_fields(usable).items():
            yield name, value, f"{SINGLE}.{PLACES.get(name, name)}"
    if several:
        yield SEVERAL, [input_fields(definition) for definition in several], SEVERAL
    gone = (CONFIG, SINGLE, SEVERAL, *READ_ONLY, *LEFT_OUT_OF_REQUEST)
    for name, value in document.items():
        if name not in gone:
            yield name, value, name
