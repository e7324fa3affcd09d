"""What scenarios make beside the stack: state machines, roles, rules, queues, schedules, alarms."""

from __future__ import annotations

from tuning.own_names import is_own_name

from retune.acceptance.removal.kind import Kind, own, pages
from retune.aws import Aws


def _machines(aws: Aws, prefix: str) -> list[str]:
    found = pages(aws, "stepfunctions", "list_state_machines", "stateMachines")
    return [each["stateMachineArn"] for each in found if is_own_name(prefix, each["name"])]


def _roles(aws: Aws, prefix: str) -> list[str]:
    return own(prefix, (each["RoleName"] for each in pages(aws, "iam", "list_roles", "Roles")))


def _remove_role(aws: Aws, name: str) -> None:
    iam = aws.client("iam")
    for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]:
        iam.delete_role_policy(RoleName=name, PolicyName=policy)
    iam.delete_role(RoleName=name)


def _rules(aws: Aws, prefix: str) -> list[str]:
    found = pages(aws, "events", "list_rules", "Rules", NamePrefix=prefix)
    return own(prefix, (each["Name"] for each in found))


def _remove_rule(aws: Aws, name: str) -> None:
    events = aws.client("events")
    targets = events.list_targets_by_rule(Rule=name)["Targets"]
    if targets:
        events.remove_targets(Rule=name, Ids=[each["Id"] for each in targets])
    events.delete_rule(Name=name)


def _queues(aws: Aws, prefix: str) -> list[str]:
    found = aws.client("sqs").list_queues(QueueNamePrefix=prefix).get("QueueUrls", [])
    return [url for url in found if is_own_name(prefix, url.rsplit("/", 1)[-1])]


def _schedules(aws: Aws, prefix: str) -> list[str]:
    found = pages(aws, "scheduler", "list_schedules", "Schedules", NamePrefix=prefix)
    return own(prefix, (each["Name"] for each in found if each["GroupName"] == "default"))


def _alarms(aws: Aws, prefix: str) -> list[str]:
    found = pages(aws, "cloudwatch", "describe_alarms", "MetricAlarms", AlarmNamePrefix=prefix)
    return own(prefix, (each["AlarmName"] for each in found))


SCHEDULES = Kind(
    "schedule",
    _schedules,
    lambda aws, name: aws.client("scheduler").delete_schedule(Name=name),
)
ALARMS = Kind(
    "alarm", _alarms, lambda aws, name: aws.client("cloudwatch").delete_alarms(AlarmNames=[name])
)
STATE_MACHINES = Kind(
    "state machine",
    _machines,
    lambda aws, arn: aws.client("stepfunctions").delete_state_machine(stateMachineArn=arn),
)
ROLES = Kind("role", _roles, _remove_role)
RULES = Kind("rule", _rules, _remove_rule)
QUEUES = Kind("queue", _queues, lambda aws, url: aws.client("sqs").delete_queue(QueueUrl=url))
