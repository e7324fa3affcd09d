"""What AWS refuses and moto stumbles over has AWS's error (`services/stumbles.py`)."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local_aws.function_zip import create_function
from tests.moto_faults.test_stumbles import ASSERTION, MAP_RUN, PARTY, TOPIC


@pytest.mark.parametrize(
    ("service", "operation", "request_", "code"),
    [
        ("stepfunctions", "describe_map_run", {"mapRunArn": MAP_RUN}, "ResourceNotFound"),
        ("stepfunctions", "update_map_run", {"mapRunArn": MAP_RUN}, "ResourceNotFound"),
        ("sts", "assume_role_with_saml",
         {"RoleArn": PARTY, "PrincipalArn": PARTY, "SAMLAssertion": ASSERTION},
         "InvalidIdentityToken"),
        ("sts", "assume_role_with_saml",
         {"RoleArn": PARTY, "PrincipalArn": PARTY, "SAMLAssertion": "no base64"},
         "InvalidIdentityToken"),
        ("logs", "put_delivery_destination",
         {"name": "topic", "deliveryDestinationConfiguration": {"destinationResourceArn": TOPIC}},
         "ValidationException"),
        ("logs", "put_delivery_destination", {"name": "nothing"}, "ValidationException"),
    ],
)  # fmt: skip
def test_request_is_refused(
    local_aws: Any, service: str, operation: str, request_: dict[str, Any], code: str
) -> None:
    with pytest.raises(ClientError) as refusal:
        getattr(local_aws.client(service), operation)(**request_)
    assert refusal.value.response["Error"]["Code"] == code


def test_function_without_a_url_has_none_to_update(local_aws: Any) -> None:
    function = create_function(local_aws, "def handler(event, context): return 1")
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        local_aws.client("lambda").update_function_url_config(FunctionName=function)


def test_function_needs_code(local_aws: Any) -> None:
    with pytest.raises(ClientError, match="Please provide a source for function code"):
        create_function(local_aws, "", Code={})
