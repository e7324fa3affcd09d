from __future__ import annotations

import pytest
from local_sagemaker.local_aws import LocalAws
from local_sagemaker.stepfunctions.tasks import clients


@pytest.fixture(autouse=True)
def _tasks_call_local_aws(local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch) -> None:
    """With keys of any client: those of Step Functions are the server's own."""
    variables = local_aws.environment()
    names = {"aws_access_key_id": "AWS_ACCESS_KEY_ID"}
    names["aws_secret_access_key"] = "AWS_SECRET_ACCESS_KEY"
    keys = {argument: variables[name] for argument, name in names.items()}
    monkeypatch.setenv("AWS_ENDPOINT_URL", local_aws.endpoint_url)
    monkeypatch.setattr(clients, "key_arguments", lambda _key: keys)
