"""A tuning job and its trials, as SageMaker describes them.

A trial is a training job that a tuning job started. One that failed or reported no metric is a
trial too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite
from typing import Any

from tuning.quoted import repeatable, secrets_of
from tuning.request_types import ObjectiveType
from tuning.trials.repeated_request import repeated_request

_OBJECTIVE_METRIC = "ObjectiveMetric"


@dataclass(frozen=True)
class Trial:
    """A training job of a tuning job. Times carry a time zone; `value` is its final metric."""

    name: str
    status: str  # Completed, Stopped, Failed, InProgress or Stopping
    created: datetime
    tuned_hyperparameters: Mapping[str, str]
    objective_status: str | None = None  # Succeeded, Pending or Failed
    metric_name: str | None = None
    value: float | None = None
    started: datetime | None = None
    ended: datetime | None = None
    failure_reason: str | None = None
    definition_name: str | None = None  # with several training job definitions
    billable_seconds: int | None = None  # only DescribeTrainingJob tells

    @classmethod
    def parse(cls, summary: Mapping[str, Any], secrets: Iterable[str] = ()) -> Trial:
        """From a HyperParameterTrainingJobSummary; its reason is told without the secrets."""
        metric = summary.get("FinalHyperParameterTuningJobObjectiveMetric", {})
        return cls(
            name=summary["TrainingJobName"],
            status=summary["TrainingJobStatus"],
            created=summary["CreationTime"],
            tuned_hyperparameters=summary["TunedHyperParameters"],
            objective_status=summary.get("ObjectiveStatus"),
            metric_name=metric.get("MetricName"),
            value=_finite(metric.get("Value")),
            started=summary.get("TrainingStartTime"),
            ended=summary.get("TrainingEndTime"),
            failure_reason=repeatable(summary.get("FailureReason"), secrets),
            definition_name=summary.get("TrainingJobDefinitionName"),
        )

    @property
    def seconds(self) -> int | None:
        """How long it trained; None when it did not start or has not ended."""
        if self.started is None or self.ended is None:
            return None
        return round((self.ended - self.started).total_seconds())


@dataclass(frozen=True)
class TuningJob:
    """A tuning job. `config` is its HyperParameterTuningJobConfig.

    `secrets` are values of its Environment, which must not be repeated. `request` makes the same
    tuning job again.

    With several training job definitions it holds the first objective and the ranges of all.
    """

    name: str
    status: str
    config: Mapping[str, Any]
    counters: Mapping[str, int]  # TrainingJobStatusCounters
    created: datetime
    best_training_job: str | None = None
    best_value: float | None = None
    arn: str | None = None
    ended: datetime | None = None
    failure_reason: str | None = None
    completion: Mapping[str, Any] = field(default_factory=dict)  # TuningJobCompletionDetails
    # By definition, None where there is one alone, the Regex that finds the metric in a log.
    regexes: Mapping[str | None, str] = field(default_factory=dict)
    request: Mapping[str, Any] = field(default_factory=dict)  # without values of Environment
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def parse(cls, description: Mapping[str, Any]) -> TuningJob:
        """From the answer of DescribeHyperParameterTuningJob, which may lack a best job."""
        secrets, best = secrets_of(description), description.get("BestTrainingJob", {})
        return cls(
            name=description["HyperParameterTuningJobName"],
            status=description["HyperParameterTuningJobStatus"],
            config=_searched(description),
            counters=description["TrainingJobStatusCounters"],
            created=description["CreationTime"],
            best_training_job=best.get("TrainingJobName"),
            best_value=best.get("FinalHyperParameterTuningJobObjectiveMetric", {}).get("Value"),
            ended=description.get("HyperParameterTuningEndTime"),
            failure_reason=repeatable(description.get("FailureReason"), secrets),
            arn=description.get("HyperParameterTuningJobArn"),
            completion=description.get("TuningJobCompletionDetails", {}),
            regexes=_objective_regexes(description),
            request=repeated_request(description),
            secrets=secrets,
        )

    @property
    def metric_name(self) -> str:
        """The metric that tuning improves, such as validation:auc."""
        return str(self.config["HyperParameterTuningJobObjective"]["MetricName"])

    @property
    def objective_type(self) -> ObjectiveType:
        """Whether a greater value of the metric is the better one."""
        found: ObjectiveType = self.config["HyperParameterTuningJobObjective"]["Type"]
        return found

    @property
    def maximizes(self) -> bool:
        return self.objective_type == "Maximize"

    @property
    def strategy(self) -> str:
        """How AMT chose the values to try, such as Bayesian."""
        return str(self.config.get("Strategy", "Bayesian"))

    @property
    def limits(self) -> Mapping[str, int]:
        """ResourceLimits: how many training jobs were asked for, how many at a time."""
        found: Mapping[str, int] = self.config.get("ResourceLimits", {})
        return found

    @property
    def stops_early(self) -> bool:
        """Whether AMT stops training jobs that will not be among the best."""
        early = self.config.get("TrainingJobEarlyStoppingType", "Off") == "Auto"
        return early or self.strategy == "Hyperband"

    @property
    def definitions(self) -> tuple[Mapping[str, Any], ...]:
        """Its training job definitions, one or several."""
        one = self.request.get("TrainingJobDefinition")
        return (one,) if one else tuple(self.request.get("TrainingJobDefinitions", ()))

    @property
    def parents(self) -> tuple[str, ...]:
        """Names of the tuning jobs whose trials it began with."""
        warm = self.request.get("WarmStartConfig", {}).get("ParentHyperParameterTuningJobs", ())
        return tuple(parent["HyperParameterTuningJobName"] for parent in warm)

    @property
    def failed(self) -> int:
        """How many of its training jobs have failed, through an error of SageMaker's own or not."""
        return sum(self.counters.get(key, 0) for key in ("RetryableError", "NonRetryableError"))

    @property
    def seconds(self) -> int | None:
        """From creation to the end; None while it runs."""
        return round((self.ended - self.created).total_seconds()) if self.ended else None


