"""CreateEndpointConfig: makes the config that DeployEndpoint brings the endpoint to."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import hosting
from tuning.aws.endpoint_folder import EndpointFolder
from tuning.request_types import ProductionVariant
from tuning.variables.endpoint_plan import EndpointPlan
from tuning.variables.plan import Plan

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Plan", "ModelName"}; returns {"EndpointConfigName"}.

    It shares the model's name, so that an endpoint tells which training job it serves. What its
    clients send is recorded beside it, for the runs that would replace it.
    """
    plan, name = Plan.parse(event["Plan"]), event["ModelName"]
    hosting.create_endpoint_config(
        {
            **plan.endpoint.config.to_document(),
            "EndpointConfigName": name,
            "ProductionVariants": [{**_variant(plan.endpoint), "ModelName": name}],
        }
    )
    if plan.interface is not None:
        EndpointFolder.of(plan).keep_interface(name, plan.interface)
    logger.info("Endpoint config", extra={"endpoint_config": name})
    return {"EndpointConfigName": name}


def _variant(plan: EndpointPlan) -> ProductionVariant:
    """With as many instances as there are, where the config has to say so."""
    variant = plan.production_variant
    if not plan.counts_by_config:
        return variant
    count = hosting.desired_instances(plan.endpoint_name, variant["VariantName"])
    return {**variant, "InitialInstanceCount": count} if count else variant
