"""Unpacks the tar.gz objects of S3 that hold a model or a script."""

from __future__ import annotations

import tarfile
from pathlib import Path
from typing import Any

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
        unpack_tar(body, directory, MODEL)
    except (ClientError, BotoCoreError, RefusedName, TooLarge) as refusal:
        raise UnpackError(str(refusal)) from refusal
    except (tarfile.TarError, EOFError) as fault:
        raise UnpackError(f"It is no tar.gz: {fault}") from fault
    except OSError as fault:  # with a path of this machine
        raise UnpackError(f"It cannot be unpacked: {fault.strerror or fault}") from fault
