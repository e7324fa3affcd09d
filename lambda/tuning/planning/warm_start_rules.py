"""When a tuning job can learn from a parent.

The rules are those of "Run a warm start hyperparameter tuning job" in the developer guide, and of
two refusals of the service that people have reported: the set of names
(aws/amazon-sagemaker-examples#861) and the members that may change (aws/sagemaker-python-sdk#3693).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tuning.algorithms.valid_range import number
from tuning.execution_input.warm_start import WarmStartType
from tuning.planning.compared_job import ComparedJob
from tuning.request_types import TuningJobAnswer, TuningJobRequest

# The guide also names Failed; the API's own description does not.
USABLE = ("Completed", "Stopped")
MAX_CHANGES = 10
MAX_TRAINING_JOBS = 750  # of the tuning job and its parents together
# Members of TrainingJobDefinition that may differ from the parent's, as the service lists them.
CHANGEABLE = (
    "AlgorithmSpecification",
    "InputDataConfig",
    "OutputDataConfig",
    "StaticHyperParameters",
    "RoleArn",
    "ResourceConfig",
    "StoppingCondition",
    "VpcConfig",
    "EnableManagedSpotTraining",
    "CheckpointConfig",
)


def misfits(
    child: TuningJobRequest, parent: TuningJobAnswer, warm_start_type: WarmStartType
) -> Iterator[str]:
    """Sentences that say why a parent cannot be one; none when it can.

    `child` is a request with one definition.
    """
    name = parent["HyperParameterTuningJobName"]
    status = parent["HyperParameterTuningJobStatus"]
    if status not in USABLE:
        yield f"Tuning job {name} is {status}; a parent must be Completed or Stopped."
    elif "TrainingJobDefinitions" in parent:
        yield f"Tuning job {name} has several training job definitions."
    else:
        yield from _compare(ComparedJob(child), ComparedJob(parent), name, warm_start_type)


def total_jobs_misfit(child: TuningJobRequest, parents: Sequence[TuningJobAnswer]) -> Iterator[str]:
    """The parents' training jobs count against the limit of the tuning job."""
    limits = child["HyperParameterTuningJobConfig"]["ResourceLimits"]
    jobs = limits["MaxNumberOfTrainingJobs"] + sum(map(_training_jobs, parents))
    if jobs > MAX_TRAINING_JOBS:
        yield f"With the parents there would be {jobs} training jobs, above {MAX_TRAINING_JOBS}."


def _training_jobs(parent: TuningJobAnswer) -> int:
    counters: Any = parent["TrainingJobStatusCounters"]
    return sum(counters.values())


def _compare(
    child: ComparedJob, parent: ComparedJob, name: str, warm_start_type: WarmStartType
) -> Iterator[str]:
    if child.objective != parent.objective:
        yield f"Tuning job {name} tuned {parent.objective}, this one {child.objective}."
    yield from _name_misfits(child, parent, name)
    for key, kind in child.kinds.items():
        if kind != parent.kinds.get(key, kind):
            yield f"{key} is {parent.kinds[key]} in tuning job {name} and {kind} in this one."
    yield from _change_misfits(child, parent, name)
    yield from _member_misfits(child, parent, name)
    if warm_start_type == "IdenticalDataAndAlgorithm":
        use = "use the type TransferLearning"
        if child.algorithm != parent.algorithm:
            yield f"Tuning job {name} trained with the image {parent.image}: {use}."
        if child.data != parent.data:
            yield f"Tuning job {name} trained on other data: {use}."


def _name_misfits(child: ComparedJob, parent: ComparedJob, name: str) -> Iterator[str]:
    """A static hyperparameter may become a tuned one, and the other way round."""
    ours, theirs = sorted(child.names - parent.names), sorted(parent.names - child.names)
    if ours or theirs:
        yield (
            f"Static and tuned hyperparameters together must be those of tuning job {name}: only "
            f"it has {', '.join(theirs) or 'none'}, only this one {', '.join(ours) or 'none'}."
        )


def _change_misfits(child: ComparedJob, parent: ComparedJob, name: str) -> Iterator[str]:
    changes = sum(_changes(key, value, parent) for key, value in child.static.items())
    if changes > MAX_CHANGES:
        yield (
            f"Against tuning job {name}, static hyperparameters count as {changes} changes; "
            f"SageMaker takes {MAX_CHANGES}."
        )


def _changes(key: str, value: str, parent: ComparedJob) -> int:
    """How much a static value counts: of numbers the change, of text each value, old and new."""
    if key in parent.categories:
        return parent.categories[key]
    if key in parent.kinds:
        return 1
    before = parent.static.get(key, value)
    if before == value:
        return 0
    return 2 if number(before) is None or number(value) is None else 1


def _member_misfits(child: ComparedJob, parent: ComparedJob, name: str) -> Iterator[str]:
    """What one of the two leaves to Autotune is Autotune's to choose so that it fits."""
    ours, theirs = _fixed_members(child), _fixed_members(parent)
    compared = {*ours, *theirs} - child.left_to_autotune - parent.left_to_autotune
    changed = sorted(key for key in compared if ours.get(key) != theirs.get(key))
    if changed:
        yield (
            f"{', '.join(changed)} must be as in tuning job {name}. SageMaker lets a warm start "
            f"change nothing of the definition but {', '.join(CHANGEABLE)}."
        )


def _fixed_members(job: ComparedJob) -> dict[str, Any]:
    """What must stay as it is; what is empty or false counts as left out."""
    members = job.definition.items()
    return {key: value for key, value in members if value and key not in CHANGEABLE}
