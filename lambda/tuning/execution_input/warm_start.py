"""WarmStartConfig of the execution input: which earlier tuning jobs the search learns from."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, StrictBool, model_validator

from tuning.execution_input.sagemaker_model import SageMakerModel

MAX_PARENTS = 5
AUTO = "Auto"  # as in ScalingType and TrainingJobEarlyStoppingType

TuningJobName = Annotated[
    str, Field(max_length=32, pattern=r"^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", description="Its name.")
]


WarmStartType = Literal["IdenticalDataAndAlgorithm", "TransferLearning"]


class ParentHyperParameterTuningJob(SageMakerModel):
    """An earlier tuning job."""

    hyper_parameter_tuning_job_name: TuningJobName


Parents = Annotated[
    list[ParentHyperParameterTuningJob], Field(min_length=1, max_length=MAX_PARENTS)
]


class WarmStartConfig(SageMakerModel):
    """SageMaker's WarmStartConfig, and what to do when the parents do not fit.

    Auto, LatestParents, OnIncompatible and AdaptRanges are Retune's own, for schedules: they cannot
    name parents.
    """

    parent_hyper_parameter_tuning_jobs: Parents | Literal["Auto"] | None = Field(
        default=None,
        description="Auto: the best of the endpoint's earlier tuning jobs that fit, if any do.",
    )
    latest_parents: int | None = Field(
        default=None,
        ge=1,
        le=MAX_PARENTS,
        description="Instead of names: this many of the latest tuning jobs of this app.",
    )
    warm_start_type: WarmStartType | None = Field(
        default=None,
        description="TransferLearning when data or image changed since. Auto finds out.",
    )
    on_incompatible: Literal["Fail", "ColdStart"] = Field(
        default="Fail",
        description="ColdStart tunes without the parents, and the summary says why. Auto never "
        "fails.",
    )
    adapt_ranges: StrictBool = Field(
        default=False,
        description="Moves ranges to where the parents' best training jobs lie, and the report "
        "says why.",
    )

    @model_validator(mode="before")
    @classmethod
    def _never_fails(cls, value: Any) -> Any:
        given = value if isinstance(value, dict) else {}
        if given.get("ParentHyperParameterTuningJobs") == AUTO:
            if given.get("OnIncompatible") == "Fail":
                raise ValueError("With Auto, what does not fit is left out: remove OnIncompatible")
            if given.get("WarmStartType") is not None:
                raise ValueError("With Auto, Retune finds out the type: remove WarmStartType")
        return value

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.parent_hyper_parameter_tuning_jobs is None) == (self.latest_parents is None):
            raise ValueError("Give ParentHyperParameterTuningJobs or LatestParents, one of the two")
        if self.warm_start_type is None and not self.is_automatic:
            raise ValueError(
                "Give WarmStartType: TransferLearning, or IdenticalDataAndAlgorithm when neither "
                "data nor image changed"
            )
        return self

    @property
    def is_automatic(self) -> bool:
        """Whether Retune chooses parents and type, and starts cold where it finds none."""
        return self.parent_hyper_parameter_tuning_jobs == AUTO
