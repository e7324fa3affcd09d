"""The resources which a permission is asked for, by the ARN formats and the call's parameters.

- An ARN among the parameters is taken as it is, whatever its account and region.
- Else an ARN is made of the parameters that have the names of its variables, or of those that
  `members` tells.
- Of an ARN with several variables the last ones may be `*`: stack/NAME/*, of an unknown id.
- A type that the reference marks as required and whose name the call does not give, as with
  DescribeAlarms of all alarms, is asked for as `alarm:*`; an optional one is not asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from local_sagemaker.iam.needs.arn_format import ArnFormat, arn_format
from local_sagemaker.iam.needs.call import Call
from local_sagemaker.iam.needs.members import members_of
from local_sagemaker.iam.needs.reference.reference import Action, Service

EVERYTHING = ("*",)


def resources_of(call: Call, service: Service, action: Action) -> tuple[str, ...]:
    """The resources of an action, each once; `*` alone for an action without resource types.

    Several types that are marked as required may stand for each other (the execution of a state
    machine, an express one): those that the call names count.
    """
    formats = {name: arn_format(service.arns[name]) for name in action.resource_types
               if name in service.arns}  # fmt: skip
    named = {name: tuple(_named(call, name, each)) for name, each in formats.items()}
    found = dict.fromkeys(arn for arns in named.values() for arn in arns)
    if found:
        return tuple(found)
    required = [each for name, each in formats.items() if action.resource_types[name]]
    if not required:
        return EVERYTHING
    return tuple(required[0].arns(call.region, call.account, {}))


def _named(call: Call, resource_type: str, form: ArnFormat) -> Iterator[str]:
    """By ARN and by name: an ARN may stand in a description, and then says nothing."""
    yield from (value for value in _top_level_texts(call.parameters) if form.matches(value))
    values = {name: _values(call, resource_type, name) for name in form.variables}
    if next(iter(values.values()), ()):
        yield from form.arns(call.region, call.account, values)


def _values(call: Call, resource_type: str, variable: str) -> tuple[str, ...]:
    path = members_of(call.prefix, resource_type, variable)
    if path is None:
        name = next((name for name in call.parameters if name.lower() == variable.lower()), None)
        path = f'"{name}"' if name else ""
    found = call.texts(path) if path else ()
    return tuple(value for value in found if not value.startswith("arn:"))


def _top_level_texts(parameters: Mapping[str, Any]) -> Iterator[str]:
    for value in parameters.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from (each for each in value if isinstance(each, str))
