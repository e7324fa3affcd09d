"""The test channel: its labels, the predictions of models, and which state of the data it was."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import numpy as np

from tuning.data.data_format import DataFormat
from tuning.data.recordio import Readable, read_records
from tuning.data.s3_location import ChannelObject, S3Location
from tuning.data.table_row import without_mark
from tuning.errors import EvaluationFailed
from tuning.evaluation.losses import Array
from tuning.evaluation.predictions import as_array, read_labels
from tuning.evaluation.queries import RowQueries
from tuning.evaluation.row_columns import RowColumns
from tuning.evaluation.row_sketch import RowHashes
from tuning.evaluation.transform_output import output_of, read_predictions
from tuning.variables.evaluation_plan import EvaluationPlan
from tuning.variables.judged_rows import RowSketch
from tuning.variables.verdict import DataObject, DataVersion

LISTED = 100  # objects that a verdict lists with their versions


class ObjectReader(Protocol):
    """Reads S3; the module tuning.aws.objects is one."""

    def list_channel(self, location: S3Location) -> list[ChannelObject]: ...

    def read_lines(self, location: S3Location) -> Iterator[bytes]: ...

    def open_object(self, location: S3Location) -> Readable: ...

    def version_of(self, location: S3Location) -> str | None: ...


@dataclass(frozen=True)
class HeldOutData:
    """The objects of the channel, and of all their rows, in key order, labels and asked columns.

    `sketch` tells which rows they are. Of a ranking, `queries` number the query of each row, and
    models were given the `copies` of the objects.
    """

    place: S3Location
    objects: list[ChannelObject]
    labels: Array
    sketch: RowSketch
    columns: Mapping[int, Array]
    queries: Array | None = None
    copies: Sequence[ChannelObject] = ()

    @classmethod
    def read(
        cls, evaluation: EvaluationPlan, reader: ObjectReader, columns: Iterable[int] = ()
    ) -> HeldOutData:
        """With these columns of the rows. Raises EvaluationFailed when no row has a label."""
        uri, copies = evaluation.test_channel, evaluation.rows_without_queries
        place = S3Location.of(uri)
        data_format = DataFormat(evaluation.transform_input["ContentType"])
        objects, asked = reader.list_channel(place), RowColumns(columns, data_format)
        reading = _Reading(reader, data_format, asked, RowQueries() if copies else None)
        labels = array("d")
        for entry in objects:
            labels.extend(reading.labels(S3Location(place.bucket, entry.key)))
        if not labels:
            raise EvaluationFailed(f"There are no rows in the test channel, {uri}.")
        return cls(
            place,
            objects,
            np.asarray(labels),
            reading.hashes.sketch(),
            asked.values(),
            reading.queries.values() if reading.queries else None,
            reader.list_channel(S3Location.of(copies)) if copies else (),
        )

    def check_unchanged_since(self, time: str) -> None:
        """Raises EvaluationFailed when an object was written after this time (ISO 8601).

        The labels must belong to the rows that the models have scored.
        """
        since = min([datetime.fromisoformat(time), *(copy.modified for copy in self.copies)])
        changed = [entry.key for entry in self.objects if entry.modified > since]
        if changed:
            raise EvaluationFailed(
                f"{changed[0]} of the test channel was written while models were scored on it. "
                "Start a new execution."
            )

    def predictions(self, output: str, reader: ObjectReader) -> Array:
        """A transform job's predictions of all rows; `output` is the S3 prefix it wrote to.

        Raises ValueError with a sentence when they are not one finite prediction a row.
        """
        target = S3Location.of(output)
        lines = (
            line.decode()
            for entry in self.objects
            for line in reader.read_lines(output_of(entry, self.place, target))
        )
        return as_array(read_predictions(lines), len(self.labels))

    def data_version(self, reader: ObjectReader) -> DataVersion:
        """Names this state of the data."""
        objects = (
            DataObject(
                key=entry.key,
                e_tag=entry.etag,
                version_id=reader.version_of(S3Location(self.place.bucket, entry.key)),
            )
            for entry in self.objects[:LISTED]
        )
        lines = "\n".join(f"{entry.key} {entry.etag}" for entry in self.objects)
        digest = hashlib.sha256(lines.encode()).hexdigest()[:16]
        return DataVersion(uri=str(self.place), digest=digest, objects=tuple(objects))


@dataclass(frozen=True)
class _Reading:
    """Reads rows once, and keeps of them what is asked for."""

    reader: ObjectReader
    data_format: DataFormat
    columns: RowColumns
    queries: RowQueries | None
    hashes: RowHashes = field(default_factory=RowHashes)

    def labels(self, place: S3Location) -> Iterator[float]:
        """Of an object's rows."""
        if self.data_format is DataFormat.RECORDIO:
            yield from self._labels_of_records(place)
            return
        lines = self.hashes.of(without_mark(self.reader.read_lines(place)))
        lines = self.columns.of(lines, str(place))
        if self.queries:
            lines = self.queries.of(lines, str(place))
        yield from read_labels(lines, self.data_format, str(place))

    def _labels_of_records(self, place: S3Location) -> Iterator[float]:
        try:
            for record in read_records(self.reader.open_object(place)):
                self.hashes.add(record.content)
                yield record.label
        except ValueError as fault:
            raise EvaluationFailed(f"{place} of the test channel: {fault}.") from fault
