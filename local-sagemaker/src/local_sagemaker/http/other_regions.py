"""ARNs of another region than the one that is asked, which moto takes for its own.

So IAM could be asked about one function or key, and another one be used. Lambda's words are those
of alexcasalboni/aws-lambda-power-tuning#18, KMS's those of kubernetes-retired/kube-aws#1041.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from werkzeug.wrappers import Response

from local_sagemaker.http.asked_calls import UnclearRequest, asked_call
from local_sagemaker.protocol.authorization import credential_of
from local_sagemaker.protocol.unanswered import error_answer


class _Refusal(NamedTuple):
    """`words` may name the region of the ARN and the one that is asked."""

    code: str
    words: str
    status: int


_NO_FUNCTION = _Refusal(
    "ResourceNotFoundException",
    "Functions from '{theirs}' are not reachable in this region ('{asked}')",
    404,
)
_NO_LAYER = _Refusal("ResourceNotFoundException", "The resource you requested does not exist.", 404)
_NO_KEY = _Refusal("NotFoundException", "Invalid arn {theirs}", 400)
_REFUSALS = {
    "lambda": {
        "FunctionName": _NO_FUNCTION,
        "Resource": _NO_FUNCTION,
        "LayerName": _NO_LAYER,
        "Arn": _NO_LAYER,
    },
    "kms": dict.fromkeys(("KeyId", "SourceKeyId", "DestinationKeyId", "TargetKeyId"), _NO_KEY),
}


def other_region(environ: dict[str, Any]) -> Response | None:
    """The answer to a request that names what is in another region; None for all others."""
    credential = credential_of(environ)
    refusals = _REFUSALS.get(credential.service) if credential else None
    if credential is None or refusals is None:
        return None
    try:
        asked = asked_call(environ, credential)
    except UnclearRequest:  # which whoever reads it next refuses
        return None
    given = asked.parameters if asked else {}
    for member, refusal in refusals.items():
        theirs = _region(str(given.get(member, "")))
        if theirs not in ("", credential.region):
            words = refusal.words.format(theirs=theirs, asked=credential.region)
            return error_answer(environ, refusal.code, words, refusal.status)
    return None


def _region(name: str) -> str:
    """That of an ARN; empty for any other name."""
    parts = name.split(":")
    return parts[3] if parts[0] == "arn" and len(parts) > 3 else ""
