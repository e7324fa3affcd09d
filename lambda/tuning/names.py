"""Names of everything that a run makes, and the run they are made for.

SageMaker takes 32 characters for a tuning job and 63 elsewhere. It refuses a name that it has seen:
so names are made from the execution, and a state that is tried again adds its attempt.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tuning.request_types import Tag
from tuning.tags import run_tags

_LONGEST_EXECUTION_NAME = 80
_IMPORTED = "-import"


@dataclass(frozen=True)
class Execution:
    """The Step Functions execution that a plan is for."""

    id: str  # its ARN
    name: str
    start_time: str  # ISO 8601

    @classmethod
    def parse(cls, event: dict[str, Any]) -> Execution:
        """From the payload of a Lambda task."""
        return cls(event["ExecutionId"], event["ExecutionName"], event["StartTime"])

    @property
    def region(self) -> str:
        """Where the execution, and so everything it makes, is."""
        return region_of(self.id)

    @property
    def account(self) -> str:
        """Whose execution it is."""
        return self.id.split(":")[4]

    def job_name(self, prefix: str) -> str:
        """`<prefix>-<yymmdd>-<8 hex digits>`: at most 28 characters with a prefix of 12."""
        day = self.start_time[2:10].replace("-", "")
        digest = hashlib.sha256(f"{self.id}{self.start_time}".encode()).hexdigest()
        return f"{prefix}-{day}-{digest[:8]}"

    def retrain_job_name(self, prefix: str) -> str:
        """The name of the training job that RetrainBest starts."""
        return f"{self.job_name(prefix)}-retrain"

    def imported_model_name(self, prefix: str) -> str:
        """The name of the model of another account that the execution deploys."""
        return f"{self.job_name(prefix)}{_IMPORTED}"

    def preparation_job_name(self, prefix: str) -> str:
        """The beginning of the name of the processing job that Prepare starts."""
        return f"{self.job_name(prefix)}-prepare"

    @property
    def month(self) -> str:
        """In which it started, such as 2026-11."""
        return self.start_time[:7]

    @property
    def folder(self) -> str:
        """Where the run's artefacts and report lie in the data bucket."""
        return run_folder(self.name)

    def tags(self, prefix: str, endpoint_name: str) -> list[Tag]:
        """Tags of what the execution makes."""
        return run_tags(prefix, endpoint_name, self.id)


def is_imported(model_name: str) -> bool:
    """Whether a model came from another account: no training job of this one has its name."""
    return model_name.endswith(_IMPORTED)


def endpoint_alarms(prefix: str, model: str = "endpoint") -> tuple[str, str]:
    """The alarms on 5XX answers and latency of a model's endpoint, or of the stack's own."""
    return f"{prefix}-{model}-5xx", f"{prefix}-{model}-latency"


def dispatcher(prefix: str) -> str:
    """The schedule that starts all models of a stack with more models than schedules."""
    return f"{prefix}-StartDueModels"


def arrivals_group(prefix: str) -> str:
    """The schedule group with a schedule for each model whose data have arrived."""
    return f"{prefix}-arrivals"


# Log groups that SageMaker makes: those of jobs, which all of the account share, and how the names
# of those of endpoints begin, before the endpoint's.
JOB_LOGS = tuple(f"/aws/sagemaker/{kind}Jobs" for kind in ("Training", "Transform", "Processing"))
ENDPOINT_LOGS = "/aws/sagemaker/Endpoints/"


def run_folder(execution_name: str) -> str:
    """Where the files of an execution lie in the data bucket."""
    return f"runs/{execution_name}/"


def import_folder(execution_name: str) -> str:
    """Where `retune import` brings a model: of what a container may write nothing is there."""
    return f"{run_folder(execution_name)}import/"


# What containers write of an execution's folder: artefacts, checkpoints, scores and channels. All
# else, such as plan, verdict and approval, is written by functions, which take it at its word.
WRITTEN_BY_JOBS = ("training", "checkpoints", "retrain", "evaluation", "preparation/channels")
_OWN_FOLDERS = ("runs/", "endpoints/", "capture/")


def is_own_key(key: str) -> bool:
    """Whether it is of an object of the data bucket that Retune or its endpoints write."""
    return key.startswith(_OWN_FOLDERS)


def holds_own_keys(prefix: str) -> bool:
    """Whether keys that begin so are some that Retune or its endpoints write."""
    return any(prefix.startswith(own) or own.startswith(prefix) for own in _OWN_FOLDERS)


def execution_id(state_machine_arn: str, name: str) -> str:
    """The ARN of an execution by its name."""
    return f"{state_machine_arn.replace(':stateMachine:', ':execution:')}:{name}"


def execution_name(execution_id: str) -> str:
    """The name of an execution by its ARN."""
    return execution_id.rsplit(":", 1)[-1]


def fleet_run_name(fleet: str, model: str) -> str:
    """The name of a model's run in a fleet; Step Functions takes 80 characters.

    Fleets whose names are too long are told apart by a digest.
    """
    if len(fleet) + 1 + len(model) > _LONGEST_EXECUTION_NAME:
        fleet = f"{fleet[:20]}-{hashlib.sha256(fleet.encode()).hexdigest()[:8]}"
    return f"{fleet}-{model}"


def due_run_name(model: str, due: datetime) -> str:
    """The name of the run of a model that was due then, such as bank-20261130T0500Z."""
    return f"{model}-{due.astimezone(UTC):%Y%m%dT%H%MZ}"


def region_of(execution_id: str) -> str:
    """The region of an execution by its ARN."""
    return execution_id.split(":")[3]


def state_machine_arn(execution_id: str) -> str:
    """The state machine of an execution: `...:execution:retune:monday` is of `...:retune`."""
    return execution_id.replace(":execution:", ":stateMachine:").rsplit(":", 1)[0]