def _finite(value: float | None) -> float | None:
    """A training that diverges may report NaN or infinity, which is no metric to compare."""
    return value if value is not None and isfinite(value) else None


def _objective_regexes(description: Mapping[str, Any]) -> dict[str | None, str]:
    """SageMaker adds the objective's to a definition, as ObjectiveMetric."""
    one = description.get("TrainingJobDefinition")
    return {
        each.get("DefinitionName"): found["Regex"]
        for each in ([one] if one else description.get("TrainingJobDefinitions", ()))
        for found in each.get("AlgorithmSpecification", {}).get("MetricDefinitions", ())
        if found["Name"] == _OBJECTIVE_METRIC
    }


def _searched(description: Mapping[str, Any]) -> dict[str, Any]:
    config = dict(description["HyperParameterTuningJobConfig"])
    definitions = description.get("TrainingJobDefinitions") or ()
    if definitions:
        config["HyperParameterTuningJobObjective"] = definitions[0]["TuningObjective"]
        config["ParameterRanges"] = _all_ranges(definitions)
    return config


def _all_ranges(definitions: Iterable[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Every range once. Ranges of the same name become one that includes each of them."""
    ranges: dict[str, dict[str, dict[str, Any]]] = {}
    for definition in definitions:
        for kind, entries in definition.get("HyperParameterRanges", {}).items():
            known = ranges.setdefault(kind, {})
            for entry in entries:
                known[entry["Name"]] = _wide(known.get(entry["Name"], entry), entry)
    return {kind: list(known.values()) for kind, known in ranges.items()}


def _wide(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    if "Values" in one:
        return {**one, "Values": list(dict.fromkeys([*one["Values"], *other["Values"]]))}
    if "MinValue" in one:
        low = min(one["MinValue"], other["MinValue"], key=float)
        return {
            **one,
            "MinValue": low,
            "MaxValue": max(one["MaxValue"], other["MaxValue"], key=float),
        }
    return dict(one)


def best_first(trials: Iterable[Trial], *, maximizes: bool) -> list[Trial]:
    """Trials with a metric from best to worst, then the others in the order of their creation."""

    def rank(trial: Trial) -> tuple[bool, float, datetime]:
        value = trial.value or 0.0
        return (trial.value is None, -value if maximizes else value, trial.created)

    return sorted(trials, key=rank)
