"""What a person decides when deploying Retune, typed and checked at synth.

Every field is a CDK context key `retune:<field>`, in cdk.json or as `-c retune:<field>=<value>`.
docs/deployment.md holds the same table; a test keeps the two equal.
"""

import json
from pathlib import Path
from typing import Annotated, Any

from constructs import Node
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from tuning.execution_input.pydantic_messages import in_json_terms
from tuning.shown import shown

CONTEXT_PREFIX = "retune:"

# The periods that CloudWatch Logs accepts (PutRetentionPolicy), in days.
LOG_RETENTION_DAYS = (
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
)  # fmt: skip


class SettingsError(ValueError):
    """A deployment setting that cannot work; the text names the key, the value and the rule."""


def _json_document(value: Any) -> Any:
    """Takes an object as it stands and a string as the path of a JSON file."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(Path(value).read_text())
    except OSError as error:
        path = shown("path", str(Path(value).absolute()))
        raise ValueError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise ValueError(f"It is not JSON: {error}") from error


def _comma_list(value: Any) -> Any:
    return (
        [part.strip() for part in value.split(",") if part.strip()]
        if isinstance(value, str)
        else value
    )


def _log_retention(value: Any) -> Any:
    if str(value) not in map(str, LOG_RETENTION_DAYS):
        periods = ", ".join(map(str, LOG_RETENTION_DAYS))
        raise ValueError(f"CloudWatch Logs keeps logs for one of {periods} days")
    return value


JsonDocument = Annotated[dict[str, Any], BeforeValidator(_json_document)]


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
    region: str | None = Field(
        None, description="Region to deploy to; without it, the one of your AWS profile."
    )
    training_instance_type: str = Field(
        "ml.m5.large", pattern=r"^ml\.", description="Default instance type of a training job."
    )
    endpoint_instance_type: str = Field(
        "ml.m5.large", pattern=r"^ml\.", description="Default instance type of the endpoint."
    )
    default_input: JsonDocument = Field(
        {},
        description="Execution input that `{}` stands for (a JSON file, or an object in cdk.json).",
    )
    read_buckets: Annotated[list[str], BeforeValidator(_comma_list)] = Field(
        [], description="Buckets besides the data bucket that channels may name, comma-separated."
    )
    kms_keys: Annotated[list[str], BeforeValidator(_comma_list)] = Field(
        [],
        description="ARNs of KMS keys that inputs may name or buckets use, comma-separated.",
    )
    vpc_access: bool = Field(
        False,
        description="Whether training jobs, transform jobs and endpoints may run in your VPC "
        "(VpcConfig).",
    )
    image_repositories: Annotated[list[str], BeforeValidator(_comma_list)] = Field(
        [],
        description="Names of ECR repositories besides those of SageMaker's XGBoost and Linear "
        "Learner, that AlgorithmSpecification may name, comma-separated; with their registry, of "
        "that account alone.",
    )
    schedule_enabled: bool = Field(False, description="Whether the schedule starts the workflow.")
    schedule_expression: str = Field(
        "rate(7 days)",
        pattern=r"^(rate|cron|at)\(.+\)$",
        description="When: rate(...), cron(...) or at(...) of EventBridge Scheduler.",
    )
    schedule_time_zone: str = Field("UTC", description="Time zone of a cron or at expression.")
    schedule_input: JsonDocument = Field(
        {}, description="Execution input of the schedule (a JSON file, or an object in cdk.json)."
    )
    notification_email: str | None = Field(
        None,
        pattern=r"^[^@\s]+@[^@\s]+$",
        description="Who gets an e-mail about the end of every execution, once confirmed.",
    )
    notification_kms_key: str | None = Field(
        None,
        pattern=r"^arn:[^:]+:kms:[^:]+:\d{12}:key/[\w-]+$",
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
    log_retention_days: Annotated[int, BeforeValidator(_log_retention)] = Field(
        90, description="How long CloudWatch keeps the logs of functions and state machine."
    )
    log_execution_data: bool = Field(
        False,
        description="Whether the logs of the state machines hold inputs and outputs of states, "
        "values of Environment and the token of a waiting approval among them.",
    )
    history_kms_key: str | None = Field(
        None,
        pattern=r"^arn:[^:]+:kms:[^:]+:\d{12}:key/[\w-]+$",
        description="ARN of a KMS key that encrypts the history of executions, and all logs; its "
        "policy must allow that (docs/deployment.md).",
    )
    retain_data: bool = Field(True, description="Whether the data bucket outlives `cdk destroy`.")

    @classmethod
    def from_context(cls, node: Node) -> "Settings":
        """Reads the `retune:` keys of the CDK context.

        Raises:
            SettingsError: naming each key that is unknown or has an impossible value.
        """
        context = node.get_all_context()
        values = {
            key.removeprefix(CONTEXT_PREFIX): value
            for key, value in context.items()
            if key.startswith(CONTEXT_PREFIX)
        }
        return cls.parse(values)

    @classmethod
    def parse(cls, values: dict[str, Any]) -> "Settings":
        """Checks settings given by name; see `from_context`."""
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise SettingsError("\n".join(_explain(fault) for fault in error.errors())) from None


def _explain(fault: Any) -> str:
    key = CONTEXT_PREFIX + ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        known = ", ".join(CONTEXT_PREFIX + name for name in Settings.model_fields)
        return f"{key} is not a setting. Known settings: {known}."
    rule = Settings.model_fields[str(fault["loc"][0])].description
    value = shown(key, fault["input"])
    return f"{key} = {value!r}: {in_json_terms(fault['msg'])}. {rule}"
