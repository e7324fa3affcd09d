"""What an execution input says about proving a model before it is deployed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tuning.execution_input.sagemaker_model import INTEGER, SageMakerModel
from tuning.execution_input.training import InstanceType

DEFAULT_CONFIDENCE = 0.95
DEFAULT_TOLERANCE = 0.05
Tolerance = Annotated[float, Field(ge=0)]


class Evaluation(SageMakerModel):
    """How candidate and champion are scored on the test channel, which must be there."""

    metric_name: str | None = Field(
        default=None,
        description="An Autopilot metric, such as AUC; without it, the counterpart of tuning's.",
        examples=["AUC", "LogLoss", "F1macro", "RMSE"],
    )
    top_k: int = Field(
        default=1,
        ge=1,
        le=20,
        description="So many of the best trials are scored; the best of them is the candidate.",
    )
    instance_type: InstanceType | None = Field(
        default=None,
        description="Machine of the batch transform jobs; without it, ResourceConfig's.",
    )


class Slice(SageMakerModel):
    """Rows of the test channel in groups: no group may be worse for sure."""

    column: int = Field(
        ge=0,
        le=INTEGER,
        description="Rows with the same value in it are a group. 0 is the label, 3 the fourth cell "
        "of a row of CSV, or the feature of index 3 in libsvm.",
    )
    name: str | None = Field(
        default=None,
        min_length=1,
        max_length=40,
        pattern=r"^[\w .:/+\-@]*$",
        description="What the column is called in verdict and report; without it, its number.",
    )
    values: list[Annotated[float, Field(allow_inf_nan=False)]] | None = Field(
        default=None,
        min_length=1,
        max_length=20,
        description="The groups to guard; without it, the 20 largest.",
    )
    metric_name: str | None = Field(
        default=None, description="As Evaluation.MetricName; without it, the one that decides."
    )
    tolerance: Tolerance = Field(
        default=DEFAULT_TOLERANCE,
        description="Which share of the champion's value in the group may be lost.",
    )
    min_rows: int = Field(
        default=50, ge=20, le=INTEGER, description="Smaller groups are neither guarded nor named."
    )

    @property
    def title(self) -> str:
        """What people read."""
        return self.name or f"column {self.column}"


class Promotion(SageMakerModel):
    """When the candidate takes the champion's place."""

    margin: float = Field(
        default=0.0,
        description="The improvement must be above it, in the metric's unit. Below 0, a model that "
        "is so much worse may take over, for example because it was trained on fresher data.",
    )
    confidence: float = Field(
        default=DEFAULT_CONFIDENCE,
        ge=0.5,
        le=0.999,
        description="A paired bootstrap must put the improvement above Margin with it, one-sided. "
        "It holds for all candidates that the same rows judge together.",
    )
    guardrails: dict[str, Tolerance] | None = Field(
        default=None,
        description="Metrics that must not become worse for sure by more than this share of the "
        "champion's value. Without it, 0.05 of every other metric of the problem; {} for none.",
        examples=[{"Recall": 0.02, "LogLoss": 0.1}],
    )
    slices: list[Slice] | None = Field(
        default=None,
        min_length=1,
        max_length=3,
        description="Groups of rows for none of which the candidate may be worse for sure.",
        examples=[[{"Column": 3, "Name": "region"}]],
    )
    unscored_champion: Literal["Keep", "Replace"] = Field(
        default="Keep",
        description="What to do with a champion that cannot score the test channel, "
        "for example because the features changed.",
    )


Approval = Literal["Automatic", "Manual"]
