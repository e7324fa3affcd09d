"""A model package as a file: written where it was tuned, read and uploaded where it is to serve."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from preparation.description import FILE_NAME
from pydantic import ValidationError
from tuning.aws import objects
from tuning.data.s3_location import S3Location
from tuning.registry.model_package import ENDPOINT
from tuning.variables.imported_model import ARTEFACT, PACKAGE, ROWS, CarriedModel

from retune.aws import Aws
from retune.errors import InputError
from retune.packages.approved import ApprovedModel

_FILES = (ARTEFACT, ROWS, FILE_NAME, PACKAGE)
_PART = 1024 * 1024
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)  # while it is read


def write_package(model: ApprovedModel, file: Path) -> CarriedModel:
    """Writes the file anew, whole or not at all."""
    unfinished = file.with_suffix(file.suffix + ".part")
    try:
        carried = _write(model, unfinished)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return carried


def _write(model: ApprovedModel, file: Path) -> CarriedModel:
    """The artefact goes through it in parts, however large."""
    with zipfile.ZipFile(file, "w") as archive:
        with archive.open(ARTEFACT, "w", force_zip64=True) as target:
            digest = _copy(objects.open_object(model.artefact), target)
        carried = _carried(model, digest)
        archive.writestr(PACKAGE, carried.model_dump_json(by_alias=True, exclude_none=True))
        archive.writestr(ROWS, model.rows)
        description = model.description
        if description is not None:
            archive.writestr(FILE_NAME, description)
    return carried


def read_package(file: Path) -> CarriedModel:
    """Raises InputError when `retune package` has not written it, or it has changed since."""
    with _opened(file) as archive:
        missing = {PACKAGE, ARTEFACT, ROWS} - set(archive.namelist())
        if missing:
            raise _foreign(file, f"it has no {', '.join(sorted(missing))}")
        try:
            carried = CarriedModel.model_validate_json(archive.read(PACKAGE))
        except ValidationError as error:
            raise _foreign(file, f"its {PACKAGE} says something else") from error
        with archive.open(ARTEFACT) as artefact:
            digest = _digest(artefact)
    if digest != carried.artefact_sha256:
        raise InputError(
            f"{file}: {ARTEFACT} is not the one that was packed: its SHA-256 is {digest}, and "
            f"{PACKAGE} says {carried.artefact_sha256}. Write it anew: retune package."
        )
    return carried


@contextmanager
def uploaded(aws: Aws, file: Path, folder: S3Location) -> Iterator[None]:
    """Puts its files into a folder of the data bucket, and takes them away again if what follows
    fails: then no execution was started that would use them.

    Raises InputError when a model is there: an endpoint may read it whenever it starts an instance.
    """
    s3 = aws.client("s3")
    found = s3.list_objects_v2(Bucket=folder.bucket, Prefix=folder.key, MaxKeys=1)
    if found["KeyCount"]:
        raise InputError(
            f"{folder} holds the model of another import, which may serve. Choose another --name, "
            "or leave it out."
        )
    try:
        with _opened(file) as archive:
            for name in _FILES:
                if name in archive.namelist():
                    with archive.open(name) as content:
                        s3.upload_fileobj(content, folder.bucket, folder.key + name)
        yield
    except BaseException:
        keys = [{"Key": folder.key + name} for name in _FILES]
        s3.delete_objects(Bucket=folder.bucket, Delete={"Objects": keys, "Quiet": True})
        raise


def _carried(model: ApprovedModel, digest: str) -> CarriedModel:
    package, samples = model.package, model.plan.samples
    return CarriedModel(
        model_package_arn=package["ModelPackageArn"],
        approval_description=package.get("ApprovalDescription", ""),
        endpoint_name=package["CustomerMetadataProperties"][ENDPOINT],
        artefact_sha256=digest,
        content_type=samples.content_type,
        accept=samples.accept,
        winner=model.winner,
        interface=model.plan.interface,
    )


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(file)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.") from error
    except zipfile.BadZipFile as error:
        raise _foreign(file, "it is no archive") from error
    with archive:
        try:
            yield archive
        except _BROKEN as error:
            raise _foreign(file, f"it is broken: {error}") from error


def _foreign(file: Path, reason: str) -> InputError:
    return InputError(f"{file} is not what `retune package` writes: {reason}.")


def _copy(source: Any, target: IO[bytes]) -> str:
    """Returns the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    while part := source.read(_PART):
        digest.update(part)
        target.write(part)
    return digest.hexdigest()


def _digest(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while part := content.read(_PART):
        digest.update(part)
    return digest.hexdigest()
