"""Whether what an endpoint serves may be taken back any moment, by another execution's recovery."""

from __future__ import annotations

from typing import Any

from tuning.aws.executions import describe_if_there
from tuning.aws.hosting import describe_endpoint_config
from tuning.aws.pagination import tags_of
from tuning.aws.run_folder import RunFolder
from tuning.environment import Environment
from tuning.names import run_folder
from tuning.tags import EXECUTION_TAG, PREFIX_TAG
from tuning.variables.deployment import Deployment
from tuning.variables.recovery_record import RecoveryRecord


def is_on_trial(config_name: str, environment: Environment, own_execution: str) -> bool:
    """Whether another execution has deployed this config and has neither proven it nor ended.

    One that has failed or was stopped has ended when its recovery has, well or badly.
    """
    execution_id = _made_by(config_name, environment.name_prefix)
    if execution_id is None or execution_id == own_execution:
        return False
    execution = describe_if_there(execution_id)
    if execution is None or execution["status"] == "SUCCEEDED":
        return False
    folder = RunFolder(environment.bucket, run_folder(execution["name"]))
    deployment = Deployment.parse(folder.read(Deployment.FILE) or {"EndpointConfigName": ""})
    if deployment.proven or deployment.endpoint_config_name != config_name:
        return False
    return execution["status"] == "RUNNING" or not _is_recovered(folder, execution)


def _made_by(config_name: str, prefix: str) -> str | None:
    """The execution of this deployment that has made a config; None for one of anybody else."""
    if not config_name.startswith(f"{prefix}-"):  # no role of this one may read its tags
        return None
    config = describe_endpoint_config(config_name)
    tags = tags_of(config["EndpointConfigArn"]) if config else {}
    return tags.get(EXECUTION_TAG) if tags.get(PREFIX_TAG) == prefix else None


def _is_recovered(folder: RunFolder, execution: dict[str, Any]) -> bool:
    """Well or badly: what is left after a recovery, the next run may replace."""
    files = (RecoveryRecord.file(execution), RecoveryRecord.UNREAD)
    return any(folder.read(file) is not None for file in files)
