"""The package that `retune import` has brought, in the folder that an execution names."""

from __future__ import annotations

import hashlib
import re
from typing import Any, Protocol

from tuning.data.s3_location import S3Location
from tuning.errors import Fault, InvalidInput, MissingData
from tuning.names import import_folder
from tuning.variables.imported_model import ARTEFACT, PACKAGE, CarriedModel
from tuning.variables.plan import Plan

FIELD = "Import.S3Uri"
_BRING = "Bring it with: retune import FILE."
_BROUGHT = re.compile(import_folder("[^/]+"))
_PART_BYTES = 1024 * 1024


class FileReader(Protocol):
    """Reads S3; the module tuning.aws.objects is one."""

    def read_text(self, location: S3Location) -> str: ...

    def open_object(self, location: S3Location) -> Any: ...


def read_package(folder: S3Location, bucket: str, files: FileReader) -> CarriedModel:
    """What it says of its model. Raises InvalidInput when the folder or the file is not right."""
    _check_place(folder, bucket)
    place = S3Location(folder.bucket, folder.key + PACKAGE)
    try:
        return CarriedModel.model_validate_json(files.read_text(place))
    except MissingData as error:
        rule = f"There is no {PACKAGE} that can be read: {error}"
        raise InvalidInput([Fault(FIELD, str(folder), rule, _BRING)]) from error
    except ValueError as error:
        rule = f"{PACKAGE} is not what `retune package` writes."
        raise InvalidInput([Fault(FIELD, str(folder), rule, _BRING)]) from error


def check_artefact(plan: Plan, files: FileReader) -> None:
    """Reads it once, in parts. Raises InvalidInput when it is not the one that was approved."""
    assert plan.imported is not None, "a plan of plan_import"
    place = S3Location.of(plan.imported.winner.model_data_url)
    digest, body = hashlib.sha256(), files.open_object(place)
    while part := body.read(_PART_BYTES):
        digest.update(part)
    if digest.hexdigest() != plan.imported.artefact_sha256:
        rule = (
            f"{ARTEFACT} is not the one that was approved: its SHA-256 is {digest.hexdigest()}, "
            f"and {PACKAGE} says {plan.imported.artefact_sha256}."
        )
        folder = str(place).removesuffix(ARTEFACT)
        raise InvalidInput([Fault(FIELD, folder, rule, f"Find out who has written it. {_BRING}")])


def _check_place(folder: S3Location, bucket: str) -> None:
    """What a container has written must not pass for a model that a person has approved."""
    if folder.bucket != bucket or not _BROUGHT.fullmatch(folder.key):
        rule = f"A model is brought to s3://{bucket}/{import_folder('<execution>')} alone."
        raise InvalidInput([Fault(FIELD, str(folder), rule, _BRING)])
