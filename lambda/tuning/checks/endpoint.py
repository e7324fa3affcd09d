"""Whether this app may make the endpoint, and whether the region has the algorithm's image."""

from __future__ import annotations

from collections.abc import Iterator

from tuning.algorithms import images
from tuning.errors import Fault
from tuning.execution_input.execution_input import ExecutionInput


def check_name(run: ExecutionInput, name_prefix: str) -> Iterator[Fault]:
    """IAM lets this app touch only what begins with its prefix."""
    name = run.endpoint.endpoint_name
    if name is not None and not name.startswith(name_prefix):
        yield Fault(
            "Endpoint.EndpointName",
            name,
            f"Retune may only make endpoints whose name begins with {name_prefix}.",
            f"Use {name_prefix} or {name_prefix}-{name}.",
        )


def check_region(run: ExecutionInput, region: str | None) -> Iterator[Fault]:
    """Whether the algorithm's image is known to exist in the region, where that is known."""
    if region is None or run.algorithm_specification is not None:
        return
    known = images.regions(run.algorithm)
    if region not in known:
        yield Fault(
            "Algorithm",
            run.algorithm,
            f"No image account is known for the region {region}.",
            f"Deploy to one of {', '.join(known)}, or add the account to "
            "tuning/algorithms/images.json.",
        )
