"""What ends an execution on purpose. The class name is the wire name that `ErrorEquals` matches.

    RetuneError
    ├── InvalidInput        the execution input cannot work; every fault is listed
    ├── MissingData         a channel has no data to read
    ├── NoUsableTrial       tuning ended without a training job that can be deployed
    ├── TuningStopped       somebody stopped the tuning job before there was one
    ├── TuningTimedOut      the tuning job's time was over before there was one
    ├── TuningFailed        RunTuning failed; the message is the cause that it was given
    ├── EvaluationFailed    the models could not be scored on the test channel
    ├── EndpointBusy        the endpoint was changing for too long before it could be touched
    ├── EndpointFailed      the endpoint is in a state that it does not serve in
    ├── EndpointTimedOut    the endpoint did not settle on the new config in time
    ├── EndpointRolledBack  SageMaker went back to the config that served before
    ├── EndpointSuperseded  the endpoint serves a config of somebody else
    ├── EndpointDeleted     somebody has deleted the endpoint while the execution ran
    ├── EndpointUnhealthy   the endpoint is in service but does not answer as it must
    └── ExecutionRedriven   an execution that is to be recovered runs again

Each message is for the person who started the execution: it names what was wrong and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tuning.shown import shown, shown_field

MAX_VALUE_LENGTH = 200  # characters of a value, or of a field's name, that a message repeats
MAX_SENTENCE_LENGTH = 1000  # characters of a rule or a fix, which may list what is known
MAX_FAULTS = 20  # that a message lists
MAX_MESSAGE_LENGTH = 8000  # characters: it goes through states, logs and mails


class RetuneError(Exception):
    """Base of every error that an execution reports by name."""


@dataclass(frozen=True)
class Fault:
    """One reason to refuse an execution input.

    `field` is the path inside the input, such as `ParameterRanges.eta.MinValue`. A `value` of None
    stands for a field that is not given. `rule` and `fix` are sentences. A value of Environment is
    forgotten at once.
    """

    field: str
    value: Any
    rule: str
    fix: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", shown(self.field, self.value))
        object.__setattr__(self, "field", shown_field(self.field))

    def __str__(self) -> str:
        """One line of bounded length, whatever the input holds."""
        field = _cut(self.field, MAX_VALUE_LENGTH)
        field = field if field.isprintable() else repr(field)[1:-1]
        value = _cut(repr(self.value), MAX_VALUE_LENGTH)
        given = "is not given" if self.value is None else f"= {value}"
        rule, fix = (_cut(text, MAX_SENTENCE_LENGTH) for text in (self.rule, self.fix))
        return f"{field} {given}: {rule} {fix}"


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length]}..."


class InvalidInput(RetuneError):
    """The execution input cannot work. `faults` has all; the message the first, one per line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        lines = [str(fault) for fault in self.faults[:MAX_FAULTS]]
        while sum(map(len, lines)) > MAX_MESSAGE_LENGTH:
            lines.pop()
        more = len(self.faults) - len(lines)
        super().__init__("\n".join([*lines, f"And {more} more faults."] if more else lines))


class MissingData(RetuneError):
    """No object that training could read lies under a channel's S3 prefix."""


class NoUsableTrial(RetuneError):
    """No training job of the tuning job ended with a metric and a model."""


class TuningStopped(RetuneError):
    """The tuning job was stopped before any of its training jobs ended with a metric."""


class TuningTimedOut(RetuneError):
    """MaxRuntimeInSeconds was over before any of its training jobs ended with a metric."""


class TuningFailed(RetuneError):
    """RunTuning failed, and SelectBest hands that on: the message is the cause's essence."""


class EvaluationFailed(RetuneError):
    """The candidate, or the champion for a passing reason, has no score on the test channel."""


class EndpointBusy(RetuneError):
    """The endpoint changes, or serves another run's unproven model, for too long to wait."""


class EndpointFailed(RetuneError):
    """The endpoint is Failed, OutOfService or UpdateRollbackFailed."""


class EndpointTimedOut(RetuneError):
    """The endpoint has not settled on the new config after MaxPolls looks."""


class EndpointRolledBack(RetuneError):
    """The endpoint is InService on the config that served before the update."""


class EndpointSuperseded(RetuneError):
    """The endpoint serves a config that is neither this execution's nor the champion's."""


class EndpointDeleted(RetuneError):
    """There is no endpoint any more, after it was compared with, created or updated."""


class EndpointUnhealthy(RetuneError):
    """The endpoint is InService but refuses or garbles rows of the validation channel."""


class ExecutionRedriven(RetuneError):
    """The execution whose end was announced has been redriven: nothing of it is to be undone."""
