"""The most that a run can train, in instance-seconds, and what that and preparing its data costs.

Real runs end sooner: a training job rarely lasts until its limit. Transform jobs, which SageMaker
lets run without a limit, and the endpoint are not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tuning.errors import Fault
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.training import StoppingCondition
from tuning.prices.price_list import Ask, ask_missing, nobody, price
from tuning.variables.cost import Cost, dearest, total
from tuning.variables.cost_bound import CostBound

Machines = tuple[str, int]  # an instance type, and how many a training job has

_LOWER = "Lower ResourceLimits.MaxNumberOfTrainingJobs or StoppingCondition.MaxRuntimeInSeconds"


def cost_bound(run: ExecutionInput, region: str | None, ask: Ask = nobody) -> CostBound:
    """Of all training jobs of a run, and of preparing its data, by the prices of a region.

    `ask` is asked for those that the price table does not have. Processing costs what training on
    the same instance does.
    """
    tuning, retraining = _tuning_machines(run), _retrain_machines(run)
    tuning_seconds, retrain_seconds = _tuning_seconds(run), _retrain_seconds(run)
    by_tuning = tuning_seconds * _most_instances(tuning)
    by_retraining = retrain_seconds * _most_instances(retraining)
    kinds = tuple(sorted({kind for kind, _ in (*tuning, *retraining)}))
    preparing, prepare_seconds = _prepare_machines(run), _prepare_seconds(run)
    told = ask_missing(region, "Training", {*kinds, *(kind for kind, _ in preparing)}, ask)
    work = (
        (tuning, tuning_seconds),
        (retraining, retrain_seconds),
        (preparing, prepare_seconds),
    )
    parts = [_dearest(region, machines, seconds, told) for machines, seconds in work if machines]
    return CostBound(
        tuning_instance_seconds=by_tuning,
        retrain_instance_seconds=by_retraining,
        instance_seconds=by_tuning + by_retraining,
        preparation_instance_seconds=prepare_seconds,
        instance_types=kinds,
        cost=total(parts),
        training_instance_hour=told or None,
        endpoint_instance_hour=_endpoint_hour(run, region, ask),
    )


def check_cost_bound(run: ExecutionInput, region: str | None, ask: Ask = nobody) -> list[Fault]:
    """Faults when a run could train for longer, or cost more, than it or a whole month may.

    Where no region is known, as at synth, no cost is.
    """
    bound = cost_bound(run, region, ask)
    faults = [_too_long(run.max_instance_seconds, bound)]
    if region:
        faults.append(_too_dear("MaxCost", run.max_cost, bound))
        faults.append(_too_dear("MonthlyBudget", run.monthly_budget, bound))
    return [fault for fault in faults if fault]


def _too_long(limit: int | None, bound: CostBound) -> Fault | None:
    if limit is None or bound.instance_seconds <= limit:
        return None
    return Fault(
        "MaxInstanceSeconds",
        limit,
        f"This run can train for {bound.instance_seconds} instance-seconds: training jobs times "
        "MaxRuntimeInSeconds times instances.",
        f"{_LOWER}, or raise it.",
    )


def _too_dear(field: str, limit: float | None, bound: CostBound) -> Fault | None:
    cost = bound.cost
    if limit is None or (cost.amount is not None and cost.amount <= limit):
        return None
    if cost.amount is None:
        rule = f"What this run can cost is {cost}."
        return Fault(field, limit, rule, "Use an instance type with a price, or leave it out.")
    return Fault(field, limit, f"This run can cost {made_of(bound)}.", f"{_LOWER}, or raise it.")


def made_of(bound: CostBound) -> str:
    """A bound that is known, and what makes it."""
    seconds = [f"{bound.tuning_instance_seconds} instance-seconds of tuning"]
    if bound.retrain_instance_seconds:
        seconds.append(f"{bound.retrain_instance_seconds} of retraining")
    if bound.preparation_instance_seconds:
        seconds.append(f"{bound.preparation_instance_seconds} of preparing data")
    return f"{bound.cost}: {' and '.join(seconds)} on {', '.join(bound.instance_types)}"


def _tuning_seconds(run: ExecutionInput) -> int:
    """Of all training jobs together, whatever they train on."""
    limits = run.resource_limits
    seconds = max(alone.stopping_condition.max_runtime_in_seconds for _, alone in run.definitions)
    by_jobs = limits.max_number_of_training_jobs * seconds
    whole = limits.max_runtime_in_seconds
    return by_jobs if whole is None else min(by_jobs, whole * limits.max_parallel_training_jobs)


def _retrain_seconds(run: ExecutionInput) -> int:
    if run.retrain is None:
        return 0
    limit: StoppingCondition = run.retrain.stopping_condition or run.stopping_condition
    return limit.max_runtime_in_seconds


def _tuning_machines(run: ExecutionInput) -> list[Machines]:
    if run.earlier_tuning_job:
        return []
    return [machines for _, alone in run.definitions for machines in _machines(alone)]


def _retrain_machines(run: ExecutionInput) -> list[Machines]:
    if run.retrain is None:
        return []
    config = run.retrain.resource_config
    return [(config.instance_type, config.instance_count)] if config else _machines(run)


def _prepare_seconds(run: ExecutionInput) -> int:
    return run.prepare.stopping_condition.max_runtime_in_seconds if run.prepare else 0


def _prepare_machines(run: ExecutionInput) -> list[Machines]:
    return [(run.prepare.resource_config.instance_type, 1)] if run.prepare else []


def _machines(run: ExecutionInput) -> list[Machines]:
    """Those that one training job may get, of which it takes one."""
    flexible = run.hyper_parameter_tuning_resource_config
    configs = flexible.instance_configs if flexible else [run.resource_config]
    return [(config.instance_type, config.instance_count) for config in configs]


def _most_instances(machines: Iterable[Machines]) -> int:
    return max((count for _, count in machines), default=0)


def _dearest(
    region: str | None, machines: Iterable[Machines], seconds: int, told: Mapping[str, Cost]
) -> Cost:
    return dearest(
        price(region, "Training", kind, count * seconds / 3600, told) for kind, count in machines
    )


def _endpoint_hour(run: ExecutionInput, region: str | None, ask: Ask) -> Cost | None:
    if run.endpoint.serverless:
        return None
    kind = run.endpoint.instance_type
    return price(region, "Hosting", kind, told=ask_missing(region, "Hosting", [kind], ask))
