"""The region that an ARN is of."""

from __future__ import annotations

from local_sagemaker.sagemaker.errors import ValidationException


def check_scope(region: str, name_or_arn: str) -> None:
    """Raises ValidationException for the ARN of another region.

    The words are those of aws/amazon-sagemaker-examples#1444.
    """
    theirs = name_or_arn.split(":")[3:4]  # what is no ARN has none
    if theirs and theirs != [region]:
        raise ValidationException(f"ARN should be scoped to correct region: {region}")
