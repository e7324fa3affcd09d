"""The actions that an operation is authorised by, where they do not bear its name.

S3's are in `s3`. Sources: the columns "Actions" and "Description" of the Service Authorization
Reference, and the API reference of the operations.
"""

from __future__ import annotations

from local_sagemaker.iam.needs.call import Call
from local_sagemaker.iam.needs.sessions import session_actions
from local_sagemaker.iam.needs.table_actions import table_actions

_RENAMED = {
    ("lambda", "Invoke"): ("InvokeFunction",),
    ("lambda", "InvokeWithResponseStream"): ("InvokeFunction",),
    ("lambda", "GetLayerVersionByArn"): ("GetLayerVersion",),
    ("sns", "PublishBatch"): ("Publish",),
    ("sqs", "SendMessageBatch"): ("SendMessage",),
    ("sqs", "DeleteMessageBatch"): ("DeleteMessage",),
    ("sqs", "ChangeMessageVisibilityBatch"): ("ChangeMessageVisibility",),
    ("kms", "ReEncrypt"): ("ReEncryptFrom", "ReEncryptTo"),
    ("bedrock-runtime", "Converse"): ("InvokeModel",),
    ("bedrock-runtime", "ConverseStream"): ("InvokeModelWithResponseStream",),
}

_BUDGET_PARTS = ("Budget", "Budgets", "Notification", "NotificationsForBudget", "Subscriber",
                 "SubscribersForNotification", "BudgetPerformanceHistory",
                 "BudgetNotificationsForAccount")  # fmt: skip

# Operations that IAM does not ask about: whoever has valid keys may call them.
_FREE = {
    ("sts", "GetCallerIdentity"),
    ("sts", "GetSessionToken"),
    ("dynamodb", "DescribeEndpoints"),
}


def actions_of(call: Call) -> tuple[str, ...]:
    """The names of the actions, without the prefix; none for what everybody may call."""
    key = (call.service, call.operation)
    if key in _FREE:
        return ()
    if call.service == "dynamodb":
        return table_actions(call)
    if call.service == "sts":
        return session_actions(call)
    if call.service == "budgets" and call.operation.endswith(_BUDGET_PARTS):
        return ("ViewBudget" if call.operation.startswith("Describe") else "ModifyBudget",)
    own = _RENAMED.get(key, (call.operation,))
    publishes = call.service == "stepfunctions" and call.parameters.get("publish")
    return (*own, "PublishStateMachineVersion") if publishes else own
