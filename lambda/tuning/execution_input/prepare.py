"""What an execution input says about the table that its channels are made of."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tuning.execution_input.sagemaker_model import SageMakerModel
from tuning.execution_input.training import DAY, HOUR, InstanceType, KmsKeyId, S3Uri

Column = Annotated[str, Field(min_length=1, max_length=1024)]
Columns = Annotated[list[Column], Field(max_length=10_000)]


class PrepareResourceConfig(SageMakerModel):
    """The machine of the processing job."""

    instance_type: InstanceType = "ml.m5.large"
    volume_size_in_gb: int = Field(
        default=30,
        ge=1,
        le=16_384,
        alias="VolumeSizeInGB",
        description="Room for the table, for what is made of it and for the work in between: four "
        "times the table.",
    )
    volume_kms_key_id: KmsKeyId | None = None


class PrepareStoppingCondition(SageMakerModel):
    """The limit of the processing job."""

    max_runtime_in_seconds: int = Field(default=HOUR, ge=1, le=9 * DAY)


class Prepare(SageMakerModel):
    """Makes the channels of a table before tuning, as `retune prepare` does, in a processing job.

    The instance counts towards MaxCost and MonthlyBudget. Beside the channels, in the run's folder,
    lie retune.preparation.json and encoder.py.
    """

    table: S3Uri = Field(
        description="The table: one object, or all whose keys begin so. CSV with a header, plain "
        "or compressed by gzip, or Parquet."
    )
    label: Column = Field(description="The column that is predicted.")
    task: Literal["binary", "multiclass", "regression"] | None = Field(
        default=None, description="Without it, the label's values tell."
    )
    positive: str | None = Field(
        default=None,
        min_length=1,
        max_length=1024,
        description="Of two classes, the one whose probability the model tells.",
    )
    validation: float = Field(
        default=0.2, gt=0, lt=1, description="Share of the rows that tuning judges by."
    )
    test: float = Field(
        default=0.2, ge=0, lt=1, description="Share of the rows that decides who serves."
    )
    group: Column | None = Field(
        default=None, description="A column whose rows of one value stay in one channel."
    )
    time: Column | None = Field(
        default=None,
        description="A column by which the newest rows are test, those before them validation.",
    )
    salt: str = Field(default="", max_length=256, description="Another one splits anew.")
    drop: Columns = Field(default_factory=list, description="Columns that are left out.")
    text: Columns = Field(default_factory=list, description="Columns whose numbers are names.")
    dates: dict[Column, Literal["YMD", "DMY", "MDY"]] = Field(
        default_factory=dict, description="The order of the dates in a column."
    )
    missing: list[Annotated[str, Field(max_length=256)]] = Field(
        default_factory=list,
        max_length=100,
        description="Texts that stand for no value, beside those that programs write.",
    )
    resource_config: PrepareResourceConfig = PrepareResourceConfig()
    stopping_condition: PrepareStoppingCondition = PrepareStoppingCondition()
