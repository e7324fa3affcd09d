"""How many features the model takes that serves at an endpoint."""

from __future__ import annotations

from botocore.exceptions import ClientError
from tuning.aws.endpoint_folder import EndpointFolder

from retune.aws import Aws
from retune.endpoints.missing import missing_endpoint
from retune.errors import UnavailableError
from retune.output.terminal import write
from retune.stack import find_stack

_DENIED = ("AccessDenied", "AccessDeniedException")


def served_width(aws: Aws, stack_name: str, endpoint_name: str) -> int | None:
    """As runs record it beside each endpoint config, which a rollback brings back too.

    None without the stack, for a model that no run of it has deployed, for formats whose rows do
    not tell, and for who may not read it, which is told.

    Raises:
        UnavailableError: there is no such endpoint.
    """
    try:
        stack = find_stack(aws, stack_name)
        described = aws.client("sagemaker").describe_endpoint(EndpointName=endpoint_name)
        folder = EndpointFolder(stack.bucket, endpoint_name)
        interface = folder.interface_of(described["EndpointConfigName"])
    except UnavailableError:
        return None
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code == "ValidationException":
            raise missing_endpoint(endpoint_name) from None
        if code not in _DENIED:
            raise
        write(
            f"The width of rows is not checked: what it must be may not be read. {error}",
            err=True,
        )
        return None
    return interface.feature_columns if interface else None
