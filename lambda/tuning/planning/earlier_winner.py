"""The tuning job whose best training job is trained once more, instead of tuning again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from tuning.errors import Fault, InvalidInput
from tuning.request_types import TuningJobAnswer, TuningJobRequest

_ENDED = ("Completed", "Stopped")
_FIELD = "Retrain.TuningJobName"
_FIX = "List those that there are: aws sagemaker list-hyper-parameter-tuning-jobs."


class TuningJobReader(Protocol):
    """Reads tuning jobs; the module tuning.aws.tuning_jobs is one."""

    def describe_tuning_job(self, name: str) -> TuningJobAnswer | None: ...


def check_earlier_winner(name: str, request: TuningJobRequest, jobs: TuningJobReader) -> None:
    """Raises InvalidInput unless it has a best training job, of an image that the input names too.

    `request` is the tuning job that there would be without Retrain.TuningJobName: the model is
    asked, scored and deployed as the input says, so that it must be of the same algorithm.
    """
    job = jobs.describe_tuning_job(name)
    rules = _misfits(name, request, job) if job else [f"There is no tuning job {name}."]
    faults = [Fault(_FIELD, name, rule, _FIX) for rule in rules]
    if faults:
        raise InvalidInput(faults)


def _misfits(name: str, request: TuningJobRequest, job: TuningJobAnswer) -> Iterator[str]:
    status = job["HyperParameterTuningJobStatus"]
    if status not in _ENDED:
        yield f"Tuning job {name} is {status}; only one that is Completed or Stopped has a winner."
    elif "TrainingJobName" not in job.get("BestTrainingJob", {}):
        yield f"Tuning job {name} has no best training job: none ended with a metric and a model."
    missing = images_of(job) - images_of(request)
    if missing:
        yield (
            f"Tuning job {name} tuned {', '.join(sorted(missing))}, and this input is for "
            f"{', '.join(sorted(images_of(request)))}."
        )


def images_of(job: TuningJobRequest | TuningJobAnswer) -> set[str]:
    """The images, or algorithms of one's own, of all definitions, without the version."""
    several = job.get("TrainingJobDefinitions")
    definitions = several if several else [job["TrainingJobDefinition"]]
    specifications = [each["AlgorithmSpecification"] for each in definitions]
    named = (each.get("TrainingImage") or each.get("AlgorithmName", "") for each in specifications)
    return {without_version(name) for name in named}


def without_version(image: str) -> str:
    """The name of an image's repository, such as sagemaker-xgboost."""
    return image.rpartition("/")[2].partition(":")[0].partition("@")[0]
