"""Names that AWS refuses and moto takes: too long, or with characters that names do not have."""

from __future__ import annotations

from typing import Any

from botocore.model import OperationNotFoundError

from local_sagemaker.protocol.parsed_request import MistypedError, parse
from local_sagemaker.protocol.request_validation import member_fault

# What a deployment makes; the other services look at names themselves.
_NAMED: dict[str, dict[str, tuple[str, ...]]] = {
    "cloudwatch": {"PutMetricAlarm": ("AlarmName",)},
    "iam": {
        "CreatePolicy": ("PolicyName",),
        "CreateRole": ("RoleName",),
        "PutRolePolicy": ("RoleName", "PolicyName"),
    },
    "lambda": {"CreateFunction": ("FunctionName",), "PublishLayerVersion": ("LayerName",)},
    "logs": {"CreateLogGroup": ("logGroupName",)},
    "scheduler": {"CreateScheduleGroup": ("Name",)},
}


def misnamed(service: str, environ: dict[str, Any], body: bytes) -> str:
    """The constraints of the API's description that a name does not meet; empty for none."""
    if service not in _NAMED or environ["REQUEST_METHOD"] not in ("POST", "PUT"):
        return ""
    if environ["PATH_INFO"].endswith("/invocations"):  # its body may be long, and names nothing
        return ""
    try:
        request = parse(service, environ, body)
    except (MistypedError, OperationNotFoundError, RecursionError):
        return ""  # which is told of once moto has stumbled
    if request is None:
        return ""
    shape: Any = request.operation.input_shape
    names = _NAMED[service].get(request.operation.name, ())
    given = ((each, request.members.get(each)) for each in names)
    faults = (member_fault(shape.members[each], each, name) for each, name in given if name)
    return next((fault for fault in faults if fault), "")
