"""The real-time endpoint that serves the best model."""

import json
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from retune.aws import Aws
from retune.endpoints.missing import missing_endpoint
from retune.errors import FailedError

# InvokeEndpoint takes 6 MiB; a request of 1 MiB is answered well within its 60 seconds.
REQUEST_BYTES = 1024 * 1024


def predict(
    aws: Aws, endpoint_name: str, rows: list[str], content_type: str = "text/csv"
) -> Iterator[str]:
    """The endpoint's answer to each row of CSV, or of libsvm, in order.

    Raises:
        UnavailableError: there is no such endpoint yet.
        FailedError: the model refused the rows, or did not answer each of them.
    """
    runtime = aws.client("sagemaker-runtime")
    for batch in batches(rows):
        try:
            answer = runtime.invoke_endpoint(
                EndpointName=endpoint_name,
                ContentType=content_type,
                Accept="text/csv",
                Body="\n".join(batch),
            )
        except ClientError as error:
            raise _refusal(error, endpoint_name) from error
        text = answer["Body"].read().decode()
        is_json = answer["ContentType"].startswith("application/json")
        yield from _answers(_scores(text) if is_json else text.splitlines(), len(batch), text)


def batches(rows: list[str]) -> Iterator[list[str]]:
    """The rows in requests of at most REQUEST_BYTES, or of one row when that is larger."""
    batch: list[str] = []
    size = 0
    for row in rows:
        length = len(row.encode()) + 1
        if batch and size + length > REQUEST_BYTES:
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += length
    if batch:
        yield batch


def _answers(answers: list[str], asked: int, text: str) -> list[str]:
    if len(answers) != asked:
        raise FailedError(f"The endpoint answered {len(answers)} lines to {asked} rows: {text!r}")
    return answers


def _scores(text: str) -> list[str]:
    """What Linear Learner answers, which has no CSV, as the lines that CSV would have."""
    try:
        scores = [prediction["score"] for prediction in json.loads(text)["predictions"]]
    except (ValueError, KeyError, TypeError) as error:
        raise FailedError(f"The endpoint's answer has no score for each row: {text!r}") from error
    return [
        ",".join(map(str, score)) if isinstance(score, list) else str(score) for score in scores
    ]


def _refusal(error: ClientError, endpoint_name: str) -> Exception:
    if _is_missing(error):
        return missing_endpoint(endpoint_name)
    if error.response["Error"]["Code"] == "ModelError":
        details: Any = error.response
        reason = details.get("OriginalMessage") or error.response["Error"]["Message"]
        return FailedError(
            f"The model refused the rows: {reason.rstrip('.')}. Rows hold the features only, as "
            "training had them; --label-column 0 takes off a label that comes first."
        )
    return error


def _is_missing(error: ClientError) -> bool:
    """SageMaker has no code of its own for a missing endpoint, only these words."""
    message = error.response["Error"]["Message"]
    return "Could not find endpoint" in message or (
        message.startswith("Endpoint ") and message.endswith(" not found.")
    )
