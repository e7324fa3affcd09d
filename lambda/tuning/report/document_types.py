"""report.json: the types of the document that the charts and the table of the page are made from.

Keys are in PascalCase, numbers are JSON numbers, values of hyperparameters are texts as SageMaker
has them, times are ISO 8601 with a zone, and what is not known is null.
`python -m tuning.report.document_types` writes docs/report.schema.json.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic.alias_generators import to_pascal

from tuning.request_types import ObjectiveType
from tuning.visible import visible

PATH = Path(__file__).parents[3] / "docs" / "report.schema.json"
VERSION: Literal[1] = 1

Text = Annotated[str, AfterValidator(visible)]  # anybody's: characters without a picture are shown
Scaling = Literal["Linear", "Logarithmic", "ReverseLogarithmic"]


class Part(BaseModel):
    """A part of the document."""

    model_config = ConfigDict(alias_generator=to_pascal, validate_by_name=True, frozen=True)


class MetricPart(Part):
    """What tuning improves, such as validation:auc."""

    name: Text
    type: ObjectiveType


class TuningJobPart(Part):
    """A tuning job; `is_parent` of one whose trials another began with."""

    name: Text
    status: str
    strategy: str
    created: datetime
    ended: datetime | None
    max_jobs: int | None  # that were asked for
    max_parallel: int | None
    is_parent: bool
    why_it_ended: Text | None  # a sentence; None while it goes on


class RangePart(Part):
    """What was searched of a hyperparameter; a categorical one has `values` alone."""

    name: Text
    kind: Literal["Continuous", "Integer", "Categorical"]
    min: float | None = None
    max: float | None = None
    scaling: Scaling | None = None
    values: tuple[Text, ...] | None = None


class CurvePart(Part):
    """A metric while a job trained: points of the step, from 1, and the value."""

    metric: Text
    points: tuple[tuple[int, float], ...]


class JobPart(Part):
    """A training job. `number` is its place in the order of creation, `rank` 1 is the best."""

    name: Text
    label: Text  # the name without the tuning job's
    tuning_job: Text
    definition: Text | None
    number: int
    rank: int | None
    status: str
    early_stopped: bool
    value: float | None
    created: datetime
    started: datetime | None
    ended: datetime | None
    seconds: int | None
    billable_seconds: int | None
    hyper_parameters: dict[Text, Text]
    failure_reason: Text | None
    log_command: Text
    log_url: str | None
    curve: CurvePart | None


class BaselinePart(Part):
    """What the best is compared with."""

    label: str
    value: float
    job: Text | None


class NoisePart(Part):
    """How much the metric differs between training jobs that were given the same."""

    standard_deviation: float
    groups: int
    jobs: int


class SharePart(Part):
    """A hyperparameter's share of what decides, and the middle 90 % of it in resampled trials."""

    name: Text
    share: float
    low: float
    high: float


class ImportancePart(Part):
    """Shares that add up to 1, the greatest first."""

    evaluator: str
    shares: tuple[SharePart, ...]


class CurvesPart(Part):
    """Of how many jobs there are learning curves; `left_out` trained too and have none."""

    shown: int
    left_out: int
    unit: str
    note: Text | None = None  # why there are none, or fewer


class ReportDocument(Part):
    """report.json."""

    version: Literal[1] = VERSION
    title: Text
    live: bool  # while a tuning job runs
    metric: MetricPart
    tuning_jobs: tuple[TuningJobPart, ...]
    ranges: tuple[RangePart, ...]
    jobs: tuple[JobPart, ...]
    best: Text | None
    deployed: Text | None
    baseline: BaselinePart | None
    noise: NoisePart | None
    importance: tuple[ImportancePart, ...]
    importance_note: str | None
    pair: tuple[Text, Text] | None
    curves: CurvesPart

    def to_json(self) -> str:
        """As it lies in S3 and in the page."""
        return self.model_dump_json(by_alias=True)


def schema_text() -> str:
    """What docs/report.schema.json must hold."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **ReportDocument.model_json_schema(mode="serialization"),
    }
    return json.dumps(schema, indent=2) + "\n"


if __name__ == "__main__":
    PATH.write_text(schema_text())
