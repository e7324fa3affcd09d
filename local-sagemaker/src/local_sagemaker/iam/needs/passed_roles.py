"""Roles that a request hands to a service: iam:PassRole on each, for the service that takes it.

Besides the actions for which the reference names iam:PassRole as dependent, the guides of
EventBridge and CloudWatch Logs ask for it where a target has a role.
"""

from __future__ import annotations

from collections.abc import Iterator

from local_sagemaker.iam.need import Need
from local_sagemaker.iam.needs.call import Call
from local_sagemaker.iam.needs.reference.reference import Action

PASS_ROLE = "iam:PassRole"
_ALSO = {"events:PutTargets", "events:PutRule", "logs:PutSubscriptionFilter",
         "cloudformation:CreateStack", "cloudformation:UpdateStack", "cloudformation:DeleteStack",
         "cloudformation:CreateChangeSet", "lambda:UpdateFunctionConfiguration",
         "sns:Subscribe", "sns:SetSubscriptionAttributes"}  # fmt: skip
_MEMBERS = {
    "cloudformation": "RoleARN",
    "events": "[RoleArn, Targets[].RoleArn, to_array(Target.RoleArn)][]",
    "lambda": "Role",
    "sagemaker": "[RoleArn, ExecutionRoleArn, TrainingJobDefinition.RoleArn,"
    " TrainingJobDefinitions[].RoleArn, DefaultUserSettings.ExecutionRole][]",
    "scheduler": "Target.RoleArn",
    "sns": "Attributes.SubscriptionRoleArn",
}
_ROLE = "[RoleArn, roleArn, Role, ServiceRole][]"


def passed_roles(call: Call, action: Action, resource: str) -> Iterator[Need]:
    """`resource` is the ARN of what the role is associated with."""
    named = f"{call.prefix}:{action.name}"
    if PASS_ROLE not in action.dependent_actions and named not in _ALSO:
        return
    context = {"iam:passedtoservice": (f"{call.prefix}.amazonaws.com",)}
    if "*" not in resource:
        context["iam:associatedresourcearn"] = (resource,)
    for role in call.texts(_MEMBERS.get(call.prefix, _ROLE)):
        yield Need(PASS_ROLE, role, context)
