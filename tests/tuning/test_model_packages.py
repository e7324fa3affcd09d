"""A model package as SageMaker describes it, which somebody may have deleted."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from tuning.aws import model_packages

from tests.tuning.account import Account

ARN = "arn:aws:sagemaker:eu-central-1:123456789012:model-package/retune/7"


def test_package_that_somebody_deleted_is_empty(account: Account) -> None:
    account.refuse("sagemaker", "DescribeModelPackage", "ValidationException", "does not exist.")
    assert model_packages.describe_model_package(ARN) == {}


def test_package_that_may_not_be_read_is_told(account: Account) -> None:
    account.refuse("sagemaker", "DescribeModelPackage", "AccessDeniedException", "not authorized")
    with pytest.raises(ClientError, match="not authorized"):
        model_packages.describe_model_package(ARN)
