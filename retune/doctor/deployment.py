"""What is deployed: the stack, its roles and its bucket, schedules, and who hears of alarms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from retune.aws import is_local
from retune.deployment.deployed_template import SCHEDULE, document_of, models_of, properties_of
from retune.doctor.finding import Finding, bad, ok, warn
from retune.doctor.patient import Patient

_ROLE, _BUCKET = "AWS::IAM::Role", "AWS::S3::Bucket"
_DEPLOY = "Run `retune deploy`."
_RESTORE = (
    "CloudFormation does not notice: make it again under this name, as the stack's template has it."
)


def stack(patient: Patient) -> Iterator[Finding]:
    name, status = patient.stack_name, patient.status
    if status is None:
        yield bad("stack", f"There is no stack {name}. {_DEPLOY}")
    elif status.endswith("_IN_PROGRESS"):
        yield warn("stack", f"{name} is {status}. Look again when that is over.")
    elif status in ("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"):
        yield ok("stack", f"{name} is {status}.")
    elif status == "UPDATE_ROLLBACK_COMPLETE":
        yield warn("stack", f"{name} is {status}: its last deployment failed. {_DEPLOY}")
    else:
        yield bad("stack", f"{name} is {status}. Look at its events in CloudFormation.")


def roles(patient: Patient) -> Iterator[Finding]:
    """Those of the stack are there, and SageMaker is trusted by those that it takes on."""
    names = [name for kind, name in patient.physical_ids.values() if kind == _ROLE]
    missing = [name for name in names if _role(patient, name) is None]
    for name in missing:
        yield bad("roles", f"The stack's role {name} is gone. {_RESTORE}")
    if not missing:
        yield ok("roles", f"The {len(names)} of the stack are there.")
    models = models_of(patient.template).values()
    brought = {document_of(each).get("TrainingRoleArn") for each in models} - {None}
    for arn in sorted({patient.plan_variables["TRAINING_ROLE_ARN"], *map(str, brought)}):
        yield _training_role(patient, arn)


def _training_role(patient: Patient, arn: str) -> Finding:
    role = _role(patient, arn.rpartition("/")[2])
    if role is None:
        return bad("training role", f"{arn} is gone, so nothing can be trained or served.")
    if "sagemaker.amazonaws.com" not in json.dumps(role["AssumeRolePolicyDocument"]):
        fix = "Allow sagemaker.amazonaws.com sts:AssumeRole in its trust policy."
        return bad("training role", f"{arn} does not trust SageMaker. {fix}")
    return ok("training role", f"{arn.rpartition('/')[2]} trusts SageMaker.")


def _role(patient: Patient, name: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = patient.aws.client("iam").get_role(RoleName=name)["Role"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchEntity":
            raise
        return None
    return found


def bucket(patient: Patient) -> Iterator[Finding]:
    """Versioned and closed as deployed.

    It is a warning of a bucket of one's own, and on local AWS, whose CloudFormation leaves it out.
    """
    name, s3 = patient.plan_variables["BUCKET"], patient.aws.client("s3")
    own = not properties_of(patient.template, _BUCKET)
    problem = warn if own or is_local() else bad
    try:
        s3.head_bucket(Bucket=name)
    except ClientError as error:
        if error.response["Error"]["Code"] not in ("404", "NoSuchBucket"):
            raise
        yield bad("bucket", f"{name} is gone, and with it data, models and reports.")
        return
    faults = [
        fault
        for fault, there in (
            ("it is not closed to the public", _is_closed(s3, name)),
            (
                "it is not versioned",
                s3.get_bucket_versioning(Bucket=name).get("Status") == "Enabled",
            ),
            ("it has no encryption by default", _is_encrypted(s3, name)),
        )
        if not there
    ]
    if faults:
        what_to_do = "In an account the stack sees to it." if is_local() else "Mend that in S3."
        yield problem("bucket", f"{name}: {', and '.join(faults)}. {what_to_do}")
    else:
        yield ok("bucket", f"{name} is closed to the public, versioned and encrypted.")


def _is_closed(s3: Any, name: str) -> bool:
    try:
        answer = s3.get_public_access_block(Bucket=name)
    except ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchPublicAccessBlockConfiguration":
            raise
        return False
    return all(answer["PublicAccessBlockConfiguration"].values())


def _is_encrypted(s3: Any, name: str) -> bool:
    try:
        s3.get_bucket_encryption(Bucket=name)
    except ClientError as error:
        if error.response["Error"]["Code"] != "ServerSideEncryptionConfigurationNotFoundError":
            raise
        return False
    return True


def schedules(patient: Patient) -> Iterator[Finding]:
    """Of models, the sweep and the daily measures: as the template has them."""
    scheduler = patient.aws.client("scheduler")
    off = []
    for deployed in properties_of(patient.template, SCHEDULE):
        name = str(deployed["Name"])
        try:
            state = scheduler.get_schedule(Name=name)["State"]
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceNotFoundException":
                raise
            yield bad("schedules", f"{name} is gone. {_RESTORE}")
            continue
        if state != "ENABLED" and deployed.get("State", "ENABLED") == "ENABLED":
            yield warn("schedules", f"{name} was turned off by hand: turn it on in Scheduler.")
        elif state != "ENABLED":
            off.append(name)
        else:
            yield ok("schedules", f"{name} is on: {deployed['ScheduleExpression']}.")
    if off:
        yield ok("schedules", f"Off, as deployed: {', '.join(off)}. `retune start` tunes those.")


def topic(patient: Patient) -> Iterator[Finding]:
    """Who hears how runs end, and of alarms: AWS sends nothing before a person confirms."""
    arn = patient.stack.outputs.get("NotificationTopicArn", "")
    pages = patient.aws.client("sns").get_paginator("list_subscriptions_by_topic")
    found = [each for page in pages.paginate(TopicArn=arn) for each in page["Subscriptions"]]
    pending = [each for each in found if each["SubscriptionArn"] == "PendingConfirmation"]
    for each in pending:
        fix = "Open the e-mail of AWS Notifications there and confirm it."
        yield bad("notifications", f"{each['Endpoint']} has not confirmed. {fix}")
    if not found:
        yield warn(
            "notifications",
            "Nobody hears how runs end, nor of alarms. Set notification_email in retune.toml, or "
            "subscribe to the topic.",
        )
    elif len(found) > len(pending):
        heard = sorted(each["Endpoint"] for each in found if each not in pending)
        yield ok("notifications", f"Heard by {', '.join(heard)}.")
