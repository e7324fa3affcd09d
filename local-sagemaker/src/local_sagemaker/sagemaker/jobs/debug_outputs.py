"""What SageMaker Debugger's hook leaves in a container, on its way to S3.

SageMaker copies it all the time; here it goes to S3 when the container has ended, which is the same
for everyone but an observer.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from local_sagemaker.containers.debugger.hook_settings import DEFAULT_PATH
from local_sagemaker.files.foreign_names import is_within
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.images.container_paths import inside, is_below_opt_ml
from local_sagemaker.sagemaker.images.image import Image, ProcessImage
from local_sagemaker.sagemaker.jobs.transfer import IN_THIS_THREAD, transfer
from local_sagemaker.sagemaker.s3_location import S3Location

# The member of a request, where the container writes without LocalPath, the folder in S3.
_OUTPUTS = (
    ("DebugHookConfig", DEFAULT_PATH, "debug-output"),
    ("TensorBoardOutputConfig", "/opt/ml/output/tensorboard", "tensorboard-output"),
)
_JOB_ENDED = "training_job_end.ts"  # after which a reader waits for no more steps
_UNFINISHED = ".tmp"


def check_outputs(request: Document, image: Image) -> None:
    """Refuse a directory that a process of this machine cannot have, and what nobody would write.

    Raises:
        ValidationException: LocalPath is outside /opt/ml, S3OutputPath is no S3 URI, or a built-in
            algorithm is asked for TensorBoard's files.
    """
    if "TensorBoardOutputConfig" in request and isinstance(image, ProcessImage):
        raise ValidationException(
            "TensorBoardOutputConfig: the built-in algorithms of local AWS write no files for "
            "TensorBoard; leave it out here."
        )
    for member, config, _ in _asked(request):
        S3Location.parse(config["S3OutputPath"])
        if not is_below_opt_ml(config["LocalPath"]):
            raise ValidationException(
                f"{member}.LocalPath '{config['LocalPath']}': local AWS has what a container "
                "writes below /opt/ml; leave it out for the usual path."
            )


def container_configs(request: Document) -> dict[str, Document]:
    """What the container finds of it, by the names of files: debughookconfig, ..."""
    return {member.lower(): config for member, config, _ in _asked(request)}


def debug_directory(request: Document, ml_root: Path) -> Path | None:
    """Where a job that asks for the hook has its tensors."""
    found = [config for member, config, _ in _asked(request) if member == "DebugHookConfig"]
    return inside(ml_root, found[0]["LocalPath"]) if found else None


def store_outputs(s3: Any, request: Document, ml_root: Path) -> None:
    """Put everything to <S3OutputPath>/<job>/debug-output or tensorboard-output.

    Raises TransferFailed.
    """
    for member, config, folder in _asked(request):
        directory = inside(ml_root, config["LocalPath"])
        location = S3Location.parse(config["S3OutputPath"]) / request["TrainingJobName"] / folder
        with transfer(f"{member} upload", str(location)):
            for path in _files(directory):
                target = location / path.relative_to(directory).as_posix()
                s3.upload_file(str(path), target.bucket, target.key, Config=IN_THIS_THREAD)
            if member == "DebugHookConfig":
                end = location / _JOB_ENDED
                s3.put_object(Bucket=end.bucket, Key=end.key, Body=b"")


def _asked(request: Document) -> Iterator[tuple[str, Document, str]]:
    for member, path, folder in _OUTPUTS:
        if member in request:
            yield member, {"LocalPath": path, **request[member]}, folder


def _files(directory: Path) -> list[Path]:
    return [
        path
        for path in sorted(directory.rglob("*"))
        if path.is_file() and path.suffix != _UNFINISHED and is_within(path, directory)
    ]
