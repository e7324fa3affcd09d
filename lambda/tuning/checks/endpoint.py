"""Whether this app may make an endpoint of this name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tuning.errors import Fault, InvalidInput
from tuning.execution_input.execution_input import ExecutionInput
from tuning.own_names import is_own_name
from tuning.tags import PREFIX_TAG

_FIELD = "Endpoint.EndpointName"


def check(run: ExecutionInput, name_prefix: str) -> Iterator[Fault]:
    """IAM lets this app touch only what has its prefix, and a hyphen after it."""
    name = run.endpoint.endpoint_name
    if name is not None and not is_own_name(name_prefix, name):
        yield Fault(
            _FIELD,
            name,
            f"Retune may only make an endpoint {name_prefix}, and those that begin with "
            f"{name_prefix}-.",
            f"Use {name_prefix} or {name_prefix}-{name}.",
        )


def check_not_of_others(name: str, tags: Mapping[str, str], name_prefix: str) -> None:
    """An endpoint that is there, by its tags: bank-prod may be of the deployment `bank-prod`, and
    not of `bank`. IAM refuses to update it, and only at the end of the run.

    Raises InvalidInput. One without the tag was made by a person, for this app to keep up.
    """
    owner = tags.get(PREFIX_TAG, name_prefix)
    if owner != name_prefix:
        rule = f"This endpoint is of the deployment {owner!r}, by its tag {PREFIX_TAG}."
        fix = f"Choose another name, or set that tag to {name_prefix} to take the endpoint over."
        raise InvalidInput([Fault(_FIELD, name, rule, fix)])
