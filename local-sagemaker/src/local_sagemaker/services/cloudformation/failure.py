"""Why something of a stack failed, in the words that its events have."""

from __future__ import annotations

from botocore.exceptions import ClientError
from moto.cloudformation.exceptions import CloudFormationError

from local_sagemaker.services.cloudformation.errors import ResourceFailure


class ResourceError(Exception):
    """Resources that could not be made or changed; its text is the stack's reason."""

    def __init__(self, logical_ids: list[str], verb: str) -> None:
        named = f"The following resource(s) failed to {verb}: [{', '.join(logical_ids)}]."
        super().__init__(named if logical_ids else verb)


def reason_of(fault: Exception) -> str:
    """What the service said, as a resource handler of CloudFormation quotes it."""
    if isinstance(fault, ClientError):
        error = fault.response["Error"]
        service = f"Service: {fault.operation_name}, Status Code: " + str(
            fault.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 400)
        )
        code = error.get("Code", "GeneralServiceException")
        return (
            f'Resource handler returned message: "{error.get("Message", "")} ({service})" '
            f"(HandlerErrorCode: {code})"
        )
    if isinstance(fault, ResourceFailure):
        return str(fault)
    if isinstance(fault, CloudFormationError):
        return str(fault.message)
    return f"{type(fault).__name__}: {fault}"
