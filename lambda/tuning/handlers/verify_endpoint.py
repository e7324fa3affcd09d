"""VerifyEndpoint: asks the endpoint for real predictions and checks them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import hosting, objects
from tuning.aws.clients import client
from tuning.aws.run_folder import RunFolder
from tuning.data.s3_location import S3Location
from tuning.endpoint.next_step import Step, following_step
from tuning.endpoint.sample_request import READ_BYTES, SampleRequest, sample_request
from tuning.endpoint.verification import check_answer, unhealthy
from tuning.errors import EndpointUnhealthy
from tuning.evaluation.transform_comparison import difference
from tuning.evaluation.transform_output import output_of
from tuning.variables.deployment import Deployment
from tuning.variables.plan import Plan
from tuning.variables.predictions import Prediction, Predictions
from tuning.variables.score import Score

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Plan", "EndpointConfigName", "HyperParameters", "Candidate"?}.

    `Candidate` is the score of this model. Returns Predictions.

    Raises EndpointUnhealthy, and what tuning.endpoint.next_step.following_step does: only another
    look tells that it was this model that answered.
    """
    plan, config = Plan.parse(event["Plan"]), event["EndpointConfigName"]
    candidate = event.get("Candidate")
    try:
        rows = _predict(plan, event["HyperParameters"], _samples(plan))
        compared = _compare(plan, event, Score.parse(candidate)) if candidate else 0
    except EndpointUnhealthy:
        _look(plan, config)  # perhaps it was another model that answered
        raise
    predictions = Predictions(
        endpoint_name=plan.endpoint.endpoint_name,
        rows=rows,
        rows_like_transform=compared,
        proven=_prove(plan, config),
    )
    return predictions.to_document()


def _samples(plan: Plan) -> S3Location:
    return S3Location(plan.samples.bucket, plan.samples.key)


def _look(plan: Plan, config: str) -> Step:
    """What is due at the endpoint; raises when something else serves there."""
    endpoint = hosting.describe_endpoint(plan.endpoint.endpoint_name, plan.secrets)
    return following_step(endpoint, config, _deployment(plan, config).previous)


def _deployment(plan: Plan, config: str) -> Deployment:
    written = RunFolder.of(plan).read(Deployment.FILE)
    return Deployment.parse(written or {"EndpointConfigName": config})


def _prove(plan: Plan, config: str) -> bool:
    """From here on, recovery leaves the endpoint as it is."""
    if _look(plan, config) is Step.WAIT:
        return False
    proven = _deployment(plan, config).model_copy(update={"proven": True})
    RunFolder.of(plan).write(Deployment.FILE, proven.to_document())
    return True


def _predict(
    plan: Plan,
    hyperparameters: Mapping[str, str],
    place: S3Location,
    transformed: bytes | None = None,
) -> tuple[Prediction, ...]:
    """What the endpoint predicts of the first rows of an object."""
    samples, start = plan.samples, objects.read_start(place, READ_BYTES)
    weighted = hyperparameters.get("csv_weights") == "1"
    request = sample_request(
        start,
        samples.content_type,
        accept=samples.accept,
        weighted=weighted,
        source=str(place),
    )
    if request is None:
        logger.warning("Not asked: rows of this content type are not read", extra=vars(place))
        return ()
    answer = _answer(plan.endpoint.endpoint_name, request)
    rows = check_answer(request, answer, objective=hyperparameters.get("objective"))
    differs = difference(rows, transformed) if transformed is not None else None
    if differs:
        raise unhealthy(request, differs)
    return rows


def _compare(plan: Plan, event: dict[str, Any], candidate: Score) -> int:
    """How many rows the endpoint and the transform job predicted alike.

    0 when the test channel has changed since: a person may take days to approve.
    """
    assert plan.evaluation is not None, "a candidate that was scored has one"
    channel = S3Location.of(plan.evaluation.test_channel)
    entry = next(iter(objects.list_channel(channel)), None)
    if entry is None or entry.modified > datetime.fromisoformat(candidate.since):
        logger.warning("Not compared: the test channel has changed since it was scored")
        return 0
    output = output_of(entry, channel, S3Location.of(candidate.transform_output))
    transformed = objects.read_start(output, READ_BYTES)
    place = S3Location(channel.bucket, entry.key)
    return len(_predict(plan, event["HyperParameters"], place, transformed))


def _answer(endpoint_name: str, request: SampleRequest) -> str:
    try:
        return hosting.invoke_endpoint(
            endpoint_name,
            request.body,
            content_type=request.content_type,
            accept=request.accept,
        )
    except client("sagemaker-runtime").exceptions.ModelError as error:
        # OriginalMessage may quote the rows; what the container said is in the endpoint's log.
        status, log = (error.response.get(key) for key in ("OriginalStatusCode", "LogStreamArn"))
        fault = f"its container refused with status {status} (log: {log})"
        raise unhealthy(request, fault) from None
