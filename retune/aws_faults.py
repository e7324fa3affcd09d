"""Turns the errors of boto3 into one line with the fix."""

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,
    HTTPClientError,
    NoCredentialsError,
    NoRegionError,
    ParamValidationError,
    PartialCredentialsError,
    ProfileNotFound,
)
from botocore.parsers import ResponseParserError

from retune.aws import endpoint_url, is_local
from retune.errors import CommandError, FailedError, InputError, UnavailableError
from retune.local_server import hint

_BAD_CREDENTIALS = (
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidAccessKeyId",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
)
Fault = ClientError | BotoCoreError | ResponseParserError


def explain(fault: Fault) -> CommandError:
    """The error to report for a fault of boto3."""
    if isinstance(fault, ClientError):
        return _explain_answer(fault)
    if isinstance(fault, ResponseParserError):
        return UnavailableError(
            f"What answers at {endpoint_url() or 'AWS'} is not AWS, nor local AWS. `retune local "
            "status` tells where that one is; or `unset AWS_ENDPOINT_URL` to talk to AWS."
        )
    if isinstance(fault, HTTPClientError | ConnectionError):
        return UnavailableError(_no_answer(fault))
    if isinstance(fault, NoCredentialsError | PartialCredentialsError):
        return UnavailableError(f"There are no AWS credentials. {_log_in()}{hint()}")
    if isinstance(fault, NoRegionError):
        return UnavailableError(f"No AWS region is set. Set AWS_DEFAULT_REGION.{hint()}")
    if isinstance(fault, ProfileNotFound):
        return UnavailableError(f"{fault}. Correct AWS_PROFILE, or run `aws configure`.{hint()}")
    if isinstance(fault, ParamValidationError):
        return InputError(str(fault))
    return UnavailableError(f"AWS cannot be used: {fault} {_log_in()}{hint()}")


def _explain_answer(fault: ClientError) -> CommandError:
    code, message = fault.response["Error"]["Code"], fault.response["Error"]["Message"]
    if code in _BAD_CREDENTIALS:
        return UnavailableError(
            f"AWS does not accept the credentials: {message} {_log_in()}{hint()}"
        )
    return FailedError(f"AWS refused {fault.operation_name}: {code}: {message}")


def _no_answer(fault: BotoCoreError) -> str:
    url = endpoint_url()
    if url is None:
        return f"AWS cannot be reached: {fault}{hint()}"
    return (
        f"Nothing answers at AWS_ENDPOINT_URL {url}. Start local AWS with `retune local start`, "
        "or `unset AWS_ENDPOINT_URL` to talk to AWS."
    )


def _log_in() -> str:
    if is_local():
        return 'Those of local AWS: eval "$(retune local env)"'
    return "Log in with `aws sso login` or `aws configure`, or set AWS_PROFILE."
