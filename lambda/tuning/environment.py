"""What the stack tells the functions through environment variables, and by state machines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tuning.deployed_settings import DeployedSettings


@dataclass(frozen=True)
class Environment:
    """What every function knows: the prefix of all names and the data bucket."""

    name_prefix: str
    bucket: str

    @classmethod
    def parse(cls, variables: Mapping[str, str]) -> Environment:
        """Raises KeyError naming the variable that the stack did not set."""
        return cls(name_prefix=variables["NAME_PREFIX"], bucket=variables["BUCKET"])


@dataclass(frozen=True)
class PlanningEnvironment(Environment):
    """What PlanTuning knows: also SageMaker's role, the input that `{}` stands for, and alarms.

    Of a run of a model all three are the model's (tuning.planning.deployed_model). `alarms` are
    names of the CloudWatch alarms that watch the endpoint, and `image_repositories` those that
    AlgorithmSpecification may name besides SageMaker's. `required` is what the deployment asks of
    every run, tuning.execution_input.requirements as JSON.
    """

    training_role_arn: str
    default_input: dict[str, Any]
    alarms: tuple[str, ...] = ()
    image_repositories: tuple[str, ...] = ()
    required: dict[str, Any] = field(default_factory=dict)
    models_have_alarms: bool = True  # unless they are more than have schedules
    preparation_program: str = ""  # its S3 URI

    @classmethod
    def of(cls, variables: Mapping[str, str], settings: str) -> PlanningEnvironment:
        """`settings` are DeployedSettings as text."""
        return cls(
            **vars(Environment.parse(variables)),
            **vars(DeployedSettings.parse(settings)),
            training_role_arn=variables["TRAINING_ROLE_ARN"],
            alarms=tuple(json.loads(variables["ALARM_NAMES"])),
            models_have_alarms="MODELS_WITHOUT_ALARMS" not in variables,
            preparation_program=variables["PREPARATION_PROGRAM"],
        )


@dataclass(frozen=True)
class NotifyingEnvironment(Environment):
    """What functions know that notify people: also the topic of Amazon SNS."""

    topic_arn: str
    in_aws: bool  # no other endpoint answers in the place of AWS's own, which have a console

    @classmethod
    def parse(cls, variables: Mapping[str, str]) -> NotifyingEnvironment:
        return cls(
            **vars(Environment.parse(variables)),
            topic_arn=variables["TOPIC_ARN"],
            in_aws=in_aws(variables),
        )


@dataclass(frozen=True)
class MeasuringEnvironment(Environment):
    """What MeasureModels and ResumeTuning know besides: the ARN of the workflow."""

    state_machine_arn: str

    @classmethod
    def parse(cls, variables: Mapping[str, str]) -> MeasuringEnvironment:
        return cls(
            **vars(Environment.parse(variables)),
            state_machine_arn=variables["STATE_MACHINE_ARN"],
        )


@dataclass(frozen=True)
class ExpiringEnvironment(Environment):
    """What ExpireLogs knows besides: the settings `endpoint_log_retention_days` and
    `account_job_log_retention_days`, None where they are not given."""

    endpoint_days: int | None
    account_job_days: int | None

    @classmethod
    def parse(cls, variables: Mapping[str, str]) -> ExpiringEnvironment:
        names = ("ENDPOINT_LOG_RETENTION_DAYS", "ACCOUNT_JOB_LOG_RETENTION_DAYS")
        endpoint, job = (int(variables[name]) if name in variables else None for name in names)
        return cls(
            **vars(Environment.parse(variables)), endpoint_days=endpoint, account_job_days=job
        )


@dataclass(frozen=True)
class FleetEnvironment(MeasuringEnvironment):
    """What ListModels knows besides: how many models may be retuned at a time, and what `{}` is."""

    concurrency: int
    default_input: dict[str, Any]

    @classmethod
    def of(cls, variables: Mapping[str, str], settings: str) -> FleetEnvironment:
        """`settings` are DeployedSettings as text."""
        return cls(
            **vars(MeasuringEnvironment.parse(variables)),
            concurrency=int(variables["FLEET_CONCURRENCY"]),
            default_input=DeployedSettings.parse(settings).default_input,
        )


@dataclass(frozen=True)
class StartingEnvironment(Environment):
    """What StartOnArrival knows besides: the workflow, and how a schedule calls the function.

    That is as the role, and what it could not deliver it leaves in the queue.
    """

    state_machine_arn: str
    schedule_role_arn: str
    undelivered_arn: str

    @classmethod
    def parse(cls, variables: Mapping[str, str]) -> StartingEnvironment:
        return cls(
            **vars(Environment.parse(variables)),
            state_machine_arn=variables["STATE_MACHINE_ARN"],
            schedule_role_arn=variables["SCHEDULE_ROLE_ARN"],
            undelivered_arn=variables["UNDELIVERED_ARN"],
        )


@dataclass(frozen=True)
class SweepingEnvironment(Environment):
    """What SweepExecutions knows besides: ARNs of the workflow and of the recovery machine."""

    state_machine_arn: str
    recovery_arn: str

    @classmethod
    def parse(cls, variables: Mapping[str, str]) -> SweepingEnvironment:
        return cls(
            **vars(Environment.parse(variables)),
            state_machine_arn=variables["STATE_MACHINE_ARN"],
            recovery_arn=variables["RECOVERY_ARN"],
        )


def in_aws(variables: Mapping[str, str]) -> bool:
    """Whether no other endpoint answers in the place of AWS's own, which alone have a console."""
    return "AWS_ENDPOINT_URL" not in variables
