"""A browser's form uploads to S3 with the rights of the role whose keys have signed it."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import requests
from botocore.config import Config
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.test_permissions import ACCOUNT, allow, deny, role, session


@pytest.fixture(scope="module")
def bucket(local_aws: LocalAws) -> str:
    name = f"forms-{uuid.uuid4().hex[:8]}"
    local_aws.client("s3").create_bucket(Bucket=name)
    return name


def signer(local_aws: LocalAws, *statements: dict[str, Any]) -> tuple[Any, str]:
    """A client of a new role with these statements, which signs forms as S3 wants them today."""
    name = role(local_aws, *statements)
    make: Any = session(local_aws, name).client
    s3 = make("s3", endpoint_url=local_aws.endpoint_url, config=Config(signature_version="s3v4"))
    return s3, f"arn:aws:sts::{ACCOUNT}:assumed-role/{name}/test"


def upload(s3: Any, bucket: str, key: str, **fields: str) -> requests.Response:
    conditions = [{name: value} for name, value in fields.items()]
    form = s3.generate_presigned_post(bucket, key, Fields=dict(fields), Conditions=conditions)
    return requests.post(form["url"], data=form["fields"], files={"file": b"text"}, timeout=60)


def test_form_of_a_role_without_the_right_is_refused(local_aws: LocalAws, bucket: str) -> None:
    s3, who = signer(local_aws, allow("s3:PutObject", f"arn:aws:s3:::{bucket}/in/*"))

    refused = upload(s3, bucket, "out/a")

    assert refused.status_code == 403
    assert "<Code>AccessDenied</Code>" in refused.text
    assert (
        f"User: {who} is not authorized to perform: s3:PutObject on resource: "
        f'"arn:aws:s3:::{bucket}/out/a" because no identity-based policy allows the s3:PutObject'
    ) in refused.text
    with pytest.raises(ClientError, match="404"):
        local_aws.client("s3").head_object(Bucket=bucket, Key="out/a")


def test_form_of_a_role_with_the_right_uploads(local_aws: LocalAws, bucket: str) -> None:
    s3, _ = signer(local_aws, allow("s3:PutObject", f"arn:aws:s3:::{bucket}/in/*"))

    assert upload(s3, bucket, "in/a").status_code == 204

    stored = local_aws.client("s3").get_object(Bucket=bucket, Key="in/a")
    assert stored["Body"].read() == b"text"


def test_fields_of_a_form_are_what_headers_of_an_upload_are(
    local_aws: LocalAws, bucket: str
) -> None:
    encrypted = {"StringEquals": {"s3:x-amz-server-side-encryption": "AES256"}}
    s3, _ = signer(local_aws, allow("s3:PutObject"), deny("s3:*", Condition=encrypted))

    assert "s3:PutObjectAcl" in upload(s3, bucket, "b", acl="public-read").text
    assert "s3:PutObjectTagging" in upload(s3, bucket, "b", tagging="<Tagging/>").text
    named = {"x-amz-server-side-encryption": "AES256"}
    assert "with an explicit deny" in upload(s3, bucket, "b", **named).text
