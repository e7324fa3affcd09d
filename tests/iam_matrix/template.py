"""The roles of a synthesized template and what their statements permit.

What CloudFormation gets to know at deployment stands there by its logical id: ${DataBucket}.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ACCOUNT, REGION = "123456789012", "us-east-1"
_PSEUDO = {"AWS::AccountId": ACCOUNT, "AWS::Region": REGION, "AWS::Partition": "aws"}
# Names of executions and jobs have hashes, times and counts in them; accounts are no such names.
_CHANGING = re.compile(
    rf"[0-9a-f]{{8}}-[0-9a-f-]{{27}}|(?<![0-9a-f])(?!{ACCOUNT})(?=[0-9a-f]*\d)[0-9a-f]{{6,}}"
    r"|(?<=[-/])\d+(?=[-./]|$)"
)
_HASH = re.compile(r"[0-9A-F]{8}$")
_ARNS = {
    "AWS::IAM::Role": ("iam::{account}:role/", "RoleName"),
    "AWS::KMS::Key": ("kms:{region}:{account}:key/", ""),
    "AWS::Lambda::Function": ("lambda:{region}:{account}:function:", "FunctionName"),
    "AWS::Logs::LogGroup": ("logs:{region}:{account}:log-group:", "LogGroupName"),
    "AWS::S3::Bucket": ("s3:::", "BucketName"),
    "AWS::SNS::Topic": ("sns:{region}:{account}:", "TopicName"),
    "AWS::SQS::Queue": ("sqs:{region}:{account}:", "QueueName"),
    "AWS::StepFunctions::StateMachine":
        ("states:{region}:{account}:stateMachine:", "StateMachineName"),
}  # fmt: skip
_REF_IS_ARN = ("AWS::SNS::Topic", "AWS::StepFunctions::StateMachine")


@dataclass(frozen=True)
class Statement:
    """One statement of a role's policies, with every token resolved."""

    role: str
    number: int
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    condition: Any


def short(logical_id: str) -> str:
    """Without the CDK's hash: DataBucketE3889A50 is DataBucket."""
    return _HASH.sub("", logical_id)


def without_changing(text: str) -> str:
    """With 0 in the place of what is another one in every run, or of every asset's hash."""
    return _CHANGING.sub("0", text)


def role_name(logical_id: str) -> str:
    """As people call it: FunctionsPruneRole0E230704 is Prune, WorkflowRole21EC4257 Workflow."""
    return short(logical_id).removeprefix("Functions").removesuffix("Role")


def statements(resources: dict[str, Any]) -> list[Statement]:
    """All statements of all roles, numbered within their role."""
    found: list[Statement] = []
    for role, statement in _attached(resources):
        resolved = _resolved(statement, resources)
        number = 1 + sum(each.role == role for each in found)
        found.append(
            Statement(
                role,
                number,
                _texts(resolved["Action"]),
                tuple(map(without_changing, _texts(resolved["Resource"]))),
                resolved.get("Condition", {}),
            )
        )
    return found


def _attached(resources: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each statement of an inline or managed policy, for each role that has it."""
    for logical_id, resource in resources.items():
        properties = resource["Properties"]
        if resource["Type"] == "AWS::IAM::Role":
            for policy in properties.get("Policies", ()):
                for each in policy["PolicyDocument"]["Statement"]:
                    yield role_name(logical_id), each
        elif resource["Type"] in ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"):
            for role in properties.get("Roles", ()):
                for each in properties["PolicyDocument"]["Statement"]:
                    yield role_name(role["Ref"]), each


def _resolved(value: Any, resources: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_resolved(each, resources) for each in value]
    if not isinstance(value, dict):
        return value
    if "Ref" in value:
        return _reference(value["Ref"], resources)
    if "Fn::GetAtt" in value:
        return _arn(value["Fn::GetAtt"][0], resources)
    if "Fn::FindInMap" in value:  # an account of SageMaker's registries
        return f"${{{value['Fn::FindInMap'][2]}}}"
    if "Fn::Join" in value:
        separator, parts = value["Fn::Join"]
        return separator.join(_resolved(parts, resources))
    if "Fn::Sub" in value:
        return re.sub(r"\$\{([\w:]+)\}", lambda m: _reference(m[1], resources), value["Fn::Sub"])
    return {name: _resolved(each, resources) for name, each in value.items()}


def _reference(name: str, resources: dict[str, Any]) -> str:
    if name in _PSEUDO:
        return _PSEUDO[name]
    if resources[name]["Type"] in _REF_IS_ARN:
        return _arn(name, resources)
    return f"${{{short(name)}}}"


def _arn(logical_id: str, resources: dict[str, Any]) -> str:
    """Raises KeyError for a type whose ARNs are not known here."""
    resource = resources[logical_id]
    beginning, member = _ARNS[resource["Type"]]
    name = resource["Properties"].get(member) or f"${{{short(logical_id)}}}"
    end = ":*" if resource["Type"] == "AWS::Logs::LogGroup" else ""
    return f"arn:aws:{beginning.format(region=REGION, account=ACCOUNT)}{name}{end}"


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else (value,)
