"""Faults of S3 as the FailureReason of a training job tells them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import BotoCoreError, ClientError

# A thread for each file and part would cost more than most files take here.
IN_THIS_THREAD = TransferConfig(use_threads=False)


class TransferFailed(Exception):
    """The message is the FailureReason of the job."""

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(f"ClientError: {what} failed: {reason}")


@contextmanager
def transfer(what: str, uri: str) -> Iterator[None]:
    """A fault of S3 in the block is the failure of `what`, such as Data download.

    Raises:
        TransferFailed: S3 refused, or the connection broke; names the place.
    """
    try:
        yield
    except (ClientError, Boto3Error, BotoCoreError) as fault:
        raise TransferFailed(what, f"{_words(fault)} ({uri})") from fault


def _words(fault: Exception) -> str:
    """S3's own, or of the connection.

    upload_file wraps what S3 answers, and names the file's place on this machine.
    """
    answer = fault if isinstance(fault, ClientError) else fault.__context__
    return answer.response["Error"]["Message"] if isinstance(answer, ClientError) else str(fault)
