"""Unpacks the tar.gz objects of S3 that hold a model or a script."""

from __future__ import annotations

import tarfile
from pathlib import Path
from typing import Any

from local_sagemaker.sagemaker.s3_location import S3Location


def unpack(s3: Any, location: S3Location, directory: Path) -> None:
    """Unpack an archive below a directory.

    From Python 3.11.4 on nothing is written outside of it; before, the archive is trusted.

    Raises:
        ClientError: there is no such object.
        tarfile.TarError, OSError: it is no tar.gz.
    """
    body = s3.get_object(Bucket=location.bucket, Key=location.key)["Body"]
    with tarfile.open(fileobj=body, mode="r|gz") as archive:
        # Debian 12 has Python 3.11.2, which knows no filters.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(directory)
