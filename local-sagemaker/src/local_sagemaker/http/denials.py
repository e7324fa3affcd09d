"""How AWS tells a caller that it lacks a permission, in the words and codes of the service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from botocore.exceptions import UnknownServiceError
from werkzeug.wrappers import Response

from local_sagemaker.faults.answers import code_and_status
from local_sagemaker.iam.need import Need
from local_sagemaker.iam.policies.evaluation import Verdict
from local_sagemaker.protocol.service_models import service_model
from local_sagemaker.protocol.unanswered import error_answer, is_query

# SQS and SNS write actions in a way of their own, as public error messages show.
_SPELLINGS: dict[str, Callable[[str], str]] = {
    "sqs": str.lower,
    "sns": lambda action: action.replace("sns:", "SNS:"),
}
_FORBIDDEN = 403


def denial(environ: dict[str, Any], service: str, message: str) -> Response:
    """The answer to a call that is denied."""
    code, status = code_and_status("access-denied", service, "")
    metadata = _metadata(service)
    if service == "ec2":
        code, status = "UnauthorizedOperation", _FORBIDDEN
    elif code == "AccessDeniedException" and is_query(environ):
        code, status = "AccessDenied", _FORBIDDEN
    elif metadata.get("protocol") == "rest-json":
        status = _FORBIDDEN
    answer = error_answer(environ, code, message, status)
    if "awsQueryCompatible" in metadata:  # clients get what the query protocol had
        answer.status_code = _FORBIDDEN
        answer.headers["x-amzn-query-error"] = "AccessDenied;Sender"
    return answer


def words(who: str, need: Need, verdict: Verdict) -> str:
    """AWS's sentence (IAM guide, "Troubleshoot access denied error messages")."""
    service = need.action.partition(":")[0]
    action = _SPELLINGS.get(service, str)(need.action)
    resource = f'"{need.resource}"' if service in ("s3", "s3-object-lambda") else need.resource
    place = "" if need.resource == "*" else f" on resource: {resource}"
    return f"User: {who} is not authorized to perform: {action}{place} {verdict.reason(action)}"


def _metadata(service: str) -> dict[str, Any]:
    try:
        return dict(service_model(service).metadata)
    except UnknownServiceError:
        return {}
