"""Packs what a container leaves behind and puts it into S3."""

from __future__ import annotations

import tarfile
import tempfile
from pathlib import Path
from typing import Any

from local_sagemaker.sagemaker.jobs.transfer import IN_THIS_THREAD, transfer
from local_sagemaker.sagemaker.s3_location import S3Location


def output_location(output_path: str, job_name: str) -> S3Location:
    """Where a training job puts its archives: <S3OutputPath>/<job>/output."""
    return S3Location.parse(output_path) / job_name / "output"


def upload_archive(client: Any, directory: Path, location: S3Location) -> None:
    """Upload a directory's content as a .tar.gz whose members have no leading directory.

    Raises:
        TransferFailed: there is no such bucket, or no permission.
    """
    with tempfile.TemporaryFile() as file:
        with tarfile.open(fileobj=file, mode="w:gz") as archive:
            for path in sorted(directory.iterdir()):
                archive.add(path, arcname=path.name)
        file.seek(0)
        with transfer("Artifact upload", str(location)):
            client.upload_fileobj(file, location.bucket, location.key, Config=IN_THIS_THREAD)


def is_empty(directory: Path) -> bool:
    return not any(directory.iterdir())
