"""What a person decides when deploying Retune, typed and checked at synth.

Every field is a key of retune.toml, or the CDK context key `retune:<field>` for once, as in
`-c retune:<field>=<value>`. docs/deployment.md holds the same table; a test keeps the two equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
)
from tuning.execution_input.evaluation import Approval
from tuning.execution_input.execution_input import ROLE_PATTERN
from tuning.execution_input.pydantic_messages import in_json_terms
from tuning.execution_input.suggest import did_you_mean
from tuning.shown import shown

from configuration.faults import ConfigurationError

CONTEXT_PREFIX = "retune:"

# The periods that CloudWatch Logs accepts (PutRetentionPolicy), in days.
LOG_RETENTION_DAYS = (
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
)  # fmt: skip


BUCKET_PATTERN = r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$"
KEY_PATTERN = r"^arn:[^:]+:kms:[^:]+:\d{12}:key/[\w-]+$"

# CloudFormation takes 500 resources in a stack.
MOST_SCHEDULES = 110


def _comma_list(value: Any) -> Any:
    return (
        [part.strip() for part in value.split(",") if part.strip()]
        if isinstance(value, str)
        else value
    )


def _log_retention(value: Any) -> Any:
    if value is not None and str(value) not in map(str, LOG_RETENTION_DAYS):
        periods = ", ".join(map(str, LOG_RETENTION_DAYS))
        raise ValueError(f"CloudWatch Logs keeps logs for one of {periods} days")
    return value


def _tags(value: Any) -> Any:
    """Takes a table, and on a command line `Team=ml,CostCenter=7`."""
    if not isinstance(value, str):
        return value
    pairs = [pair.partition("=") for pair in value.split(",") if pair.strip()]
    return {key.strip(): text.strip() for key, _, text in pairs}


def _with_subnets(groups: list[str], info: ValidationInfo) -> list[str]:
    """After the subnets, which the model has before them."""
    if bool(groups) != bool(info.data.get("vpc_subnets", groups)):
        raise ValueError("Subnets and security groups go together")
    return groups


def _own_key(key: str) -> str:
    if key.lower().startswith("aws:"):
        raise ValueError("Only AWS gives tags that begin with aws:")
    if key.startswith("retune:"):
        raise ValueError("Retune gives tags that begin with retune: itself")
    return key


SubnetId = Annotated[str, Field(pattern=r"^subnet-([0-9a-f]{8}|[0-9a-f]{17})$")]
SecurityGroupId = Annotated[str, Field(pattern=r"^sg-([0-9a-f]{8}|[0-9a-f]{17})$")]
TagKey = Annotated[
    str,
    Field(min_length=1, max_length=128, pattern=r"^[\w .:/=+\-@]+$"),
    AfterValidator(_own_key),
]
TagValue = Annotated[str, Field(max_length=256, pattern=r"^[\w .:/=+\-@]*$")]


class Settings(BaseModel):
    """Deployment settings of one Retune; several live side by side under different prefixes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name_prefix: str = Field(
        "retune",
        max_length=12,
        pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        description="Starts the name of everything the app makes; IAM is scoped to it. "
        "At most 12 characters of a-z, 0-9 and -, because a tuning job's name has at most 32.",
    )
    account: str | None = Field(
        None,
        pattern=r"^[0-9]{12}$",
        description="Account to deploy to, 12 digits; without it, the one of your AWS profile.",
    )
    region: str | None = Field(
        None, description="Region to deploy to; without it, the one of your AWS profile."
    )
    models: str = Field("models", description="Folder with a file for each model.")
    data_bucket: str | None = Field(
        None,
        pattern=BUCKET_PATTERN,
        description="Name of a bucket of this account and region that is there already; without "
        "it, one is made.",
    )
    access_log_bucket: str | None = Field(
        None,
        pattern=BUCKET_PATTERN,
        description="Name of a bucket that gets the access logs of the data bucket.",
    )
    training_role_arn: str | None = Field(
        None,
        pattern=ROLE_PATTERN,
        description="ARN of a role of your own that SageMaker takes on; without it, one is made.",
    )
    function_role_arn: str | None = Field(
        None,
        pattern=ROLE_PATTERN,
        description="ARN of a role of your own for all functions; without it, each has its own.",
    )
    state_machine_role_arn: str | None = Field(
        None,
        pattern=ROLE_PATTERN,
        description="ARN of a role of your own for the state machines; without it, each has its "
        "own.",
    )
    start_role_arn: str | None = Field(
        None,
        pattern=ROLE_PATTERN,
        description="ARN of a role of your own with which EventBridge and its Scheduler start "
        "state machines and functions; without it, roles are made.",
    )
    permissions_boundary: str | None = Field(
        None,
        pattern=r"^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[\w+=,.@/-]+$",
        description="ARN of the policy that bounds every role that is made.",
    )
    tags: Annotated[dict[TagKey, TagValue], BeforeValidator(_tags)] = Field(
        {},
        max_length=40,
        description="Tags of everything that is deployed, and of what runs make.",
    )
    bootstrap_qualifier: str | None = Field(
        None,
        pattern=r"^[a-z0-9]{1,10}$",
        description="Qualifier of the CDK's bootstrap stack, if your organisation has its own: at "
        "most 10 of a-z and 0-9.",
    )
    training_instance_type: str = Field(
        "ml.m5.large", pattern=r"^ml\.", description="Default instance type of a training job."
    )
    endpoint_instance_type: str = Field(
        "ml.m5.large", pattern=r"^ml\.", description="Default instance type of the endpoint."
    )
    tuning_task: Literal["optimised", "callback"] = Field(
        "optimised",
        description="Who runs tuning jobs: optimised for Step Functions' integration of SageMaker, "
        "callback for a function, which passes on every field that SageMaker knows.",
    )
    approval: Approval = Field(
        "Automatic",
        description="Who approves a model whose input does not say: Automatic, or Manual for a "
        "person.",
    )
    schedules_enabled: bool = Field(
        True, description="Whether models' schedules run; false deploys all of them turned off."
    )
    models_with_schedules: int = Field(
        MOST_SCHEDULES,
        ge=0,
        le=MOST_SCHEDULES,
        description="How many models may have a schedule and two alarms each. With more, one "
        "schedule starts all of them, and none has alarms.",
    )
    fleet_concurrency: int = Field(
        3,
        ge=1,
        le=1000,
        description="How many models `retune start --all` retunes at a time; fewer where the "
        "account's quotas hold fewer.",
    )
    read_buckets: Annotated[list[str], BeforeValidator(_comma_list)] = Field(
        [], description="Buckets besides the data bucket that channels may name, comma-separated."
    )
    kms_key: str | None = Field(
        None,
        pattern=KEY_PATTERN,
        description="ARN of a KMS key that encrypts all there is: bucket, logs, topic, queues, "
        "histories, volumes, models and what jobs write; its policy must allow that "
        "(docs/deployment.md).",
    )
    kms_keys: Annotated[list[str], BeforeValidator(_comma_list)] = Field(
        [],
        description="ARNs of KMS keys that inputs may name or buckets use, comma-separated.",
    )
    vpc_subnets: Annotated[list[SubnetId], BeforeValidator(_comma_list)] = Field(
        [],
        max_length=16,
        description="Subnets of a VPC in which functions, jobs and endpoints run, "
        "comma-separated; with vpc_security_groups.",
    )
    vpc_security_groups: Annotated[
        list[SecurityGroupId], BeforeValidator(_comma_list), AfterValidator(_with_subnets)
    ] = Field(
        [],
        max_length=5,
        validate_default=True,
        description="Security groups of what runs in vpc_subnets, comma-separated; at most 5.",
    )
    network_isolation: bool = Field(
        False, description="Whether every container of training and serving is cut off."
    )
    vpc_access: bool = Field(
        False,
        description="Whether training jobs, transform jobs and endpoints may run in your VPC "
        "(VpcConfig).",
    )
    image_repositories: Annotated[list[str], BeforeValidator(_comma_list)] = Field(
        [],
        description="Names of ECR repositories besides those of SageMaker's XGBoost and Linear "
        "Learner, that AlgorithmSpecification may name, comma-separated: of this account, or with "
        "their registry.",
    )
    reserved_concurrency: int | None = Field(
        None,
        ge=1,
        le=1000,
        description="Concurrent executions that are reserved for each function, and that it does "
        "not exceed; without it, all share the account's.",
    )
    notification_email: str | None = Field(
        None,
        pattern=r"^[^@\s]+@[^@\s]+$",
        description="Who gets an e-mail about the end of every execution, once confirmed.",
    )
    notification_kms_key: str | None = Field(
        None,
        pattern=KEY_PATTERN,
        description="ARN of a KMS key that encrypts the topic in the place of one that the stack "
        "makes; its policy must admit CloudWatch (docs/deployment.md).",
    )
    alarm_5xx_rate: float = Field(
        0.05,
        gt=0,
        lt=1,
        description="Share of requests answered with 5XX in a minute that rolls an update back.",
    )
    alarm_latency_ms: int = Field(
        1000,
        ge=1,
        description="Mean ModelLatency of a minute, in milliseconds, that rolls an update back.",
    )
    alarm_periods_without_success: int = Field(
        2,
        ge=1,
        description="Periods of its schedule after which an alarm says that a model has had no "
        "successful run.",
    )
    log_retention_days: Annotated[int, BeforeValidator(_log_retention)] = Field(
        90, description="How long CloudWatch keeps the logs of functions and state machine."
    )
    endpoint_log_retention_days: Annotated[int | None, BeforeValidator(_log_retention)] = Field(
        None,
        description="How long CloudWatch keeps the logs of the app's endpoints; without it, as "
        "they are.",
    )
    account_job_log_retention_days: Annotated[int | None, BeforeValidator(_log_retention)] = Field(
        None,
        description="How long CloudWatch keeps the logs of all SageMaker jobs of the account and "
        "region, those of other tools among them; without it, as they are.",
    )
    capture_retention_days: int | None = Field(
        None,
        ge=1,
        description="After how many days captured requests and answers are deleted; without it, "
        "they stay.",
    )
    log_execution_data: bool = Field(
        False,
        description="Whether the logs of the state machines hold inputs and outputs of states, "
        "values of Environment and the token of a waiting approval among them.",
    )
    history_kms_key: str | None = Field(
        None,
        pattern=KEY_PATTERN,
        description="ARN of a KMS key that encrypts the history of executions, and all logs; its "
        "policy must allow that (docs/deployment.md).",
    )
    retain_data: bool = Field(True, description="Whether the data bucket outlives `cdk destroy`.")

    @property
    def vpc_config(self) -> dict[str, list[str]] | None:
        """The network as SageMaker's requests have it."""
        if not self.vpc_subnets:
            return None
        return {"Subnets": self.vpc_subnets, "SecurityGroupIds": self.vpc_security_groups}

    @property
    def history_key(self) -> str | None:
        """The key of executions' histories and of logs; None for AWS's own."""
        return self.history_kms_key or self.kms_key

    @property
    def topic_key(self) -> str | None:
        """The key of the topic; None for one that the stack makes."""
        return self.notification_kms_key or self.kms_key

    @property
    def object_keys(self) -> list[str]:
        """The keys of all objects that runs read and write."""
        return list(dict.fromkeys([*filter(None, [self.kms_key]), *self.kms_keys]))

    @classmethod
    def parse(
        cls, values: Mapping[str, Any], places: Mapping[str, str] = MappingProxyType({})
    ) -> Settings:
        """Settings by name; `places` says where a value was read, such as `retune.toml:3: region`.

        Raises:
            ConfigurationError: naming each key that is unknown or has an impossible value.
        """
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            faults = (_explain(fault, places) for fault in error.errors())
            raise ConfigurationError("\n".join(faults)) from None


def _explain(fault: Any, places: Mapping[str, str]) -> str:
    first, *inner = (str(part) for part in fault["loc"])
    key = ".".join((places.get(first, CONTEXT_PREFIX + first), *inner))
    if fault["type"] == "extra_forbidden":
        return f"{key} is not a setting. {did_you_mean(first, Settings.model_fields)}"
    rule = Settings.model_fields[first].description
    value = shown(first, fault["input"])
    return f"{key} = {value!r}: {in_json_terms(fault['msg'])}. {rule}"
