"""The description of the table behind the model that serves at an endpoint."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError
from preparation.description import Description
from tuning.data.s3_location import S3Location
from tuning.tags import PREPARATION_TAG

from retune.aws import Aws
from retune.errors import UnavailableError
from retune.output.terminal import write


def served_description(aws: Aws, endpoint_name: str) -> Description | None:
    """By the tag of the endpoint's config, which a rollback brings back too.

    None where `retune prepare` has not made the model's channels, for who may do no more than ask
    the endpoint, which is told, and without an endpoint, of which the request for predictions
    tells.

    Raises:
        UnavailableError: the tag names a description that cannot be read.
    """
    try:
        place = _tags(aws.client("sagemaker"), endpoint_name).get(PREPARATION_TAG)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code == "AccessDeniedException":
            write(f"Rows are taken for features: a description may not be read. {error}", err=True)
        elif code != "ValidationException":
            raise
        return None
    return _read(aws, place) if place else None


def _tags(sagemaker: Any, endpoint_name: str) -> dict[str, str]:
    """Of the endpoint's config."""
    endpoint = sagemaker.describe_endpoint(EndpointName=endpoint_name)
    config = sagemaker.describe_endpoint_config(EndpointConfigName=endpoint["EndpointConfigName"])
    pages = sagemaker.get_paginator("list_tags").paginate(ResourceArn=config["EndpointConfigArn"])
    return {tag["Key"]: tag["Value"] for page in pages for tag in page["Tags"]}


def _read(aws: Aws, place: str) -> Description:
    location = S3Location.of(place)
    try:
        answer = aws.client("s3").get_object(Bucket=location.bucket, Key=location.key)
        return Description.from_json(answer["Body"].read().decode())
    except (ClientError, ValueError) as error:
        raise UnavailableError(
            f"The description of the model's table, {place}, cannot be read: {error} Restore it "
            "or ask for the permission; rows of features are predicted with --no-header."
        ) from error
