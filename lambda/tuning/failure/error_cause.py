"""The causes that Step Functions hands to a Catch, in their three spellings.

- A Lambda task gives the JSON {"errorMessage", "errorType", "stackTrace"}.
- A `.sync` task gives the JSON of the job's description, in which FailureReason says why.
- An API call gives text: "... (Service: AmazonSageMaker; Status Code: 400; Error Code: ...)", and
  with an `aws-sdk` task "... (Service: SageMaker, Status Code: 400, ...) (SDK Attempt Count: 1)".
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from tuning.errors import RetuneError
from tuning.quoted import repeatable, secrets_of, without_secrets
from tuning.rows_in_text import without_rows
from tuning.variables.failed_state import FailedState

# "; Error Code: X;" of the AWS SDK for Java 1, "(X) when calling the Y operation" of boto3.
_ERROR_CODE = re.compile(r"Error Code: (\w+)|An error occurred \((\w+)\) when calling")
_JOBS = {
    "HyperParameterTuningJob": "tuning job",
    "TrainingJob": "training job",
    "TransformJob": "transform job",
    "ProcessingJob": "processing job",
}
PROGRAM = "Program"  # the code of what a program of Retune's own says at the end of its job
_OWN_ERRORS = {error.__name__ for error in RetuneError.__subclasses__()}
# A member of a document whose value is a text, in a cause that Step Functions has cut.
_MEMBER = re.compile(r'"(\w+)"\s*:\s*("(?:[^"\\]|\\.)*")')
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
        document = _document(cause)
        if document is None:
            return _of_text(cause)
        return _of_lambda(document) if "errorMessage" in document else _of_job(document)


def essence(cause: str, secrets: Iterable[str] = ()) -> str:
    """The cause with what `parse` reads of it, as it may be repeated: without rows and secrets.

    A job's description also has its Environment, whose values are secrets too.
    """
    document = _document(cause)
    if document is None:
        return repeatable(cause, secrets) or ""
    if "errorMessage" in document:
        message = str(document["errorMessage"])
        told = (without_secrets if _is_own(document) else essence)(message, secrets)
        return json.dumps({"errorMessage": told, "errorType": document.get("errorType")})
    members = {f"{kind}{member}" for kind in _JOBS for member in ("Name", "Status")}
    kept = {key: document[key] for key in document if key in members}
    reason = _reason(document, secrets)
    told = "ExitMessage" if document.get("ExitMessage") else "FailureReason"
    return json.dumps({**kept, told: reason} if reason else kept)


def told(failure: FailedState, secrets: Iterable[str]) -> FailedState:
    """The failure with the essence of its cause."""
    return failure.model_copy(update={"cause": essence(failure.cause, secrets)})


def _document(cause: str) -> dict[str, Any] | None:
    """None for a text. Of one that is cut, at 32,768 characters, the texts that are whole.

    The first of a name counts: a job tells of itself before it tells of others.
    """
    try:
        document = json.loads(cause)
    except (ValueError, RecursionError):
        whole = reversed(_MEMBER.findall(cause)) if cause.startswith("{") else ()
        return {name: json.loads(text) for name, text in whole} or None
    return document if isinstance(document, dict) else None


def _of_text(text: str, shown: Callable[[str], str] = without_rows) -> ErrorCause:
    match = _ERROR_CODE.search(text)
    code = (match[1] or match[2]) if match else None
    # HEAD has no body: boto3 takes the status for the code.
    status = _STATUS.search(text) or re.fullmatch(r"(\d{3})", code or "")
    message = shown(_REQUEST_DETAILS.sub("", text).strip())
    return ErrorCause(message, code, status=int(status[1]) if status else None)


def _of_lambda(document: dict[str, Any]) -> ErrorCause:
    """A ClientError of boto3 tells more by its own code than by its type.

    The message may be another cause, which the function hands on (TuningFailed).
    """
    message, name = str(document["errorMessage"]), document.get("errorType")
    cause = _of_text(message, str) if _is_own(document) else ErrorCause.parse(message)
    return replace(cause, code=cause.code or name)


def _is_own(document: dict[str, Any]) -> bool:
    """Whether the message is a sentence of ours, which holds no row, and no other cause."""
    own = document.get("errorType") in _OWN_ERRORS
    return own and _document(str(document["errorMessage"])) is None


def _of_job(document: dict[str, Any]) -> ErrorCause:
    told = (kind for member in ("Status", "Name") for kind in _JOBS if kind + member in document)
    kind = next(told, "")
    status = document.get(f"{kind}Status")
    job = f"The {_JOBS.get(kind, 'job')} {document.get(f'{kind}Name', '')}".rstrip()
    how = "was stopped: by somebody, or its time was over" if status == "Stopped" else "failed"
    return ErrorCause(
        code=PROGRAM if document.get("ExitMessage") else None,
        message=_reason(document) or f"{job} {how}; SageMaker gave no reason.",
        tuning_job_name=document.get("HyperParameterTuningJobName"),
        job_status=status,
    )


def _reason(document: dict[str, Any], secrets: Iterable[str] = ()) -> str:
    """The program of a processing job is Retune's own: its last sentence holds no row."""
    secrets = (*secrets, *secrets_of(document))
    if document.get("ExitMessage"):
        return without_secrets(str(document["ExitMessage"]), secrets)
    reason = str(document.get("FailureReason") or "")
    return repeatable(reason, secrets) or ""
