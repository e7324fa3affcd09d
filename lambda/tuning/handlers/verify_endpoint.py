"""VerifyEndpoint: asks the endpoint for real predictions and checks them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import gateway
from tuning.data.s3_location import S3Location
from tuning.endpoint.sample_request import READ_BYTES, SampleRequest, sample_request
from tuning.endpoint.verification import check_answer, unhealthy
from tuning.evaluation.transform_comparison import difference, output_of

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"EndpointName", "Samples", "HyperParameters"?, "Candidate"?}.

    `Candidate` has Input and TransformOutput of the transform job that scored this model, and the
    time, Since. Raises EndpointUnhealthy.
    """
    samples = event["Samples"]
    place, name = S3Location(samples["Bucket"], samples["Key"]), event["EndpointName"]
    rows = _predict(event, place, samples["ContentType"])
    compared = _compare(event) if event.get("Candidate") else 0
    return {"EndpointName": name, "Rows": rows, "RowsLikeTransform": compared}


def _predict(
    event: dict[str, Any], place: S3Location, content_type: str, transformed: bytes | None = None
) -> list[dict[str, Any]]:
    """What the endpoint predicts of the first rows of an object."""
    hyperparameters = event.get("HyperParameters", {})
    start = gateway.read_start(place, READ_BYTES)
    weighted = hyperparameters.get("csv_weights") == "1"
    accept = event["Samples"].get("Accept", "text/csv")  # a plan of an older version has none
    request = sample_request(start, content_type, accept=accept, weighted=weighted)
    if request is None:
        logger.warning("Not asked: rows of this content type are not read", extra=vars(place))
        return []
    answer = _answer(event["EndpointName"], request)
    rows = check_answer(request, answer, objective=hyperparameters.get("objective"))
    differs = difference(rows, transformed) if transformed is not None else None
    if differs:
        raise unhealthy(request, answer, differs)
    return rows


def _compare(event: dict[str, Any]) -> int:
    """How many rows the endpoint and the transform job predicted alike.

    0 when the test channel has changed since: a person may take days to approve.
    """
    candidate = event["Candidate"]
    channel, since = _location(candidate["Input"]), datetime.fromisoformat(candidate["Since"])
    entry = next(iter(gateway.list_channel(channel)), None)
    if entry is None or entry.modified > since:
        logger.warning("Not compared: the test channel has changed since it was scored")
        return 0
    output = output_of(entry, channel, _location(candidate["TransformOutput"]))
    transformed = gateway.read_start(output, READ_BYTES)
    place = S3Location(channel.bucket, entry.key)
    return len(_predict(event, place, event["Samples"]["ContentType"], transformed))


def _location(uri: str) -> S3Location:
    location = S3Location.parse(uri)
    if location is None:
        raise ValueError(f"{uri} is no S3 URI.")
    return location


def _answer(endpoint_name: str, request: SampleRequest) -> str:
    try:
        return gateway.invoke_endpoint(
            endpoint_name,
            request.body,
            content_type=request.content_type,
            accept=request.accept,
        )
    except gateway.client("sagemaker-runtime").exceptions.ModelError as error:
        refusal = error.response
        fault = f"its container refused with status {refusal.get('OriginalStatusCode')}"
        log = f"{refusal.get('OriginalMessage')} (log: {refusal.get('LogStreamArn')})"
        raise unhealthy(request, log, fault) from error
