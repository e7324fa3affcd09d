"""The documents that an execution keeps in the data bucket, for itself and for its recovery."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tuning.aws import gateway
from tuning.data.s3_location import S3Location
from tuning.report.files import as_json

PLAN = "plan.json"  # written by PlanTuning, when the plan is whole


@dataclass(frozen=True)
class RunFolder:
    """The folder `runs/<execution name>/` of the data bucket; `prefix` ends with a slash."""

    bucket: str
    prefix: str

    @classmethod
    def of(cls, plan: Mapping[str, Any]) -> RunFolder:
        """The folder that a plan names as the place of its report."""
        return cls(plan["Report"]["Bucket"], plan["Report"]["Prefix"])

    def read(self, file: str) -> dict[str, Any] | None:
        """The JSON object in a file, or None when nobody has written it.

        Needs s3:ListBucket: without it, S3 denies what is not there.
        """
        text = gateway.read_if_there(self._location(file))
        return None if text is None else dict(json.loads(text))

    def write(self, file: str, document: Mapping[str, Any]) -> None:
        """Puts a file in place of what lies there."""
        gateway.write_object(self._location(file), as_json(document), "application/json")

    def _location(self, file: str) -> S3Location:
        return S3Location(self.bucket, self.prefix + file)
