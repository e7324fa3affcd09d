"""The description of the model that serves is found by the tag of its endpoint config."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from retune.endpoints.served_description import served_description
from retune.errors import UnavailableError
from tests.preparation.descriptions import description

PLACE = "s3://data-bucket/runs/monday/retune.preparation.json"


def refusal(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "No."}}, "Operation")


def aws(content: str | ClientError, *, tag: str | None = PLACE, refused: str | None = None) -> Any:
    """An account in which one config serves; `content` is what S3 answers."""

    def describe_endpoint(EndpointName: str) -> dict[str, str]:
        if refused:
            raise refusal(refused)
        return {"EndpointConfigName": "config"}

    def get_object(**place: str) -> dict[str, Any]:
        assert f"s3://{place['Bucket']}/{place['Key']}" == PLACE
        if isinstance(content, ClientError):
            raise content
        return {"Body": io.BytesIO(content.encode())}

    tags = [{"Key": "retune:preparation", "Value": tag}] if tag else []
    clients = {
        "sagemaker": SimpleNamespace(
            describe_endpoint=describe_endpoint,
            describe_endpoint_config=lambda EndpointConfigName: {"EndpointConfigArn": "arn"},
            get_paginator=lambda name: SimpleNamespace(
                paginate=lambda ResourceArn: [{"Tags": []}, {"Tags": tags}]
            ),
        ),
        "s3": SimpleNamespace(get_object=get_object),
    }
    return SimpleNamespace(client=clients.__getitem__)


def test_tagged_description_is_read() -> None:
    known = description()
    assert served_description(aws(known.to_json()), "bank") == known


def test_model_of_other_channels_and_a_missing_endpoint_have_none() -> None:
    assert served_description(aws("", tag=None), "bank") is None
    assert served_description(aws("", refused="ValidationException"), "bank") is None


def test_who_may_ask_the_endpoint_alone_gives_features_and_hears_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert served_description(aws("", refused="AccessDeniedException"), "bank") is None
    assert "Rows are taken for features" in capsys.readouterr().err
    with pytest.raises(ClientError):
        served_description(aws("", refused="ThrottlingException"), "bank")


@pytest.mark.parametrize("content", [refusal("NoSuchKey"), refusal("AccessDenied"), "{}", "["])
def test_description_that_cannot_be_read_is_told(content: Any) -> None:
    with pytest.raises(UnavailableError, match=r"retune\.preparation\.json, cannot be read: "):
        served_description(aws(content), "bank")
