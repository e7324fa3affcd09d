"""What serves the model, and what stays of earlier ones. Parts of the execution input."""

from __future__ import annotations

from pydantic import Field, StrictBool

from tuning.execution_input.rollout import AutoScaling, DataCapture, Rollout, Serverless
from tuning.execution_input.sagemaker_model import INTEGER, SageMakerModel
from tuning.execution_input.training import InstanceType


class Endpoint(SageMakerModel):
    """The endpoint that serves the model; an existing one is updated without downtime."""

    endpoint_name: str | None = Field(
        default=None,
        max_length=63,
        pattern=r"^[a-zA-Z0-9](-*[a-zA-Z0-9])*$",
        description="The app's name prefix, or a name that begins with it.",
    )
    instance_type: InstanceType = "ml.m5.large"
    initial_instance_count: int | None = Field(
        default=None,
        ge=1,
        le=INTEGER,
        description="Without it, an update keeps the number there is, and a new endpoint has one.",
    )
    serverless: Serverless | None = Field(default=None, description="Instead of instances.")
    auto_scaling: AutoScaling | None = None
    data_capture: DataCapture | None = None
    rollout: Rollout | None = Field(
        default=None, description="Without it, all traffic moves at once and no alarm is watched."
    )

    interface_may_change: StrictBool = Field(
        default=False,
        description="Retune's own: deploys a model that takes other columns, another content type "
        "or another algorithm's answers than what serves, so that clients must change.",
    )

    @property
    def least_instances(self) -> int:
        """How many instances a new endpoint starts with."""
        scaling = self.auto_scaling.min_capacity if self.auto_scaling else 1
        return self.initial_instance_count or scaling


class Retention(SageMakerModel):
    """What a successful deployment leaves of those before it."""

    keep_models: int = Field(
        default=2,
        ge=0,
        le=INTEGER,
        description="How many models before the one that serves stay, with their configs.",
    )
    keep_model_packages: int = Field(
        default=20,
        ge=0,
        le=INTEGER,
        description="How many model packages stay, besides those of models that stay.",
    )
