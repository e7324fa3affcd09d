"""The record of the rows that have judged for an endpoint, which executions share."""

from __future__ import annotations

import json
import random
import time
from dataclasses import dataclass

from tuning.aws import objects
from tuning.data.s3_location import S3Location
from tuning.errors import EvaluationFailed
from tuning.evaluation.looks import take_look
from tuning.report.files import as_json
from tuning.variables.judged_rows import JudgedRowsRecord, RowSketch
from tuning.variables.plan import Plan

_ATTEMPTS = 20


@dataclass(frozen=True)
class Looks:
    """`endpoints/<endpoint name>/looks.json` of the data bucket, for one execution."""

    place: S3Location
    execution: str  # its folder, which is its own

    @classmethod
    def of(cls, plan: Plan) -> Looks:
        """The record of the plan's endpoint."""
        key = f"endpoints/{plan.endpoint.endpoint_name}/looks.json"
        return cls(S3Location(plan.report.bucket, key), plan.report.prefix)

    def take(self, rows: RowSketch, candidates: int) -> int:
        """Records that these rows judge, and returns the number of the last candidate.

        Of executions that write at the same time none is lost: each writes only what follows from
        what it has read. Raises EvaluationFailed when others were always faster.
        """
        for _ in range(_ATTEMPTS):
            text, etag = objects.read_with_etag(self.place) or (None, None)
            found = JudgedRowsRecord.parse(json.loads(text)) if text else JudgedRowsRecord()
            record, number = take_look(found, rows, self.execution, candidates)
            content = as_json(record.to_document())
            if record is found or objects.replace_object(
                self.place, content, "application/json", etag
            ):
                return number
            time.sleep(random.uniform(0, 0.5))
        raise EvaluationFailed(
            f"{self.place}, which counts how often test rows judge, was written by other "
            f"executions each of the {_ATTEMPTS} times that this one tried. Start a new execution."
        )
