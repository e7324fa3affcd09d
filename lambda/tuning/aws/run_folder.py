"""The documents that an execution keeps in the data bucket, for itself and for its recovery."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tuning.aws import objects
from tuning.data.s3_location import S3Location
from tuning.report.files import as_json
from tuning.variables.plan import Plan

PLAN = "plan.json"  # written by PlanTuning, when the plan is whole
VERDICT = "verdict.json"  # written by Decide


@dataclass(frozen=True)
class RunFolder:
    """The folder `runs/<execution name>/` of the data bucket; `prefix` ends with a slash."""

    bucket: str
    prefix: str

    @classmethod
    def of(cls, plan: Plan) -> RunFolder:
        """The folder of the execution that a plan is for."""
        return cls(plan.report.bucket, plan.report.prefix)

    def read(self, file: str, since: datetime | None = None) -> dict[str, Any] | None:
        """The JSON object in a file, or None when nobody has written it, or not `since` then.

        Needs s3:ListBucket: without it, S3 denies what is not there.
        """
        text = objects.read_if_there(self._location(file), since)
        return None if text is None else dict(json.loads(text))

    def write(self, file: str, document: Mapping[str, Any]) -> None:
        """Puts a file in place of what lies there."""
        objects.write_object(self._location(file), as_json(document), "application/json")

    def create(self, file: str, document: Mapping[str, Any]) -> bool:
        """Puts a file where none lies; False when somebody else was faster."""
        return objects.create_object(self._location(file), as_json(document), "application/json")

    def _location(self, file: str) -> S3Location:
        return S3Location(self.bucket, self.prefix + file)
