"""The record of the rows that have judged for an endpoint, which executions share."""

from __future__ import annotations

from dataclasses import dataclass

from tuning.aws.shared_document import Document, Overtaken, change_document
from tuning.data.s3_location import S3Location
from tuning.errors import EvaluationFailed
from tuning.evaluation.looks import take_look
from tuning.variables.judged_rows import JudgedRowsRecord, RowSketch
from tuning.variables.plan import Plan


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

        def add_look(found: Document) -> tuple[Document | None, int]:
            known = JudgedRowsRecord.parse(found)
            record, number = take_look(known, rows, self.execution, candidates)
            return (None if record is known else record.to_document()), number

        try:
            return change_document(self.place, add_look)
        except Overtaken as error:
            raise EvaluationFailed(
                f"How often test rows judge could not be counted: {error} Start a new execution."
            ) from error
