"""What is known of a built-in algorithm. The knowledge is data: built_in/<name>.json.

Another algorithm is another file (and its image accounts in images.json). The fields of the file
are the fields of the classes here. Hyperparameters and metrics of XGBoost are those that its
container accepts, which in some places differ from SageMaker's documentation of them; those of
Linear Learner, whose container is closed, are those of the documentation.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from tuning.algorithms.object_rules import ObjectRules
from tuning.algorithms.valid_range import ValidRange

DIRECTORY = Path(__file__).parent / "built_in"


@dataclass(frozen=True)
class Hyperparameter:
    """A hyperparameter and its valid values; `type` is a type of SageMaker's specification.

    `tuned_as` is the kind of range by which AMT searches it, None when AMT may not tune it. It can
    differ from `type`: XGBoost takes any number as max_delta_step, and AMT tries whole numbers.
    """

    name: str
    type: str  # Integer, Continuous, Categorical or FreeText
    range: ValidRange | None = None
    words: tuple[str, ...] = ()  # what a number may be instead, such as auto
    choices: tuple[str, ...] = ()
    since: Mapping[str, str] | None = None  # a choice -> the first version that has it
    default: str | None = None
    tuned_as: str | None = None
    recommended: tuple[str, ...] = ()  # bounds worth searching
    required: bool = False
    any_case: bool = False  # a training job also takes True for true; AMT does not
    list_of: str | None = None  # what a text of several values holds, see tuning.checks.lists
    members: tuple[str, ...] = ()  # the values that a list can hold

    @classmethod
    def parse(cls, entry: Mapping[str, Any]) -> Hyperparameter:
        valid = ValidRange.parse(entry["range"]) if "range" in entry else None
        return cls(**{**entry, "range": valid})

    def searched_as(self, asked: str | None) -> str | None:
        """The kind of range to send: a continuous one may be asked for in whole numbers."""
        return asked if (self.tuned_as, asked) == ("Continuous", "Integer") else self.tuned_as


@dataclass(frozen=True)
class Defect:
    """Why the container reports wrong values of a metric: since a version, for some objectives."""

    since: str
    objectives: tuple[str, ...]
    because: str  # half a sentence


@dataclass(frozen=True)
class Metric:
    """A metric that a training job reports, such as validation:auc.

    `fits` are patterns of the objectives it can be computed for. A metric that is reported only
    `at_end` of a training job cannot stop one early.
    """

    name: str
    type: str  # Maximize or Minimize
    fits: tuple[str, ...]
    at_end: bool = False
    defect: Defect | None = None

    @classmethod
    def parse(cls, entry: Mapping[str, Any]) -> Metric:
        defect = Defect(**entry["defect"]) if "defect" in entry else None
        return cls(**{**entry, "defect": defect})

    def fits_objective(self, objective: str) -> bool:
        return any(fnmatchcase(objective, pattern) for pattern in self.fits)

    def defect_in(self, version: str, objective: str) -> Defect | None:
        """The defect, if this version of the container has it for this objective."""
        defect = self.defect
        if defect is None or objective not in defect.objectives:
            return None
        return defect if release(version) >= release(defect.since) else None

    @property
    def channel(self) -> str:
        """The channel it is measured on."""
        return self.name.split(":")[0]


@dataclass(frozen=True)
class Requirement:
    """A hyperparameter that needs another one.

    When `when` has a value of `one_of`, `needs` must have a value of `to_be`. An empty tuple stands
    for any value.
    """

    when: str
    needs: str
    one_of: tuple[str, ...] = ()
    to_be: tuple[str, ...] = ()


@dataclass(frozen=True)
class Algorithm:
    """A built-in algorithm.

    `channels` are those of a run that names none. `accept` is the content type in which an
    endpoint is asked for predictions. `classes_hyperparameter` holds the number of classes.
    """

    name: str
    title: str
    versions: tuple[str, ...]
    default_version: str
    channels: tuple[str, ...]
    content_types: tuple[str, ...]
    missing_values: bool  # whether a cell of CSV may be empty
    accept: str
    aliases: Mapping[str, str]
    objective_hyperparameter: str
    classes_hyperparameter: str
    stopped_jobs_keep_their_model_with: Mapping[str, str]
    default_input: Mapping[str, Any]
    requirements: tuple[Requirement, ...]
    label_rules: Mapping[str, str]  # pattern of objectives -> rule of tuning.data.label_rules
    metrics: Mapping[str, Metric]
    hyperparameters: Mapping[str, Hyperparameter]
    # pattern of objectives -> ProblemType of held-out evaluation, which needs one
    problem_types: Mapping[str, str] = field(default_factory=dict)
    transform_accept: str = "text/csv"  # in which a transform job answers one line a row
    label_objectives: tuple[str, ...] = ()  # those that predict a class without a probability
    optional_channels: tuple[str, ...] = ()
    # pattern of objectives -> the first version whose labels have a rule
    label_rules_since: Mapping[str, str] = field(default_factory=dict)
    # Characters that separate columns of CSV. XGBoost's container guesses (Python's csv.Sniffer),
    # and takes | for none, or a point for one, depending on the row.
    separators: str = ","
    skips_byte_order_mark: bool = False  # at the beginning of CSV
    objects: ObjectRules = field(default_factory=ObjectRules)
    input_modes: tuple[str, ...] = ("File",)
    replicated_channels: tuple[str, ...] = ()  # which every instance needs as a whole

    @property
    def all_channels(self) -> tuple[str, ...]:
        """Every channel that the algorithm reads."""
        return self.channels + self.optional_channels

    def folder_levels(self, version: str) -> int | None:
        """How many levels of folders this version reads; None where nothing is known of it.

        0 stands for one folder, wherever it is.
        """
        if not self.objects.levels:
            return None
        reached = [
            levels
            for since, levels in self.objects.levels.items()
            if release(version) >= release(since)
        ]
        return max(reached, default=0)

    @property
    def tunable(self) -> list[str]:
        """Names of the hyperparameters that AMT may search."""
        return [name for name, known in self.hyperparameters.items() if known.tuned_as]

    def known_version(self, version: str | None) -> str:
        """The version if it is one of this algorithm's, otherwise the default."""
        return version if version and version in self.versions else self.default_version

    def objective(self, static_hyperparameters: Mapping[str, str]) -> str:
        """What a run optimises, for example binary:logistic."""
        name = self.objective_hyperparameter
        return static_hyperparameters.get(name) or self.hyperparameters[name].default or ""

    def label_rule(self, objective: str, version: str) -> str | None:
        """What the labels of an objective must look like in this version."""
        since = _of_objective(self.label_rules_since, objective)
        if since and release(version) < release(since):
            return None
        return _of_objective(self.label_rules, objective)

    def problem_type(self, objective: str) -> str | None:
        """SageMaker's ProblemType of an objective; None when its predictions have no metric."""
        return _of_objective(self.problem_types, objective)

    def answers_labels(self, objective: str) -> bool:
        """Whether a model predicts classes rather than their probabilities."""
        return objective in self.label_objectives


