"""How many runs of a fleet the quotas of the account hold at once.

Each run is taken at its dearest moment: all its training jobs at once, or all its transform jobs.
Endpoints stay, however many runs go on, so that PlanTuning looks at theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tuning.checks.check_input import check_input
from tuning.checks.evaluation import find_obstacle
from tuning.errors import InvalidInput
from tuning.execution_input.channel import TEST
from tuning.execution_input.evaluation import Evaluation
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.known_algorithm import algorithm_of
from tuning.planning.deployed_model import MODEL, input_of_model
from tuning.planning.quota_needs import SCORED_AT_ONCE, Machines, quotas_of

Needed = Mapping[str, int]  # instances, by the name of the quota


def most_needed(model: Mapping[str, Any], prefix: str, defaults: Mapping[str, Any]) -> Needed:
    """What a run of a model, by its document, has at most at once; of one that is refused, nothing.

    That there is a test channel is assumed: data are not looked at.
    """
    try:
        run = check_input(
            {MODEL: model[MODEL]},
            name_prefix=prefix,
            defaults=input_of_model(defaults, model),
        )
    except InvalidInput:
        return {}
    found: dict[str, int] = {}
    for instances in _instances(run):
        for name, count in instances.items():
            found[name] = max(found.get(name, 0), count)
    return found


def held_at_once(
    asked: int, runs: Sequence[Needed], quotas: Mapping[str, float]
) -> tuple[int, str]:
    """How many at a time, at most what is asked for, and why fewer.

    Any of the runs may meet, so the dearest count. One that needs more than there is alone is
    refused by PlanTuning and has nothing.
    """
    held, reason = asked, ""
    for name, value in quotas.items():
        counts = sorted((run.get(name, 0) for run in runs), reverse=True)
        fitting = [count for count in counts if 0 < count <= value]
        number = _fit(fitting, value)
        if number < min(held, len(fitting)):
            needed = sum(fitting[: number + 1])
            held, reason = (
                number,
                f"{number} at a time, not {asked} (fleet_concurrency): the account's quota "
                f"'{name}' is {value:g}, and {number + 1} runs may need {needed}.",
            )
    return held, reason


def _fit(counts: Iterable[int], value: float) -> int:
    """How many of the counts, which begin with the greatest, are together no more than that."""
    number = 0
    for count in counts:
        value -= count
        if value < 0:
            break
        number += 1
    return number


def _instances(run: ExecutionInput) -> Iterator[Needed]:
    """Of tuning, several definitions of which share the parallel jobs, retraining and scoring."""
    parallel = run.resource_limits.max_parallel_training_jobs
    for _, alone in run.definitions:
        for machines in _machines(alone):
            yield _training(alone, machines, parallel)
    config = run.retrain and run.retrain.resource_config
    if config:
        yield _training(run, (config.instance_type, config.instance_count))
    if not find_obstacle(run, algorithm_of(run)) and (run.channels is None or TEST in run.channels):
        asked = run.evaluation or Evaluation()
        kind = asked.instance_type or run.resource_config.instance_type
        yield quotas_of("transform job", (kind, min(asked.top_k, SCORED_AT_ONCE)))


def _machines(run: ExecutionInput) -> list[Machines]:
    """Those that one training job may have: where there are several choices, each counts."""
    flexible = run.hyper_parameter_tuning_resource_config
    configs = flexible.instance_configs if flexible else [run.resource_config]
    return [(config.instance_type, config.instance_count) for config in configs]


def _training(run: ExecutionInput, machines: Machines, jobs: int = 1) -> Needed:
    work = "spot training job" if run.enable_managed_spot_training else "training job"
    kind, count = machines
    return quotas_of(work, (kind, count * jobs))
