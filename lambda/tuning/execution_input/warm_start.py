"""WarmStartConfig of the execution input: which earlier tuning jobs the search learns from."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tuning.execution_input.sagemaker_model import SageMakerModel

MAX_PARENTS = 5

TuningJobName = Annotated[
    str, Field(max_length=32, pattern=r"^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", description="Its name.")
]


WarmStartType = Literal["IdenticalDataAndAlgorithm", "TransferLearning"]


class ParentHyperParameterTuningJob(SageMakerModel):
    """An earlier tuning job."""

    hyper_parameter_tuning_job_name: TuningJobName


class WarmStartConfig(SageMakerModel):
    """SageMaker's WarmStartConfig, and what to do when the parents do not fit.

    LatestParents and OnIncompatible are Retune's own, for schedules: they cannot name parents.
    """

    parent_hyper_parameter_tuning_jobs: list[ParentHyperParameterTuningJob] | None = Field(
        default=None, min_length=1, max_length=MAX_PARENTS
    )
    latest_parents: int | None = Field(
        default=None,
        ge=1,
        le=MAX_PARENTS,
        description="Instead of names: this many of the latest tuning jobs of this app.",
    )
    warm_start_type: WarmStartType = Field(
        description="TransferLearning when data or image changed since.",
    )
    on_incompatible: Literal["Fail", "ColdStart"] = Field(
        default="Fail",
        description="ColdStart tunes without the parents, and the summary says why.",
    )

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.parent_hyper_parameter_tuning_jobs is None) == (self.latest_parents is None):
            raise ValueError("Give ParentHyperParameterTuningJobs or LatestParents, one of the two")
        return self
