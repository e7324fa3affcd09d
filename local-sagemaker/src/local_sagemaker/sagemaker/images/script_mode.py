"""Script mode: an image that is given code, which lies in S3.

On AWS the toolkit in the container fetches the code, unless there is some in /opt/ml/code already.
Here many could not: the boto3 of older images knows no AWS_ENDPOINT_URL and would ask the real S3,
and a serving container does not see this machine. So the code is there before they start.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from local_sagemaker.sagemaker.archives import UnpackError, unpack, unpack_archive
from local_sagemaker.sagemaker.s3_location import S3Location

# What the SageMaker SDKs set for a script: hyperparameters of training, environment of serving.
_HYPERPARAMETERS = ("sagemaker_program", "sagemaker_submit_directory")
_VARIABLES = ("SAGEMAKER_PROGRAM", "SAGEMAKER_SUBMIT_DIRECTORY")


CODE = "code"  # below /opt/ml


class CodeMissing(Exception):
    """The message names the place of the code and says why it cannot be read, or cannot run."""


def has_script(environment: Mapping[str, str], hyperparameters: Mapping[str, Any]) -> bool:
    """Whether a container is given code of somebody's own."""
    return any(name in environment for name in _VARIABLES) or any(
        name in hyperparameters for name in _HYPERPARAMETERS
    )


def bring_code(s3: Any, submit_directory: str, ml_root: Path) -> None:
    """Unpack the archive that `submit_directory` names into the container's /opt/ml/code.

    The SDKs write the value of the hyperparameter as JSON, that of the variable as it is. A place
    that is not in S3 is in the container.

    Raises:
        CodeMissing: there is no such archive.
    """
    place = submit_directory.strip('"')
    if not place.startswith("s3://"):
        return
    location = S3Location.parse(place)
    try:
        unpack(s3, location, ml_root / CODE)
    except UnpackError as fault:
        raise CodeMissing(
            f"The code at {place} (sagemaker_submit_directory) cannot be read as a tar.gz: {fault}"
        ) from fault


def unpack_local(archive: Path, ml_root: Path) -> Path:
    """Unpack an archive that is in the container already, as a channel brings it; the folder.

    Raises:
        CodeMissing: it is none.
    """
    try:
        with archive.open("rb") as content:
            unpack_archive(content, ml_root / CODE)
    except UnpackError as fault:
        raise CodeMissing(f"{archive.name} cannot be read as a tar.gz: {fault}") from fault
    return ml_root / CODE
