"""VerifyEndpoint: asks the endpoint for real predictions and checks them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import gateway, hosting
from tuning.aws.run_folder import RunFolder
from tuning.data.s3_location import S3Location
from tuning.endpoint.next_step import Step, following_step
from tuning.endpoint.sample_request import READ_BYTES, SampleRequest, sample_request
from tuning.endpoint.verification import check_answer, unhealthy
from tuning.evaluation.transform_comparison import difference, output_of
from tuning.variables.deployment import Deployment
from tuning.variables.plan import Plan

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Plan", "EndpointConfigName", "HyperParameters", "Candidate"?}.

    `Candidate` is the score of this model: the TransformOutput of its transform job, and Since
    when. Returns {"EndpointName", "Rows", "RowsLikeTransform", "Proven"}. Proven is false while
    the endpoint changes: then it is to be verified again when it has settled.

    Raises EndpointUnhealthy, and what tuning.endpoint.next_step.following_step does: only another
    look tells that it was this model that answered.
    """
    plan, config = Plan.parse(event["Plan"]), event["EndpointConfigName"]
    place = S3Location(plan.samples.bucket, plan.samples.key)
    rows = _predict(plan, event["HyperParameters"], place)
    compared = _compare(plan, event) if event.get("Candidate") else 0
    return {
        "EndpointName": plan.endpoint.endpoint_name,
        "Rows": rows,
        "RowsLikeTransform": compared,
        "Proven": _prove(plan, config),
    }


def _prove(plan: Plan, config: str) -> bool:
    """From here on, recovery leaves the endpoint as it is."""
    folder = RunFolder.of(plan)
    deployment = Deployment.parse(folder.read(Deployment.FILE) or {"EndpointConfigName": config})
    endpoint = hosting.look_at_endpoint(plan.endpoint.endpoint_name)
    if following_step(endpoint, config, deployment.previous) is Step.WAIT:
        return False
    proven = deployment.model_copy(update={"proven": True})
    folder.write(Deployment.FILE, proven.to_document())
    return True


def _predict(
    plan: Plan,
    hyperparameters: Mapping[str, str],
    place: S3Location,
    transformed: bytes | None = None,
) -> list[dict[str, Any]]:
    """What the endpoint predicts of the first rows of an object."""
    samples, start = plan.samples, gateway.read_start(place, READ_BYTES)
    weighted = hyperparameters.get("csv_weights") == "1"
    request = sample_request(start, samples.content_type, accept=samples.accept, weighted=weighted)
    if request is None:
        logger.warning("Not asked: rows of this content type are not read", extra=vars(place))
        return []
    answer = _answer(plan.endpoint.endpoint_name, request)
    rows = check_answer(request, answer, objective=hyperparameters.get("objective"))
    differs = difference(rows, transformed) if transformed is not None else None
    if differs:
        raise unhealthy(request, answer, differs)
    return rows


def _compare(plan: Plan, event: dict[str, Any]) -> int:
    """How many rows the endpoint and the transform job predicted alike.

    0 when the test channel has changed since: a person may take days to approve.
    """
    assert plan.evaluation is not None, "a candidate that was scored has one"
    channel = _location(plan.evaluation.test_channel)
    candidate = event["Candidate"]
    entry = next(iter(gateway.list_channel(channel)), None)
    if entry is None or entry.modified > datetime.fromisoformat(candidate["Since"]):
        logger.warning("Not compared: the test channel has changed since it was scored")
        return 0
    output = output_of(entry, channel, _location(candidate["TransformOutput"]))
    transformed = gateway.read_start(output, READ_BYTES)
    place = S3Location(channel.bucket, entry.key)
    return len(_predict(plan, event["HyperParameters"], place, transformed))


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
