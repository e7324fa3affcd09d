"""Whether an input takes away what the deployment asks of every run."""

from __future__ import annotations

from collections.abc import Iterator

from tuning.errors import Fault
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.requirements import Requirements

_MOST_TAGS = 40  # of the 50 that SageMaker takes; the others are Retune's own


def check(run: ExecutionInput, required: Requirements) -> Iterator[Fault]:
    """Of the input as it was given, before the requirements are laid beneath it."""
    yield from _check_vpc(run, required)
    said = "enable_network_isolation" in run.model_fields_set
    if required.enable_network_isolation and said and not run.enable_network_isolation:
        yield Fault(
            "EnableNetworkIsolation",
            False,
            "This deployment isolates every container (retune:network_isolation).",
            "Leave it out.",
        )
    yield from _check_tags(run, required)


def _check_vpc(run: ExecutionInput, required: Requirements) -> Iterator[Fault]:
    if run.vpc_config is None or required.vpc_config is None:
        return
    for field, name, setting in (
        ("subnets", "Subnets", "retune:vpc_subnets"),
        ("security_group_ids", "SecurityGroupIds", "retune:vpc_security_groups"),
    ):
        allowed = getattr(required.vpc_config, field)
        for given in getattr(run.vpc_config, field):
            if given not in allowed:
                yield Fault(
                    f"VpcConfig.{name}",
                    given,
                    f"This deployment runs in {', '.join(allowed)} ({setting}).",
                    "Name some of these, or leave out VpcConfig.",
                )


def _check_tags(run: ExecutionInput, required: Requirements) -> Iterator[Fault]:
    values = {tag.key: tag.value for tag in required.tags}
    for tag in run.tags or ():
        if tag.value != values.get(tag.key, tag.value):
            yield Fault(
                "Tags",
                tag.key,
                f"This deployment gives the tag the value {values[tag.key]} (retune:tags).",
                "Leave it out.",
            )
    keys = values.keys() | {tag.key for tag in run.tags or ()}
    if len(keys) > _MOST_TAGS:
        yield Fault(
            "Tags",
            len(keys),
            f"With the {len(values)} of the deployment (retune:tags) there is room for "
            f"{_MOST_TAGS}.",
            "Give fewer.",
        )
