"""The most that a run can train, in instance-seconds.

Real runs end sooner: a training job rarely lasts until its limit. Transform jobs and the endpoint
are not in it.
"""

from __future__ import annotations

from tuning.errors import Fault
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.training import ResourceConfig, StoppingCondition
from tuning.variables.cost_bound import CostBound


def instances(run: ExecutionInput) -> int:
    """How many instances one training job has at most."""
    flexible = run.hyper_parameter_tuning_resource_config
    if flexible is None:
        return run.resource_config.instance_count
    return max(config.instance_count for config in flexible.instance_configs)


def cost_bound(run: ExecutionInput) -> CostBound:
    """Of all training jobs of a run."""
    limits = run.resource_limits
    runs = [alone for _, alone in run.definitions]
    seconds = max(alone.stopping_condition.max_runtime_in_seconds for alone in runs)
    by_jobs = limits.max_number_of_training_jobs * seconds
    whole = limits.max_runtime_in_seconds
    most = by_jobs if whole is None else min(by_jobs, whole * limits.max_parallel_training_jobs)
    tuning = most * max(instances(alone) for alone in runs)
    retrain = _retrain_seconds(run)
    kinds = {kind for alone in runs for kind in _instance_types(alone)}
    if run.retrain and run.retrain.resource_config:
        kinds.add(run.retrain.resource_config.instance_type)
    return CostBound(
        tuning_instance_seconds=tuning,
        retrain_instance_seconds=retrain,
        instance_seconds=tuning + retrain,
        instance_types=tuple(sorted(kinds)),
    )


def check_cost_bound(run: ExecutionInput) -> list[Fault]:
    """A fault when a run could train for longer than MaxInstanceSeconds."""
    bound = cost_bound(run).instance_seconds
    if run.max_instance_seconds is None or bound <= run.max_instance_seconds:
        return []
    return [
        Fault(
            "MaxInstanceSeconds",
            run.max_instance_seconds,
            f"This run can train for {bound} instance-seconds: training jobs times "
            "MaxRuntimeInSeconds times instances.",
            "Lower ResourceLimits.MaxNumberOfTrainingJobs or StoppingCondition."
            "MaxRuntimeInSeconds, or raise it.",
        )
    ]


def _retrain_seconds(run: ExecutionInput) -> int:
    if run.retrain is None:
        return 0
    machines: ResourceConfig | None = run.retrain.resource_config
    limit: StoppingCondition = run.retrain.stopping_condition or run.stopping_condition
    return limit.max_runtime_in_seconds * (machines.instance_count if machines else instances(run))


def _instance_types(run: ExecutionInput) -> list[str]:
    flexible = run.hyper_parameter_tuning_resource_config
    if flexible is None:
        return [run.resource_config.instance_type]
    return [config.instance_type for config in flexible.instance_configs]
