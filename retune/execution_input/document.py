"""The input of an execution: a document, and the options of `retune start` laid over it.

What it may say is decided by the state PlanTuning (docs/execution-input.md), not here.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tuning.errors import InvalidInput
from tuning.execution_input.pasted_request import read_request

from configuration.document import Document, read_text
from configuration.faults import ConfigurationError
from retune.errors import InputError
from retune.output.terminal import write_labelled


@dataclass(frozen=True)
class Overrides:
    """Options for what people change most; None leaves the document as it is."""

    max_jobs: int | None = None
    parallel: int | None = None
    strategy: str | None = None
    metric: str | None = None
    train: str | None = None
    validation: str | None = None
    endpoint_name: str | None = None
    seed: int | None = None
    dry_run: bool | None = None
    earlier_tuning_job: str | None = None

    def lay_over(self, document: dict[str, Any]) -> dict[str, Any]:
        """The document with the options in SageMaker's words; a new metric drops the old type."""
        result = dict(document)
        result |= _given(Strategy=self.strategy, RandomSeed=self.seed, DryRun=self.dry_run)
        if self.metric:
            result["HyperParameterTuningJobObjective"] = {"MetricName": self.metric}
        for field, values in self._nested().items():
            if values:
                result[field] = {**_object(document, field), **values}
        if self.train or self.validation:
            _require_both(result["Channels"])
        return result

    def _nested(self) -> dict[str, dict[str, Any]]:
        return {
            "ResourceLimits": _given(
                MaxNumberOfTrainingJobs=self.max_jobs, MaxParallelTrainingJobs=self.parallel
            ),
            "Channels": _given(train=self.train, validation=self.validation),
            "Endpoint": _given(EndpointName=self.endpoint_name),
            "Retrain": _given(TuningJobName=self.earlier_tuning_job),
        }


def read_document(source: str | None) -> dict[str, Any]:
    """The object of a JSON or YAML file, of stdin for `-`, or an empty one; see `read_source`.

    A pasted request of CreateHyperParameterTuningJob is the input that it asks for, so that
    options can be laid over it. What is left out of it is told.
    """
    document: dict[str, Any] = read_source(source).value
    try:
        pasted = read_request(document)
    except InvalidInput as refused:
        raise InputError(str(refused)) from refused
    if pasted is None:
        return document
    for warning in pasted.left_out:
        write_labelled("Warning", "yellow", str(warning), err=True)
    return pasted.execution_input


def read_source(source: str | None) -> Document:
    """The same, with the line of each field.

    Raises:
        InputError: it cannot be read, is not an object, or says something twice.
    """
    if source is None:
        return Document("{}", {}, {})
    name = "stdin" if source == "-" else source
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text()
        document = read_text(text, name, is_json=not is_yaml(source, text))
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}.") from error
    except ConfigurationError as error:
        raise InputError(str(error)) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{name} cannot be read: it is no text in UTF-8.") from error
    if not isinstance(document.value, dict):
        raise InputError(f"{name} must hold a JSON object, such as {{}}.")
    return document


def is_yaml(source: str, text: str) -> bool:
    """By the file's name; stdin is JSON if it begins as an object or list of JSON does."""
    if source == "-":
        return bool(text.strip()) and text.lstrip()[0] not in "{["
    return source.endswith((".yaml", ".yml"))


def _require_both(channels: dict[str, Any]) -> None:
    """Channels replace the deployed ones as a whole."""
    for channel in ("train", "validation"):
        if channel not in channels:
            raise InputError(f"There is no channel {channel}: give --{channel} too.")


def _given(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _object(document: dict[str, Any], field: str) -> dict[str, Any]:
    value = document.get(field, {})
    if not isinstance(value, dict):
        raise InputError(f"--input: {field} must be a JSON object, not {value!r}.")
    return value
