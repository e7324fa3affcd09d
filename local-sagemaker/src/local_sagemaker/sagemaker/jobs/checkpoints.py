"""Checkpoints of a training job: its directory in the container, kept in S3 between jobs.

SageMaker copies the directory all the time; here it is fetched before the container starts and
stored when it has ended, which is the same for everyone but an observer.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from local_sagemaker.files.foreign_names import is_within
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.images.container_paths import inside, is_below_opt_ml
from local_sagemaker.sagemaker.jobs.channels import download_prefix
from local_sagemaker.sagemaker.jobs.transfer import IN_THIS_THREAD, transfer
from local_sagemaker.sagemaker.s3_location import S3Location

DEFAULT_PATH = "/opt/ml/checkpoints"


def check_checkpoints(config: dict[str, Any]) -> None:
    """Refuse a directory that a process of this machine cannot have.

    Raises:
        ValidationException: LocalPath is outside /opt/ml, or S3Uri is no S3 URI.
    """
    S3Location.parse(config["S3Uri"])
    path = config.get("LocalPath", DEFAULT_PATH)
    if not is_below_opt_ml(path):
        raise ValidationException(
            f"CheckpointConfig.LocalPath '{path}': local AWS keeps checkpoints below /opt/ml; "
            f"leave it out for {DEFAULT_PATH}."
        )


def restore(s3: Any, config: dict[str, Any], ml_root: Path, wanted: Callable[[], bool]) -> None:
    """Bring what an earlier job left under S3Uri into the directory, as long as it is wanted.

    Raises TransferFailed.
    """
    directory = _directory(config, ml_root)
    directory.mkdir(parents=True, exist_ok=True)
    with transfer("Checkpoint download", config["S3Uri"]):
        location = S3Location.parse(config["S3Uri"].rstrip("/") + "/")
        download_prefix(s3, location, directory, wanted)


def store(s3: Any, config: dict[str, Any], ml_root: Path) -> None:
    """Put every file of the directory under S3Uri; raises TransferFailed."""
    directory = _directory(config, ml_root)
    location = S3Location.parse(config["S3Uri"].rstrip("/"))
    for path in sorted(directory.rglob("*")):
        if path.is_file() and is_within(path, directory):
            target = location / path.relative_to(directory).as_posix()
            with transfer("Checkpoint upload", str(target)):
                s3.upload_file(str(path), target.bucket, target.key, Config=IN_THIS_THREAD)


def _directory(config: dict[str, Any], ml_root: Path) -> Path:
    return inside(ml_root, config.get("LocalPath", DEFAULT_PATH))
