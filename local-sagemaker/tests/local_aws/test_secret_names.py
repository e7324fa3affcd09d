"""What a secret may be called."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError


def test_name_of_a_secret_has_no_spaces(local_aws: Any) -> None:
    with pytest.raises(ClientError, match=r"ValidationException.*Must be a valid name containing"):
        local_aws.client("secretsmanager").create_secret(Name="a name", SecretString="hush")


def test_name_of_a_secret_may_be_a_path(local_aws: Any) -> None:
    secrets = local_aws.client("secretsmanager")
    secrets.create_secret(Name="team/a_b+c=d.e@f-1!", SecretString="hush")
    assert secrets.get_secret_value(SecretId="team/a_b+c=d.e@f-1!")["SecretString"] == "hush"
