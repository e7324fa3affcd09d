"""STS's sessions have keys of their own, which open this server for as long as they say."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws
from local_sagemaker.services import session_tokens
from local_sagemaker.services.issued_keys import secret_of
from local_sagemaker.services.session_requests import SessionRequest
from moto.core.utils import utcnow
from moto.iam.models import iam_backends


def sessions(local_aws: LocalAws) -> list[dict[str, Any]]:
    """The credentials of two sessions of each kind."""
    sts = local_aws.client("sts")
    answers = [sts.get_session_token(), sts.get_federation_token(Name="somebody")]
    answers += [sts.get_session_token(DurationSeconds=900), sts.get_federation_token(Name="other")]
    return [answer["Credentials"] for answer in answers]


def caller(local_aws: LocalAws, credentials: dict[str, Any], token: str | None) -> str:
    keys = {
        "aws_access_key_id": credentials["AccessKeyId"],
        "aws_secret_access_key": credentials["SecretAccessKey"],
        "aws_session_token": token,
    }
    return str(local_aws.client("sts", **keys).get_caller_identity()["Account"])


def test_each_session_has_keys_that_are_answered(local_aws: LocalAws) -> None:
    given = sessions(local_aws)
    for member in ("AccessKeyId", "SecretAccessKey", "SessionToken"):
        assert len({credentials[member] for credentials in given}) == 4
    for credentials in given:
        assert caller(local_aws, credentials, credentials["SessionToken"]) == "123456789012"


def test_keys_of_a_session_are_refused_without_its_token(local_aws: LocalAws) -> None:
    first, second, *_ = sessions(local_aws)
    for token in (None, second["SessionToken"]):
        with pytest.raises(ClientError, match="InvalidClientTokenId"):
            caller(local_aws, first, token)


def test_session_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    key = iam_backends["123456789012"]["aws"].create_temp_access_key()
    ended = session_tokens.Session("token", utcnow(), SessionRequest(), "")
    monkeypatch.setitem(session_tokens.sessions, key.access_key_id, ended)
    assert secret_of(key.access_key_id, "token") is None
