"""Whether this app may make an endpoint of this name."""

from __future__ import annotations

from collections.abc import Iterator

from tuning.errors import Fault
from tuning.execution_input.execution_input import ExecutionInput
from tuning.own_names import is_own_name


def check(run: ExecutionInput, name_prefix: str) -> Iterator[Fault]:
    """IAM lets this app touch only what has its prefix, and a hyphen after it."""
    name = run.endpoint.endpoint_name
    if name is not None and not is_own_name(name_prefix, name):
        yield Fault(
            "Endpoint.EndpointName",
            name,
            f"Retune may only make an endpoint {name_prefix}, and those that begin with "
            f"{name_prefix}-.",
            f"Use {name_prefix} or {name_prefix}-{name}.",
        )
