"""Experiments: local AWS has none, and a job that belongs to one is refused."""

from __future__ import annotations

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException

_BELONGING = ("ExperimentName", "TrialName", "RunName")


def check_experiment(request: Document) -> None:
    """The name of a trial component alone belongs to no experiment: it is shown.

    Raises:
        ValidationException: the job is to be part of an experiment, a trial or a run.
    """
    for member in _BELONGING:
        if member in request.get("ExperimentConfig", {}):
            raise ValidationException(
                f"ExperimentConfig.{member}: local AWS has no experiments; leave ExperimentConfig "
                "out."
            )
