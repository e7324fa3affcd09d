"""VerifyEndpoint: asks the endpoint for real predictions and checks them."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning import gateway
from tuning.s3_location import S3Location
from tuning.verification import READ_BYTES, Question, ask, check_answer, unhealthy

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"EndpointName", "Samples", "HyperParameters"?}; raises EndpointUnhealthy."""
    samples, hyperparameters = event["Samples"], event.get("HyperParameters", {})
    start = gateway.read_start(S3Location(samples["Bucket"], samples["Key"]), READ_BYTES)
    weighted = hyperparameters.get("csv_weights") == "1"
    accept = samples.get("Accept", "text/csv")  # a plan of an older version has none
    question = ask(start, samples["ContentType"], accept=accept, weighted=weighted)
    if question is None:
        logger.warning("Not asked: rows of this content type are not read", extra=samples)
        return {"EndpointName": event["EndpointName"], "Rows": []}
    answer = _answer(event["EndpointName"], question)
    rows = check_answer(question, answer, objective=hyperparameters.get("objective"))
    return {"EndpointName": event["EndpointName"], "Rows": rows}


def _answer(endpoint_name: str, question: Question) -> str:
    try:
        return gateway.invoke_endpoint(
            endpoint_name,
            question.body,
            content_type=question.content_type,
            accept=question.accept,
        )
    except gateway.client("sagemaker-runtime").exceptions.ModelError as error:
        refusal = error.response
        fault = f"its container refused with status {refusal.get('OriginalStatusCode')}"
        log = f"{refusal.get('OriginalMessage')} (log: {refusal.get('LogStreamArn')})"
        raise unhealthy(question, log, fault) from error
