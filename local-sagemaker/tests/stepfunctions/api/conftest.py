"""Clients that send each request once, so that a refusal is what the service says."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.config import Config
from local_sagemaker.local_aws import LocalAws

from tests.local_sagemaker.roles import make_role
from tests.stepfunctions.api.machines import OTHER_ROLE, ROLE

_CONFIG = Config(retries={"total_max_attempts": 1})


@pytest.fixture(scope="session", autouse=True)
def roles(local_aws: LocalAws) -> None:
    """Those that the tests' state machines name; one that does not exist is refused."""
    for arn in (ROLE, OTHER_ROLE):
        make_role(local_aws.client("iam"), arn)


@pytest.fixture(scope="session")
def sfn(local_aws: LocalAws) -> Any:
    return local_aws.client("stepfunctions", config=_CONFIG)


@pytest.fixture(scope="session")
def logs(local_aws: LocalAws) -> Any:
    return local_aws.client("logs")
