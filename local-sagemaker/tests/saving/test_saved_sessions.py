"""A session of a role is as limited in the next server as it was in the first."""

from __future__ import annotations

from pathlib import Path

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.process.free_port import free_port

from tests.local_aws.test_permissions import ACCOUNT, allow, policy
from tests.local_aws.test_sessions import TEAM, of_keys, tagging_role
from tests.saving.servers import new_server

pytestmark = pytest.mark.slow


def test_a_session_keeps_its_policy_and_its_tags(tmp_path: Path) -> None:
    file, port = tmp_path / "state.zip", free_port()
    own = {"StringEquals": {"aws:PrincipalTag/team": "churn"}}
    with new_server(tmp_path / "first", port) as first:
        name = tagging_role(first, allow("*", Condition=own))
        keys = first.client("sts").assume_role(
            RoleArn=f"arn:aws:iam::{ACCOUNT}:role/{name}", RoleSessionName="test", Tags=TEAM,
            Policy=policy(allow("s3:*")),
        )["Credentials"]  # fmt: skip
        first.save(file)
    with new_server(tmp_path / "second", port) as second:
        second.load(file)
        of_keys(second, keys, "s3").list_buckets()
        with pytest.raises(ClientError, match="no session policy allows"):
            of_keys(second, keys, "sqs").list_queues()
