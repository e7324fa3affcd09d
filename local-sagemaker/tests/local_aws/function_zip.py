"""Deploys small Lambda functions for the tests."""

from __future__ import annotations

import io
import json
import textwrap
import uuid
import zipfile
from collections.abc import Mapping
from typing import Any

from tests.local_sagemaker.roles import make_role

ROLE = "arn:aws:iam::123456789012:role/test"  # the tests' state machines have it too


def zip_of(source: str, name: str = "index.py") -> bytes:
    return zip_of_files({name: textwrap.dedent(source)})


def zip_of_files(files: Mapping[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def create_role(local_aws: Any) -> None:
    make_role(local_aws.client("iam"), ROLE)


def create_function(local_aws: Any, source: str, **settings: Any) -> str:
    """Create a function with the handler index.handler; returns its name."""
    create_role(local_aws)
    name = f"function-{uuid.uuid4().hex[:8]}"
    local_aws.client("lambda").create_function(
        **{"FunctionName": name, "Runtime": "python3.14", "Role": ROLE}
        | {"Handler": "index.handler", "Code": {"ZipFile": zip_of(source)}, "Timeout": 10}
        | settings
    )
    return name


def invoke(local_aws: Any, name: str, event: Any = None, **options: Any) -> tuple[Any, Any]:
    """The response and its payload."""
    response = local_aws.client("lambda").invoke(
        FunctionName=name, Payload=json.dumps(event or {}), **options
    )
    return response, json.loads(response["Payload"].read() or b"null")
