from __future__ import annotations

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import function_zip
from tests.local_sagemaker import server
from tests.local_sagemaker.conftest import local
from tests.local_sagemaker.roles import make_role

__all__ = ["local"]


@pytest.fixture(scope="session")
def roles(local_aws: LocalAws) -> None:
    """Those that pipelines, their jobs and functions name."""
    function_zip.create_role(local_aws)
    make_role(local_aws.client("iam"), server.ROLE)
