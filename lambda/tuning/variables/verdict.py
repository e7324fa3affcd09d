"""$verdict: whether the candidate is promoted, and what that rests on. Also verdict.json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from tuning.request_types import ObjectiveType
from tuning.variables.answers import Answers
from tuning.variables.variable import Variable

Decision = Literal["Promote", "Keep"]


class DataObject(Variable):
    """An object of the test channel in the state in which models were scored on it."""

    key: str
    e_tag: str
    version_id: str | None = None  # where its bucket keeps versions


class DataVersion(Variable):
    """A state of the test channel: a digest of all its objects, and the first of them."""

    uri: str
    digest: str  # 16 hex digits
    objects: tuple[DataObject, ...]


class ModelScore(Variable):
    """A model and its metrics on the test channel."""

    model_name: str
    score: float  # of the metric that decides
    metrics: dict[str, float]
    answers: Answers | None = None


class ChampionScore(Variable):
    """What served before. `failure` says why it has no score; it may name no model at all."""

    endpoint_config_name: str
    model_name: str | None = None
    score: float | None = None
    metrics: dict[str, float] | None = None
    answers: Answers | None = None
    failure: str | None = None


class Guardrail(Variable):
    """A metric that must not become worse for sure by more than a share of the champion's value.

    `improvement` is negative when the candidate is worse; so are both bounds of `interval` when
    that is sure.
    """

    metric_name: str
    tolerance: float  # a share of the champion's value
    candidate: float
    champion: float
    improvement: float
    interval: tuple[float, float]  # its bounds hold with 95 % confidence each, or with `level`
    broken: bool


class SliceGuardrail(Guardrail):
    """The same for a group of rows: those with one value in a column of the test channel."""

    slice: str  # the column, in the input's words
    group: str  # the column and the value
    rows: int
    level: float  # confidence of the bounds, which all groups share


class Unproven(Variable):
    """The verdict of a run without a test channel: as tuning found it."""

    held_out: Literal[False] = False
    decision: Decision
    reason: str


class Proven(Variable):
    """The verdict on models that were scored on the test channel.

    `improvement` and what follows are there when the champion has a score; positive is better.
    """

    held_out: Literal[True] = True
    decision: Decision
    reason: str
    metric_name: str  # an Autopilot metric, such as AUC
    type: ObjectiveType
    margin: float  # that the improvement must be above
    confidence: float | None = None  # asked for, of all candidates that the same rows judge
    rows: int
    candidate: ModelScore
    champion: ChampionScore | None = None  # None when there is no endpoint yet
    improvement: float | None = None
    interval: tuple[float, float] | None = None
    interval_confidence: float | None = None  # that the improvement lies between both bounds
    look: int | None = None  # the candidate's number among those that these rows have judged
    level: float | None = None  # confidence that its number asks for, one-sided
    guardrails: tuple[Guardrail, ...] = ()
    slices: tuple[SliceGuardrail, ...] = ()
    slice_coverage: tuple[str, ...] = ()  # how many groups and rows of each slice these are
    data_version: DataVersion


Verdict = Annotated[Unproven | Proven, Field(discriminator="held_out")]
_VERDICT: TypeAdapter[Unproven | Proven] = TypeAdapter(Verdict)


def parse_verdict(document: Mapping[str, Any]) -> Unproven | Proven:
    """From the payload of a task."""
    return _VERDICT.validate_python(document)
