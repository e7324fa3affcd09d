"""Rows as a model takes them, of a ranking: without their queries.

A batch transform job sends rows as they lie, and XGBoost's server knows no qid. So a copy of the
test channel lies in the execution's folder, and is as old as the rows that models were given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from tuning.data.s3_location import ChannelObject, S3Location, below
from tuning.variables.evaluation_plan import EvaluationPlan

_QUERY = re.compile(rb" qid:\S+")


class ObjectWriter(Protocol):
    """Reads and writes S3; the module tuning.aws.objects is one."""

    def list_channel(self, location: S3Location) -> list[ChannelObject]: ...

    def read_lines(self, location: S3Location) -> Iterator[bytes]: ...

    def write_lines(self, location: S3Location, lines: Iterable[bytes]) -> None: ...


def copy_rows(evaluation: EvaluationPlan, objects: ObjectWriter) -> None:
    """Copies what has changed since it was copied; without a ranking nothing is to be done."""
    if evaluation.rows_without_queries is None:
        return
    source = S3Location.of(evaluation.test_channel)
    target = S3Location.of(evaluation.rows_without_queries)
    copied = {entry.key: entry.modified for entry in objects.list_channel(target)}
    for entry in objects.list_channel(source):
        key = target.key + below(entry.key, source)
        if key not in copied or copied[key] < entry.modified:
            lines = objects.read_lines(S3Location(source.bucket, entry.key))
            objects.write_lines(
                S3Location(target.bucket, key), (_QUERY.sub(b"", line, 1) for line in lines)
            )
