"""Where a scenario plays: a deployed stack, its bucket, and the clock."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from botocore.exceptions import ClientError
from tuning.algorithms.images import image_uri

from retune.aws import Aws, is_local, seconds_between_looks
from retune.errors import FailedError
from retune.executions.execution import Execution, describe_execution, start_execution
from retune.stack import Stack

Found = TypeVar("Found")

INSTANCE = "ml.m5.large"
# A training job of these takes seconds, and SageMaker bills a minute or two for it.
SMALL_RUN: dict[str, Any] = {
    "StaticHyperParameters": {
        "objective": "binary:logistic",
        "eval_metric": "auc",
        "num_round": "10",
    },
    "ResourceLimits": {"MaxNumberOfTrainingJobs": 2, "MaxParallelTrainingJobs": 2},
    "StoppingCondition": {"MaxRuntimeInSeconds": 900},
    "RandomSeed": 3,
}
# About as good is good enough: what is looked at is the deployment.
ANY_CANDIDATE: dict[str, Any] = {"Promotion": {"Margin": -0.5, "Guardrails": {}}}


@dataclass
class Stage:
    """What a scenario needs; all that it makes has a name of `name`, so that nothing is lost."""

    aws: Aws
    stack: Stack
    minutes: int
    _until: float = field(init=False)

    def __post_init__(self) -> None:
        self._until = time.monotonic() + 60 * self.minutes

    def client(self, service: str) -> Any:
        return self.aws.client(service)

    @property
    def is_local(self) -> bool:
        return is_local()

    @property
    def training_role(self) -> str:
        """The role that the deployment passes to SageMaker."""
        plan = self.client("lambda").get_function_configuration(
            FunctionName=f"{self.stack.name_prefix}-PlanTuning"
        )
        return str(plan["Environment"]["Variables"]["TRAINING_ROLE_ARN"])

    @property
    def partition(self) -> str:
        return self.stack.state_machine_arn.split(":")[1]

    def image(self, version: str = "3.0-5") -> str:
        """SageMaker's XGBoost of the region."""
        return image_uri("xgboost", version, self.aws.region or "")

    def name(self, label: str) -> str:
        """A new name that the removal finds by its prefix; it fits a tuning job's 32 characters."""
        return f"{self.stack.name_prefix}-{label[:12]}-{secrets.token_hex(2)}"

    def upload(self, key: str, body: str | bytes) -> str:
        """An object of the data bucket, and its URI."""
        self.client("s3").put_object(Bucket=self.stack.bucket, Key=key, Body=body)
        return f"s3://{self.stack.bucket}/{key}"

    def upload_channels(self) -> None:
        """The channels of the deployed defaults, with labels that depend on the features."""
        for seed, (channel, rows) in enumerate(
            {"train": 400, "validation": 200, "test": 200}.items()
        ):
            self.upload(f"data/{channel}/rows.csv", table(rows, seed))

    def refused(self, service: str, operation: str, **request: Any) -> str:
        """The words in which AWS refuses a call; empty if it does not."""
        try:
            getattr(self.client(service), operation)(**request)
        except ClientError as error:
            return f"{error.response['Error']['Code']}: {error.response['Error']['Message']}"
        return ""

    def start(self, document: dict[str, Any], machine: str | None = None) -> str:
        """Starts an execution, of the workflow unless told otherwise; returns its ARN."""
        arn = machine or self.stack.state_machine_arn
        return start_execution(self.aws, arn, document, self.name("run"))

    def finish(self, arn: str) -> Execution:
        """The execution when it has ended."""
        return self.until(
            f"the end of {arn.rsplit(':', 1)[-1]}",
            lambda: None if (it := describe_execution(self.aws, arn)).is_running else it,
        )

    def run(self, document: dict[str, Any]) -> Execution:
        """An execution of the workflow from its start to its end."""
        return self.finish(self.start(document))

    def ensure_endpoint(self) -> None:
        """The endpoint of runs without a model, made by a run unless one is there."""
        name = self.stack.endpoint_name
        if self.refused("sagemaker", "describe_endpoint", EndpointName=name):
            run = self.run(SMALL_RUN)
            if not run.succeeded:
                raise FailedError(f"{run.error}: {run.cause}")

    def until(self, what: str, look: Callable[[], Found | None]) -> Found:
        """What a look finds in the end; FailedError when the scenario's minutes are over."""
        while True:
            found = look()
            if found:
                return found
            if time.monotonic() > self._until:
                raise FailedError(f"Waited in vain for {what}, {self.minutes} minutes altogether.")
            time.sleep(seconds_between_looks() / 2)


def table(rows: int, seed: int, features: int = 4) -> str:
    """CSV as XGBoost reads it: the label first, no header."""
    dice = random.Random(seed)
    lines = []
    for _ in range(rows):
        values = [round(dice.gauss(0, 1), 4) for _ in range(features)]
        label = int(values[0] + values[1] * values[-1] + dice.gauss(0, 0.7) > 0)
        lines.append(",".join(map(str, (label, *values))))
    return "\n".join(lines)
