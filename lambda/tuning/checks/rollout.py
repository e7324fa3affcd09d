"""Whether the endpoint can be run and updated as asked: rules of SageMaker's hosting.

Sources: UpdateEndpoint (API reference), "Deployment guardrails" and "Serverless Inference"
(developer guide).
"""

from __future__ import annotations

from collections.abc import Iterator

from tuning.errors import Fault
from tuning.execution_input.endpoint import Endpoint
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.rollout import Rollout

_NOT_SERVERLESS = {
    "instance_type": "InstanceType",
    "initial_instance_count": "InitialInstanceCount",
    "auto_scaling": "AutoScaling",
    "data_capture": "DataCapture",
    "rollout": "Rollout",
}


def check(run: ExecutionInput, stack_endpoint: str) -> Iterator[Fault]:
    """`stack_endpoint` is the endpoint that the stack's alarms watch."""
    endpoint = run.endpoint
    if endpoint.serverless is not None:
        yield from _check_serverless(endpoint)
        yield from _check_network(run)
    yield from _check_auto_scaling(endpoint)
    if endpoint.rollout is not None:
        yield from _check_traffic(endpoint, endpoint.rollout)
        yield from _check_time(endpoint.rollout)
        yield from _check_alarms(endpoint, endpoint.rollout, stack_endpoint)


def _check_serverless(endpoint: Endpoint) -> Iterator[Fault]:
    for field, name in _NOT_SERVERLESS.items():
        value = getattr(endpoint, field)
        if field in endpoint.model_fields_set and value is not None:
            yield Fault(
                f"Endpoint.{name}",
                value if isinstance(value, str | int) else value.to_sagemaker(),
                "A serverless endpoint has none.",
                f"Leave out {name}, or leave out Serverless.",
            )


def _check_network(run: ExecutionInput) -> Iterator[Fault]:
    """A model serves in the network that it was trained in."""
    vpc = run.vpc_config
    asked = {
        "VpcConfig": vpc.to_sagemaker() if vpc else None,
        "EnableNetworkIsolation": run.enable_network_isolation,
    }
    for field, value in asked.items():
        if value:
            yield Fault(
                field,
                value,
                "Training and serving share it, and a serverless endpoint has none.",
                f"Leave out Endpoint.Serverless, or {field} where the deployment does not ask for "
                "it.",
            )


def _check_auto_scaling(endpoint: Endpoint) -> Iterator[Fault]:
    scaling = endpoint.auto_scaling
    if scaling and scaling.max_capacity < scaling.min_capacity:
        yield Fault(
            "Endpoint.AutoScaling.MaxCapacity",
            scaling.max_capacity,
            f"It must not be below MinCapacity, which is {scaling.min_capacity}.",
            f"Use {scaling.min_capacity} or more.",
        )


def _check_traffic(endpoint: Endpoint, rollout: Rollout) -> Iterator[Fault]:
    if rollout.type == "AllAtOnce":
        if rollout.capacity_percent is not None:
            yield Fault(
                "Endpoint.Rollout.CapacityPercent",
                rollout.capacity_percent,
                "AllAtOnce moves all traffic in one step.",
                "Leave it out, or set Type to Canary or Linear.",
            )
        return
    if rollout.type == "Linear" and rollout.percent < 10:
        yield Fault(
            "Endpoint.Rollout.CapacityPercent",
            rollout.percent,
            "A step of Linear has at least 10 %.",
            "Use 10 to 50.",
        )
    if endpoint.least_instances < 2:
        yield Fault(
            "Endpoint.Rollout.Type",
            rollout.type,
            "It moves at most half of the instances first, and there is one.",
            "Set Endpoint.InitialInstanceCount (or AutoScaling.MinCapacity) to 2 or more, or use "
            "AllAtOnce.",
        )


def _check_time(rollout: Rollout) -> Iterator[Fault]:
    if rollout.longest_seconds <= rollout.waiting_seconds:
        yield Fault(
            "Endpoint.Rollout.MaximumExecutionTimeoutInSeconds",
            rollout.longest_seconds,
            f"It must exceed all waits together, which are {rollout.waiting_seconds} seconds.",
            "Raise it, or lower WaitIntervalInSeconds, TerminationWaitInSeconds or the number of "
            "steps.",
        )


def _check_alarms(endpoint: Endpoint, rollout: Rollout, stack_endpoint: str) -> Iterator[Fault]:
    if rollout.alarms is None and (endpoint.endpoint_name or stack_endpoint) != stack_endpoint:
        yield Fault(
            "Endpoint.Rollout.Alarms",
            None,
            f"The stack's alarms watch the endpoint {stack_endpoint} only, and without an alarm "
            "nothing is ever rolled back.",
            f"Name alarms that watch {endpoint.endpoint_name}, or leave out Rollout.",
        )
