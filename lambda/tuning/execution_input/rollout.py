"""How an execution input asks for the endpoint to be run and its model to be exchanged.

These are parts of the field `Endpoint`. Rules between fields are in tuning.checks.rollout.
"""

from __future__ import annotations

from math import ceil
from typing import Annotated, Any, Literal

from pydantic import Field

from tuning.execution_input.sagemaker_model import INTEGER, SageMakerModel
from tuning.request_types import DeploymentConfig

LONGEST_ROLLOUT = 28_800  # seconds; MaximumExecutionTimeoutInSeconds of BlueGreenUpdatePolicy
START_SECONDS = 3600  # left to SageMaker to start the new instances and to stop the old ones

AlarmName = Annotated[str, Field(pattern=r"^.*\S.*$", max_length=255)]


class Serverless(SageMakerModel):
    """Serves without instances of its own, one request at a time for each concurrency."""

    memory_size_in_mb: Literal[1024, 2048, 3072, 4096, 5120, 6144] = Field(
        default=2048, alias="MemorySizeInMB"
    )
    max_concurrency: int = Field(default=5, ge=1, le=200, description="Requests at a time.")


class DataCapture(SageMakerModel):
    """Keeps requests and answers under capture/ of the data bucket."""

    initial_sampling_percentage: int = Field(
        default=100, ge=1, le=100, description="Share of the requests that is kept."
    )


class AutoScaling(SageMakerModel):
    """Lets SageMaker add and remove instances; an update keeps the number they have reached."""

    min_capacity: int = Field(default=1, ge=1, le=INTEGER)
    max_capacity: int = Field(ge=1, le=INTEGER)
    invocations_per_instance: float = Field(
        gt=0, description="Requests a minute that one instance is to get."
    )


class Rollout(SageMakerModel):
    """How an update moves traffic to the new model: a blue/green deployment of SageMaker."""

    type: Literal["AllAtOnce", "Canary", "Linear"] = Field(
        default="AllAtOnce",
        description="All traffic at once, a part of it first (Canary), or step by step (Linear).",
    )
    capacity_percent: int | None = Field(
        default=None,
        ge=1,
        le=50,
        description="Share of the instances that goes first (Canary, 10 unless given) or with each "
        "step (Linear, at least 10, 25 unless given).",
    )
    wait_interval_in_seconds: int = Field(
        default=300, ge=0, le=3600, description="How long the alarms are watched after each step."
    )
    termination_wait_in_seconds: int = Field(
        default=0, ge=0, le=3600, description="How long the old instances are kept after the last."
    )
    maximum_execution_timeout_in_seconds: int | None = Field(
        default=None,
        ge=600,
        le=LONGEST_ROLLOUT,
        description="After this time SageMaker rolls back; an hour more than all waits unless "
        "given.",
    )
    alarms: list[AlarmName] | None = Field(
        default=None,
        min_length=1,
        max_length=10,
        description="Names of CloudWatch alarms that roll back; without it those of the stack.",
    )

    @property
    def percent(self) -> int:
        """CapacityPercent or its default; AllAtOnce does not use it."""
        return self.capacity_percent or (25 if self.type == "Linear" else 10)

    @property
    def waiting_seconds(self) -> int:
        """All waits together: one after each step, and one before the old instances end."""
        steps = {"AllAtOnce": 1, "Canary": 2, "Linear": ceil(100 / self.percent)}[self.type]
        return steps * self.wait_interval_in_seconds + self.termination_wait_in_seconds

    @property
    def longest_seconds(self) -> int:
        """MaximumExecutionTimeoutInSeconds."""
        chosen = min(self.waiting_seconds + START_SECONDS, LONGEST_ROLLOUT)
        return self.maximum_execution_timeout_in_seconds or chosen

    def deployment_config(self, stack_alarms: list[str]) -> DeploymentConfig:
        """DeploymentConfig of UpdateEndpoint."""
        routing: Any = {
            "Type": {"AllAtOnce": "ALL_AT_ONCE", "Canary": "CANARY", "Linear": "LINEAR"}[self.type],
            "WaitIntervalInSeconds": self.wait_interval_in_seconds,
        }
        size = {"Type": "CAPACITY_PERCENT", "Value": self.percent}
        member = {"Canary": "CanarySize", "Linear": "LinearStepSize"}.get(self.type)
        if member:
            routing[member] = size
        config: DeploymentConfig = {
            "BlueGreenUpdatePolicy": {
                "TrafficRoutingConfiguration": routing,
                "TerminationWaitInSeconds": self.termination_wait_in_seconds,
                "MaximumExecutionTimeoutInSeconds": self.longest_seconds,
            }
        }
        alarms = self.alarms or stack_alarms
        if alarms:
            config["AutoRollbackConfiguration"] = {
                "Alarms": [{"AlarmName": name} for name in alarms]
            }
        return config
