"""Machines, spot instances and what else a training job runs with, against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tuning.errors import Fault
from tuning.execution_input.execution_input import ExecutionInput, Tag
from tuning.execution_input.training import HOUR

MAX_WAIT = "StoppingCondition.MaxWaitTimeInSeconds"


def check(run: ExecutionInput, own_tags: Sequence[Tag]) -> Iterator[Fault]:
    """Faults of the fields that a training job runs with; `own_tags` are the input's."""
    yield from _check_machines(run)
    yield from _check_spot(run)
    yield from _check_tags(own_tags)
    if run.enable_network_isolation and run.algorithm_specification:
        mode = run.algorithm_specification.training_input_mode
        if mode != "File":
            yield Fault(
                "EnableNetworkIsolation",
                True,
                f"An isolated container cannot read with TrainingInputMode {mode}.",
                "Use File.",
            )


def _check_machines(run: ExecutionInput) -> Iterator[Fault]:
    both = "resource_config" in run.model_fields_set and run.hyper_parameter_tuning_resource_config
    if both and run.resource_config.volume_kms_key_id:
        yield Fault(
            "ResourceConfig.VolumeKmsKeyId",
            run.resource_config.volume_kms_key_id,
            "HyperParameterTuningResourceConfig takes the place of ResourceConfig.",
            "Move VolumeKmsKeyId there.",
        )


def _check_spot(run: ExecutionInput) -> Iterator[Fault]:
    limits = run.stopping_condition
    wait = limits.max_wait_time_in_seconds
    if not run.enable_managed_spot_training:
        if wait is not None:
            yield Fault(
                MAX_WAIT,
                wait,
                "Only spot training waits for machines that long.",
                "Remove it, or set EnableManagedSpotTraining to true.",
            )
        return
    if wait is not None and wait < limits.max_runtime_in_seconds:
        yield Fault(
            MAX_WAIT,
            wait,
            f"It is below MaxRuntimeInSeconds, {limits.max_runtime_in_seconds}, and counts waiting "
            "and training together.",
            f"Use at least {limits.max_runtime_in_seconds}.",
        )
    longest = max(wait or 0, limits.max_runtime_in_seconds)
    if longest > HOUR and run.checkpoint_config is None:
        yield Fault(
            MAX_WAIT,
            longest,
            f"SageMaker gives spot training without checkpoints at most {HOUR} seconds.",
            f"Stay within {HOUR}, or give CheckpointConfig ({{}} will do).",
        )


def _check_tags(tags: Sequence[Tag]) -> Iterator[Fault]:
    """Keys that Retune or AWS sets itself are refused, and keys that are given twice."""
    keys = [tag.key for tag in tags]
    for key in dict.fromkeys(keys):
        if key == "application" or key.startswith(("retune:", "aws:")):
            yield Fault("Tags", key, "This key is not yours to set.", "Choose another key.")
        elif keys.count(key) > 1:
            yield Fault("Tags", key, "The key is given more than once.", "Give it once.")
