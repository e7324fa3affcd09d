from __future__ import annotations

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import machine
from tests.local_sagemaker import server
from tests.local_sagemaker.roles import make_role


@pytest.fixture(scope="session", autouse=True)
def roles(local_aws: LocalAws) -> None:
    """Those that the tests' requests to SageMaker name; one that does not exist is refused."""
    for arn in (server.ROLE, machine.ROLE):
        make_role(local_aws.client("iam"), arn)
