"""How many instances a run has at once, and whether the quotas of the account allow them.

What else runs in the account is not known here: a run that is let pass may still meet
ResourceLimitExceeded, one that is refused could not work at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tuning.errors import Fault
from tuning.variables.plan import Plan

SCORED_AT_ONCE = 3  # MaxConcurrency of the state ScoreTrials
_TOTALS = {
    "training job": "Number of instances across all training jobs",
    "spot training job": "Number of instances across all spot training jobs",
    "transform job": "Number of instances across all transform jobs",
    "processing job": "Number of instances across all processing jobs",
    "endpoint": "Number of instances across active endpoints",
}
_REQUEST = "Request an increase in Service Quotas (Amazon SageMaker)"
_FEWER_JOBS = "ResourceLimits.MaxParallelTrainingJobs"

Machines = tuple[str, int]  # an instance type, and how many of it


@dataclass(frozen=True)
class Need:
    """Instances for one kind of work; of `choices` SageMaker takes one that there is.

    `besides` are others of the endpoint that go on meanwhile, by type. `fewer` is a field that
    lowers the number.
    """

    work: str
    choices: tuple[Machines, ...]
    field: str
    purpose: str
    fewer: str = ""
    besides: tuple[Machines, ...] = ()

    @property
    def quotas(self) -> set[str]:
        """The names of all that count."""
        return {name for choice in self.choices for name in self._needed(choice)}

    def fault(self, values: Mapping[str, float]) -> Fault | None:
        """Why no choice is possible; a quota that is not listed allows everything."""
        refusals = [self._lacking(choice, values) for choice in self.choices]
        if not refusals or not all(refusals):
            return None
        name, needed = refusals[0][0]
        rule = f"The account's quota '{name}' is {values[name]:g}, and {self.purpose} {needed}."
        fewer = f", lower {self.fewer}" if self.fewer else ""
        fix = f"{_REQUEST}{fewer} or use another instance type."
        return Fault(self.field, self.choices[0][0], rule, fix)

    def _lacking(self, choice: Machines, values: Mapping[str, float]) -> list[tuple[str, int]]:
        needed = self._needed(choice).items()
        return [(name, count) for name, count in needed if values.get(name, math.inf) < count]

    def _needed(self, choice: Machines) -> dict[str, int]:
        kind, count = choice
        same = sum(more for other, more in self.besides if other == kind)
        total = sum(more for _, more in self.besides)
        of_kind, of_all = quotas_of(self.work, choice)
        return {of_kind: count + same, of_all: count + total}


def quotas_of(work: str, machines: Machines) -> dict[str, int]:
    """The quota of the type and that of all types, and how many instances count in each."""
    kind, count = machines
    return {f"{kind} for {work} usage": count, _TOTALS[work]: count}


def needs(plan: Plan) -> list[Need]:
    """What every run needs, whatever there is at the endpoint."""
    return [
        *_preparing(plan),
        *_tuning(plan),
        *_retraining(plan),
        *_scoring(plan),
        *_endpoint(plan),
    ]


def _preparing(plan: Plan) -> Iterator[Need]:
    if plan.preparation is not None:
        request: Any = plan.preparation.processing_job
        cluster = request["ProcessingResources"]["ClusterConfig"]
        choice = (cluster["InstanceType"], cluster["InstanceCount"])
        field = "Prepare.ResourceConfig.InstanceType"
        yield Need("processing job", (choice,), field, "preparing the data needs")


def _tuning(plan: Plan) -> Iterator[Need]:
    """Several definitions share the parallel jobs: of each, one at least."""
    if plan.earlier_tuning_job:
        return
    request: Any = plan.tuning_job
    single = request.get("TrainingJobDefinition")
    limits = request["HyperParameterTuningJobConfig"]["ResourceLimits"]
    jobs = limits["MaxParallelTrainingJobs"] if single else 1
    purpose = f"{jobs} training jobs at once need" if jobs > 1 else "training needs"
    for definition in [single] if single else request["TrainingJobDefinitions"]:
        flexible = definition.get("HyperParameterTuningResourceConfig", {})
        configs = flexible.get("InstanceConfigs") or [definition.get("ResourceConfig", {})]
        yield Need(
            _training(definition),
            tuple((each["InstanceType"], each["InstanceCount"] * jobs) for each in configs),
            "ResourceConfig.InstanceType",
            purpose,
            _FEWER_JOBS if jobs > 1 else "",
        )


def _retraining(plan: Plan) -> Iterator[Need]:
    request: Any = plan.retrain or {}
    config = request.get("ResourceConfig", {})
    if "InstanceType" in config:  # else that of the winner
        choice = (config["InstanceType"], config["InstanceCount"])
        field = "Retrain.ResourceConfig.InstanceType"
        yield Need(_training(request), (choice,), field, "retraining needs")


def _training(request: Mapping[str, Any]) -> str:
    return "spot training job" if request.get("EnableManagedSpotTraining") else "training job"


def _scoring(plan: Plan) -> Iterator[Need]:
    if plan.evaluation is None:
        return
    resources: Any = plan.evaluation.transform_resources
    jobs = min(plan.top_k, SCORED_AT_ONCE)
    choice = (resources["InstanceType"], resources["InstanceCount"] * jobs)
    field = "Evaluation.InstanceType"
    yield Need("transform job", (choice,), field, "scoring needs", "TopK" if jobs > 1 else "")


def _endpoint(plan: Plan) -> Iterator[Need]:
    """A new endpoint; see `update`."""
    variant: Any = plan.endpoint.production_variant
    if not plan.dry_run and "InstanceType" in variant:
        choice = (variant["InstanceType"], variant["InitialInstanceCount"])
        yield Need("endpoint", (choice,), "Endpoint.InstanceType", "the endpoint needs")


def update(plan: Plan, serving: Mapping[str, int]) -> Need | None:
    """The new fleet beside the one that serves, `serving` by type; None without instances."""
    variant: Any = plan.endpoint.production_variant
    old = sum(serving.values())
    if plan.dry_run or "InstanceType" not in variant or not old:
        return None
    kept = plan.endpoint.keeps_instance_count
    count = old if kept else variant["InitialInstanceCount"]
    return Need(
        "endpoint",
        ((variant["InstanceType"], count),),
        "Endpoint.InstanceType",
        "an update, which starts new instances beside those that serve, needs",
        besides=tuple(serving.items()),
    )


def later(plan: Plan) -> list[Need]:
    """What the endpoint will need once it serves: the next update, and autoscaling's maximum."""
    found = []
    for need in _endpoint(plan):
        ((kind, count),) = need.choices
        purpose = "the next update, which starts new instances beside the old ones, will need"
        found.append(Need("endpoint", ((kind, 2 * count),), need.field, purpose))
        scaling: Any = plan.endpoint.auto_scaling
        if scaling:
            most = scaling.target["MaxCapacity"]
            field = "Endpoint.AutoScaling.MaxCapacity"
            found.append(Need("endpoint", ((kind, most),), field, "autoscaling may ask for"))
    return found
