"""When a tuning job can learn from a parent, as the developer guide puts it.

Requests and descriptions have the same members, except that SageMaker adds
_tuning_objective_metric to a parent's static hyperparameters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tuning.trials.selection import INJECTED_HYPERPARAMETER

# The guide also names Failed; the API's own description does not.
USABLE = ("Completed", "Stopped")
MAX_CHANGES = 10
MAX_TRAINING_JOBS = 750  # of the tuning job and its parents together

Document = Mapping[str, Any]


def misfits(child: Document, parent: Document, warm_start_type: str) -> Iterator[str]:
    """Sentences that say why a parent cannot be one; none when it can."""
    name = parent["HyperParameterTuningJobName"]
    status = parent["HyperParameterTuningJobStatus"]
    if status not in USABLE:
        yield f"Tuning job {name} is {status}; a parent must be Completed or Stopped."
        return
    if "TrainingJobDefinitions" in parent:
        yield f"Tuning job {name} has several training job definitions."
        return
    if _objective(child) != _objective(parent):
        yield (
            f"Tuning job {name} tuned {' '.join(_objective(parent))}, this one "
            f"{' '.join(_objective(child))}."
        )
    yield from _hyperparameter_misfits(name, child, parent)
    if warm_start_type == "IdenticalDataAndAlgorithm":
        yield from _identity_misfits(name, child, parent)


def total_jobs_misfit(child: Document, parents: Sequence[Document]) -> Iterator[str]:
    """The parents' training jobs count against the limit of the tuning job."""
    limits = child["HyperParameterTuningJobConfig"]["ResourceLimits"]
    jobs = limits["MaxNumberOfTrainingJobs"] + sum(
        sum(parent["TrainingJobStatusCounters"].values()) for parent in parents
    )
    if jobs > MAX_TRAINING_JOBS:
        yield f"With the parents there would be {jobs} training jobs, above {MAX_TRAINING_JOBS}."


def _hyperparameter_misfits(name: str, child: Document, parent: Document) -> Iterator[str]:
    mine, theirs = _types(child), _types(parent)
    static, old_static = _static(child), _static(parent)
    count, old_count = len(mine) + len(static), len(theirs) + len(old_static)
    if count != old_count:
        yield (
            f"Tuning job {name} has {old_count} hyperparameters, static and tuned, this one "
            f"{count}: their number must stay the same."
        )
    for key in mine.keys() & theirs.keys():
        if mine[key] != theirs[key]:
            yield f"{key} is {theirs[key]} in tuning job {name} and {mine[key]} in this one."
    changes = sum(_change(key, value, theirs, old_static) for key, value in static.items())
    if changes > MAX_CHANGES:
        yield (
            f"Against tuning job {name}, static hyperparameters count as {changes} changes; "
            f"SageMaker takes {MAX_CHANGES}."
        )


def _change(key: str, value: str, tuned: Mapping[str, str], static: Mapping[str, str]) -> int:
    """A tuned one made static counts once, a categorical one or another value twice."""
    if key in tuned:
        return 2 if tuned[key] == "Categorical" else 1
    return 2 if static.get(key, value) != value else 0


def _identity_misfits(name: str, child: Document, parent: Document) -> Iterator[str]:
    use = "use the type TransferLearning"
    if _image(child) != _image(parent):
        yield f"Tuning job {name} trained with the image {_image(parent)}: {use}."
    if _data(child) != _data(parent):
        yield f"Tuning job {name} trained on other data: {use}."


def _objective(job: Document) -> tuple[str, str]:
    objective = job["HyperParameterTuningJobConfig"]["HyperParameterTuningJobObjective"]
    return objective["Type"], objective["MetricName"]


def _types(job: Document) -> dict[str, str]:
    ranges = job["HyperParameterTuningJobConfig"].get("ParameterRanges", {})
    return {
        entry["Name"]: type_
        for type_ in ("Integer", "Continuous", "Categorical")
        for entry in ranges.get(f"{type_}ParameterRanges", [])
    }


def _static(job: Document) -> dict[str, str]:
    static = dict(job["TrainingJobDefinition"].get("StaticHyperParameters", {}))
    static.pop(INJECTED_HYPERPARAMETER, None)
    return static


def _image(job: Document) -> str:
    specification = job["TrainingJobDefinition"]["AlgorithmSpecification"]
    return str(specification.get("TrainingImage") or specification.get("AlgorithmName"))


def _data(job: Document) -> dict[str, Any]:
    return {
        channel["ChannelName"]: channel["DataSource"]
        for channel in job["TrainingJobDefinition"].get("InputDataConfig", [])
    }
