"""The width that an endpoint's model takes, where there is no endpoint."""

from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from retune.endpoints import served_width
from retune.errors import UnavailableError


class Missing:
    """SageMaker's client, when it does not know the endpoint."""

    def describe_endpoint(self, **named: str) -> Any:
        error: Any = {
            "Error": {"Code": "ValidationException", "Message": "Could not find endpoint"}
        }
        raise ClientError(error, "DescribeEndpoint")


def test_endpoint_that_is_not_there_is_named_before_anything_of_the_rows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(served_width, "find_stack", lambda aws, name: SimpleNamespace(bucket="b"))
    aws: Any = SimpleNamespace(client=lambda service: Missing())
    with pytest.raises(UnavailableError, match=r"^There is no endpoint 'retune-gym'\. "):
        served_width.served_width(aws, "retune", "retune-gym")
