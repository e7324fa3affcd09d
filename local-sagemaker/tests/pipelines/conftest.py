from __future__ import annotations

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import function_zip
from tests.local_sagemaker import server
from tests.local_sagemaker.roles import make_role


@pytest.fixture(scope="session", autouse=True)
def roles(local_aws: LocalAws) -> None:
    """Those of machines and jobs that are made without a template."""
    function_zip.create_role(local_aws)
    make_role(local_aws.client("iam"), server.ROLE)
