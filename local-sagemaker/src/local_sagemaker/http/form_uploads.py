"""What a browser's form asks of S3: the members of PutObject that its fields are.

S3 API reference, "POST Object": a form needs s3:PutObject, and what its fields ask for besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local_sagemaker.http.signed_forms import form_fields
from local_sagemaker.protocol.service_models import service_model

_ACL, _TAGGING = "acl", "tagging"  # the fields that are not called as the header is


def upload_members(environ: dict[str, Any], body: bytes) -> Mapping[str, Any]:
    """In botocore's names. The form's signature and its policy are checked before."""
    fields, _ = form_fields(environ, body)
    shape: Any = service_model("s3").operation_model("PutObject").input_shape
    names = {member: _header(of_member) for member, of_member in shape.members.items()}
    given: dict[str, Any] = {
        member: fields[header] for member, header in names.items() if header in fields
    }
    given |= {"Bucket": fields["bucket"], "Key": fields.get("key", "")}
    if _ACL in fields:
        given["ACL"] = fields[_ACL]
    if _TAGGING in fields:  # XML, which nothing here reads: the object gets no tags
        given["Tagging"] = {"TagSet": []}
    return given


def _header(member: Any) -> str:
    """In small letters; empty for what is no header."""
    serialization = member.serialization
    is_header = serialization.get("location") == "header"
    return str(serialization["name"]).lower() if is_header else ""
