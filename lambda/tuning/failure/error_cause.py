"""The causes that Step Functions hands to a Catch, in their three spellings.

- A Lambda task gives the JSON {"errorMessage", "errorType", "stackTrace"}.
- A `.sync` task gives the JSON of the job's description, in which FailureReason says why.
- An API call gives text: "... (Service: AmazonSageMaker; Status Code: 400; Error Code: ...)", and
  with an `aws-sdk` task "... (Service: SageMaker, Status Code: 400, ...) (SDK Attempt Count: 1)".
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any

# "; Error Code: X;" of the AWS SDK for Java 1, "(X) when calling the Y operation" of boto3.
_ERROR_CODE = re.compile(r"Error Code: (\w+)|An error occurred \((\w+)\) when calling")
_JOBS = {
    "HyperParameterTuningJob": "tuning job",
    "TrainingJob": "training job",
    "TransformJob": "transform job",
}
_STATUS = re.compile(r"Status Code: (\d{3})\b")
_REQUEST_DETAILS = re.compile(r"(\s*\((Service|SDK Attempt Count|Status Code): [^()]*\))+\s*$")


@dataclass(frozen=True)
class ErrorCause:
    """`code` is the most telling name of the error: an error type or an API's error code.

    `status` is the HTTP status of an API's answer, where the cause tells it.
    """

    message: str
    code: str | None = None
    tuning_job_name: str | None = None
    job_status: str | None = None
    status: int | None = None

    @classmethod
    def parse(cls, cause: str) -> ErrorCause:
        try:
            document = json.loads(cause)
        except ValueError:
            document = None
        if not isinstance(document, dict):
            return _of_text(cause)
        return _of_lambda(document) if "errorMessage" in document else _of_job(document)


def _of_text(text: str) -> ErrorCause:
    match = _ERROR_CODE.search(text)
    code = (match[1] or match[2]) if match else None
    # HEAD has no body: boto3 takes the status for the code.
    status = _STATUS.search(text) or re.fullmatch(r"(\d{3})", code or "")
    message = _REQUEST_DETAILS.sub("", text).strip()
    return ErrorCause(message, code, status=int(status[1]) if status else None)


def _of_lambda(document: dict[str, Any]) -> ErrorCause:
    """A ClientError of boto3 tells more by its own code than by its type.

    The message may be another cause, which the function hands on (TuningFailed).
    """
    cause = ErrorCause.parse(str(document["errorMessage"]))
    return replace(cause, code=cause.code or document.get("errorType"))


def _of_job(document: dict[str, Any]) -> ErrorCause:
    kind = next((kind for kind in _JOBS if f"{kind}Status" in document), "")
    status = document.get(f"{kind}Status")
    job = f"The {_JOBS.get(kind, 'job')} {document.get(f'{kind}Name', '')}".rstrip()
    how = "was stopped: by somebody, or its time was over" if status == "Stopped" else "failed"
    return ErrorCause(
        message=str(document.get("FailureReason") or f"{job} {how}; SageMaker gave no reason."),
        tuning_job_name=document.get("HyperParameterTuningJobName"),
        job_status=status,
    )