def _of_objective(by_pattern: Mapping[str, str], objective: str) -> str | None:
    for pattern, value in by_pattern.items():
        if fnmatchcase(objective, pattern):
            return value
    return None


def release(version: str) -> tuple[int, ...]:
    """A version tag in an order that compares: 3.0-5 comes after 1.7-1."""
    return tuple(int(part) for part in version.replace("-", ".").split("."))


def algorithm_names() -> list[str]:
    """The algorithms there is a file of."""
    return sorted(path.stem for path in DIRECTORY.glob("*.json"))


@cache
def load_algorithm(name: str) -> Algorithm:
    """Reads built_in/<name>.json; FileNotFoundError for an algorithm that is not there."""
    document = _frozen(json.loads((DIRECTORY / f"{name}.json").read_text()))
    tables = {
        "objects": ObjectRules(**document.get("objects", {})),
        "requirements": tuple(Requirement(**entry) for entry in document["requirements"]),
        "metrics": {entry["name"]: Metric.parse(entry) for entry in document["metrics"]},
        "hyperparameters": {
            entry["name"]: Hyperparameter.parse(entry) for entry in document["hyperparameters"]
        },
    }
    return Algorithm(name=name, **{**document, **tables})


def _frozen(value: Any) -> Any:
    """JSON's lists as tuples."""
    if isinstance(value, dict):
        return {key: _frozen(inner) for key, inner in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
