"""The resources of CloudWatch Logs, which are not written as the reference's formats say.

Denials name log-group:NAME:log-stream:, with an empty stream for what concerns a whole group, and
with an empty group for DescribeLogGroups, whatever its prefix. That is why policies need `:*`
after a group's name.
"""

from __future__ import annotations

from local_sagemaker.iam.needs.call import Call
from local_sagemaker.iam.needs.known import Known
from local_sagemaker.iam.needs.reference.reference import Action

_GROUPS = (
    "[logGroupName, logGroupIdentifier, logGroupNames, logGroupIdentifiers, logGroupArnList,"
    " resourceIdentifier][]"
)


def log_resources(call: Call, action: Action, _known: Known) -> tuple[str, ...]:
    """The groups or streams of an action; nothing for actions that have neither."""
    types = action.resource_types
    if action.name == "DescribeLogGroups":
        return (_stream(call, "", ""),)
    if types.get("log-stream"):
        stream = call.text("logStreamName") or ""
        return tuple(_stream(call, group, stream) for group in call.texts(_GROUPS) or ("*",))
    if types.get("log-group"):
        return tuple(_stream(call, group, "") for group in call.texts(_GROUPS) or ("*",))
    return ()


def _stream(call: Call, group: str, stream: str) -> str:
    """`group` is a name, or an ARN with or without its last `:*`."""
    known = group.removesuffix(":*") if group.startswith("arn:") else ""
    return f"{known or call.arn('logs', f'log-group:{group}')}:log-stream:{stream}"
