"""The zip that a function's code comes in: checked as it is deployed, unpacked as it first runs."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from moto.awslambda.exceptions import LambdaClientError

from local_sagemaker.files.foreign_names import RefusedName
from local_sagemaker.files.limits import Budget, Limits, TooLarge
from local_sagemaker.files.zip_archive import check_zip, unpack_zip

_UNZIPPED_BYTES = 262_144_000  # Lambda's quota
# Lambda limits bytes alone: so many empty files would only fill a disk's table of files.
_LIMITS = Limits(members=100_000, total_bytes=_UNZIPPED_BYTES, free_bytes=_UNZIPPED_BYTES)
# The zips that were good, by SHA-256: a deployment gives one to all of its functions.
_good: set[str] = set()


def check_code(content: bytes | None, sha256: str | None) -> None:
    """A zip and its SHA-256, as Lambda tells it.

    Raises InvalidParameterValueException in Lambda's words.
    """
    if content is None or sha256 is None:
        raise _refused("Please provide a source for function code.")
    if sha256 in _good:
        return
    try:
        check_zip(content, Budget(_LIMITS))
    except TooLarge as error:
        words = f"Unzipped size must be smaller than {_UNZIPPED_BYTES} bytes"
        raise _refused(f"{words} ({error})") from error
    except (zipfile.BadZipFile, RefusedName, ValueError) as error:
        words = "Could not unzip uploaded file. Please check your file, then try to upload again."
        raise _refused(f"{words} ({error})") from error
    _good.add(sha256)


def check_stored(source: dict[str, Any], content: bytes | None) -> None:
    """Raises InvalidParameterValueException for an object of S3 that is not there."""
    if "S3Key" in source and not content:
        raise _refused(
            "Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The "
            "specified key does not exist."
        )


def unpack_code(content: bytes, directory: Path) -> None:
    """Unpack the code, unless somebody else does so meanwhile; raises what unpack_zip does."""
    if directory.exists():
        return
    directory.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(dir=directory.parent))
    try:
        unpack_zip(content, unfinished / "code", Budget(_LIMITS))
        (unfinished / "code").rename(directory)
    except OSError:
        if not directory.exists():
            raise
    finally:
        shutil.rmtree(unfinished)


def _refused(message: str) -> LambdaClientError:
    return LambdaClientError("InvalidParameterValueException", message)
