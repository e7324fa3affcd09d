"""Services whose resources are not what the reference's formats and a call's parameters say."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from local_sagemaker.iam.needs.alarms import alarm_resources
from local_sagemaker.iam.needs.call import Call
from local_sagemaker.iam.needs.entities import entity_resources
from local_sagemaker.iam.needs.functions import function_resources
from local_sagemaker.iam.needs.keys import key_resources
from local_sagemaker.iam.needs.known import Known
from local_sagemaker.iam.needs.log_groups import log_resources
from local_sagemaker.iam.needs.reference.reference import Action
from local_sagemaker.iam.needs.secrets import secret_resources
from local_sagemaker.iam.needs.sessions import session_resources
from local_sagemaker.iam.needs.state_machines import state_machine_resources
from local_sagemaker.iam.needs.tables import table_resources

OWN_RESOURCES: Mapping[str, Callable[[Call, Action, Known], tuple[str, ...]]] = {
    "cloudwatch": alarm_resources,
    "dynamodb": table_resources,
    "iam": entity_resources,
    "kms": key_resources,
    "lambda": function_resources,
    "logs": log_resources,
    "secretsmanager": secret_resources,
    "states": state_machine_resources,
    "sts": session_resources,
}
