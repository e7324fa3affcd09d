"""What an endpoint config may combine (developer guide, the pages on each kind of endpoint)."""

from __future__ import annotations

from collections.abc import Sequence

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.hosting.serverless_rules import check_alone
from local_sagemaker.sagemaker.s3_location import S3Location

_NOT_LOCAL = ("ExplainerConfig", "CrossRegionTrafficConfig", "MetricsConfig")
_NOT_LOCAL_OF_VARIANTS = ("CoreDumpConfig", "InstancePools", "ManagedInstanceScaling")


def check_config(
    request: Document, variants: Sequence[Document], shadows: Sequence[Document]
) -> None:
    """Refuse an endpoint config; its variants have been checked one by one.

    Raises:
        ValidationException: what SageMaker does not combine, or what local AWS has not.
    """
    _check_members(request, [*variants, *shadows])
    names = [variant["VariantName"] for variant in (*variants, *shadows)]
    if len(set(names)) < len(names):
        raise ValidationException(f"VariantName must be unique; it is given as {names}.")
    serverless = any("ServerlessConfig" in variant for variant in (*variants, *shadows))
    check_alone([*variants, *shadows])
    if shadows:
        _check_shadows(variants, shadows, serverless=serverless)
    for member in ("DataCaptureConfig", "AsyncInferenceConfig"):
        if member in request and serverless:
            raise ValidationException(
                f"{member} is not supported for serverless variants: leave it out."
            )
    if "DataCaptureConfig" in request:
        S3Location.parse(request["DataCaptureConfig"]["DestinationS3Uri"])
    if "AsyncInferenceConfig" in request:
        _check_asynchronous(request["AsyncInferenceConfig"], variants, shadows)


def _check_members(request: Document, variants: Sequence[Document]) -> None:
    for member in _NOT_LOCAL:
        if member in request:
            raise ValidationException(f"Local AWS has no {member}: leave it out.")
    for member in _NOT_LOCAL_OF_VARIANTS:
        if any(member in variant for variant in variants):
            raise ValidationException(f"Local AWS has no {member} of a variant: leave it out.")


def _check_shadows(
    variants: Sequence[Document], shadows: Sequence[Document], *, serverless: bool
) -> None:
    if len(variants) > 1 or len(shadows) > 1:
        raise ValidationException(
            "With ShadowProductionVariants you can specify one variant in ProductionVariants and "
            "one in ShadowProductionVariants."
        )
    if serverless:
        raise ValidationException("Shadow variants are for variants with instances.")


def _check_asynchronous(
    config: Document, variants: Sequence[Document], shadows: Sequence[Document]
) -> None:
    output = config["OutputConfig"]
    if "S3OutputPath" not in output:
        raise ValidationException("Local AWS needs AsyncInferenceConfig.OutputConfig.S3OutputPath.")
    for member in ("S3OutputPath", "S3FailurePath"):
        if member in output:
            S3Location.parse(output[member])
    if "IncludeInferenceResponseIn" in output.get("NotificationConfig", {}):
        raise ValidationException(
            "Local AWS has no NotificationConfig.IncludeInferenceResponseIn: the answer is in S3."
        )
    if len(variants) > 1 or shadows:
        raise ValidationException("An asynchronous endpoint has one variant.")
