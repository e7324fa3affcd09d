"""The description of a table that `retune prepare` has made channels of, beside the train channel.

It lies in the folder above the channel's, where the same command has written both, so that data and
description cannot be mixed up by an input. Who writes other channels there and forgets the
description is told: its features are held against the rows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn, Protocol

from preparation.description import FILE_NAME, Description

from tuning.data.csv_sample import csv_rows
from tuning.data.data_format import DataFormat
from tuning.data.feature_columns import bounded_names
from tuning.data.s3_location import S3Location
from tuning.errors import Fault, InvalidInput
from tuning.execution_input.channel import TRAIN, Channel
from tuning.execution_input.execution_input import ExecutionInput
from tuning.planning.described_rows import foreign_feature
from tuning.variables.interface import Encoding, Interface
from tuning.variables.plan import ReportPlace
from tuning.variables.table_description import TableDescription

ROW_BYTES = 25_000  # of the beginning of an object, whose rows are held against the description


class DescriptionReader(Protocol):
    """Reads S3; the module tuning.aws.objects is one."""

    def read_beside_data(self, location: S3Location) -> str | None: ...


@dataclass(frozen=True)
class PreparedTable:
    """What a description says that was found at a `place`, and where the run keeps a copy.

    `field` is that of the channel beside it.
    """

    place: S3Location
    description: Description
    field: str
    kept: S3Location

    def interface(self, interface: Interface) -> Interface:
        """With the features' names.

        Raises:
            InvalidInput: the channels have another number of columns than the description.
        """
        features, columns = self.description.features, interface.feature_columns
        if columns is not None and columns != len(features):
            self._refuse(
                f"It describes rows of {len(features)} features, and those of the channel have "
                f"{columns}"
            )
        names = bounded_names(tuple(features))
        encoding = Encoding(digest=self._digest, description=str(self.kept))
        return interface.model_copy(update={"column_names": names, "encoding": encoding})

    def check_rows(self, start: bytes, others: int) -> None:
        """Of an object of the channels, whose rows have as many features as the description, and so
        many columns before them.

        Raises:
            InvalidInput: a feature holds what its encoding never gives.
        """
        foreign = foreign_feature(self.description, [row[others:] for row in csv_rows(start)])
        if foreign is not None:
            self._refuse(f"Rows of the channel hold in {foreign!r} what it never gives")

    def _refuse(self, rule: str) -> NoReturn:
        fix = "Prepare the table again, or delete the file if the rows are right without it."
        rule = f"{rule}: the channels were not made with it."
        raise InvalidInput([Fault(self.field, str(self.place), rule, fix)])

    @property
    def _digest(self) -> str:
        """Equal for descriptions by which a row has the same features, and a class its number."""
        document = self.description.to_document()
        said = [document[part] for part in ("columns", "missing", "label")]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    @property
    def table_description(self) -> TableDescription:
        """As the plan tells it."""
        return TableDescription(source=str(self.place), kept=str(self.kept))


def find_prepared_table(
    run: ExecutionInput,
    channels: Mapping[str, Channel],
    data: DescriptionReader,
    report: ReportPlace,
    field: str,
) -> PreparedTable | None:
    """Of the channels that a model is trained on; None where no description lies beside them.

    `report` is where the run keeps its copy.

    Raises:
        InvalidInput: what lies there is none, or of another version.
        MissingData: it may not be read.
    """
    place = _place(run, channels.get(TRAIN))
    text = data.read_beside_data(place) if place else None
    if place is None or text is None:
        return None
    own_field = f"{field}.{TRAIN}"
    try:
        description = Description.from_json(text)
    except ValueError as fault:
        rule, _, fix = str(fault).partition(". ")
        raise InvalidInput([Fault(own_field, str(place), f"{rule}.", fix)]) from fault
    return PreparedTable(place, description, own_field, report.file(FILE_NAME))


def _place(run: ExecutionInput, train: Channel | None) -> S3Location | None:
    """`retune prepare` writes CSV, a folder for each channel."""
    is_csv = DataFormat.of(run.content_type) is DataFormat.CSV
    if run.algorithm_specification or not is_csv or train is None:
        return None
    channel = S3Location.of(train.s3_uri)
    folder = channel.key.rstrip("/").rpartition("/")[0]
    if train.s3_data_type != "S3Prefix" or not channel.key.endswith("/"):
        return None
    return S3Location(channel.bucket, f"{folder}/{FILE_NAME}" if folder else FILE_NAME)
