"""Unpacks a tar.gz that holds a model or a script, mostly an object of S3."""

from __future__ import annotations

import tarfile
from pathlib import Path
from typing import IO, Any

from botocore.exceptions import BotoCoreError, ClientError

from local_sagemaker.files.foreign_names import RefusedName
from local_sagemaker.files.limits import MODEL, TooLarge
from local_sagemaker.files.tar_archive import unpack_tar
from local_sagemaker.sagemaker.s3_location import S3Location


class UnpackError(Exception):
    """There is no such object, or it is no archive that is unpacked here; the text says why."""


def unpack(s3: Any, location: S3Location, directory: Path) -> None:
    """Unpack an archive below a directory; raises UnpackError, and leaves what was unpacked."""
    try:
        body = s3.get_object(Bucket=location.bucket, Key=location.key)["Body"]
        unpack_archive(body, directory)
    except (ClientError, BotoCoreError) as refusal:
        raise UnpackError(str(refusal)) from refusal


def unpack_archive(archive: IO[bytes], directory: Path) -> None:
    """The same of one that is at hand."""
    try:
        unpack_tar(archive, directory, MODEL)
    except (BotoCoreError, RefusedName, TooLarge) as refusal:
        raise UnpackError(str(refusal)) from refusal
    except (tarfile.TarError, EOFError) as fault:
        raise UnpackError(f"It is no tar.gz: {fault}") from fault
    except OSError as fault:  # with a path of this machine
        raise UnpackError(f"It cannot be unpacked: {fault.strerror or fault}") from fault
