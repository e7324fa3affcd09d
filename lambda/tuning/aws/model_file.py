"""A file of a model's artefact."""

from __future__ import annotations

import tarfile
import zlib
from pathlib import PurePosixPath

from tuning.aws import objects
from tuning.data.s3_location import S3Location


def read_model_file(artefact: S3Location, name: str, max_bytes: int) -> bytes:
    """The file of a model.tar.gz, which is not unpacked.

    Raises:
        ValueError: in a sentence: there is none, it is too large, or the artefact is damaged.
        MissingData: the artefact is gone, or may not be read.
    """
    try:
        with tarfile.open(fileobj=objects.open_object(artefact), mode="r|gz") as archive:
            for member in archive:
                if member.isfile() and PurePosixPath(member.name).name == name:
                    if member.size > max_bytes:
                        raise ValueError(f"It has {member.size:,} bytes, more than are read.")
                    file = archive.extractfile(member)
                    assert file is not None, "it is a file"
                    return file.read()
    except (tarfile.TarError, zlib.error, EOFError, OSError) as error:
        raise ValueError(f"Its model.tar.gz cannot be read: {error}.") from error
    raise ValueError(f"Its model.tar.gz has no file {name}.")
