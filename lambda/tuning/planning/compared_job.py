"""A tuning job as a warm start compares it with another one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tuning.request_types import TuningJobAnswer, TuningJobRequest
from tuning.trials.injected_hyperparameter import without_injected

KINDS = ("Integer", "Continuous", "Categorical")
# Of the members of a TrainingJobDefinition; the API's description of Autotune names them.
CHOSEN_BY_AUTOTUNE = frozenset({"RetryStrategy"})


@dataclass(frozen=True)
class ComparedJob:
    """A request of CreateHyperParameterTuningJob, or the description of a job that there is.

    Both have the same members. SageMaker adds _tuning_objective_metric to a job's static
    hyperparameters, and false where a request leaves out a switch. What Autotune is to choose is
    not in a request; what it has chosen is in the description.
    """

    document: TuningJobRequest | TuningJobAnswer

    @property
    def objective(self) -> str:
        """`Maximize validation:auc`."""
        objective = self._config["HyperParameterTuningJobObjective"]
        return f"{objective['Type']} {objective['MetricName']}"

    @property
    def static(self) -> dict[str, str]:
        """Static hyperparameters, without the one that SageMaker adds."""
        return without_injected(self.definition.get("StaticHyperParameters", {}))

    @property
    def kinds(self) -> dict[str, str]:
        """Tuned hyperparameters by name: Integer, Continuous or Categorical."""
        return {
            entry["Name"]: kind
            for kind in KINDS
            for entry in self._ranges.get(f"{kind}ParameterRanges", [])
        }

    @property
    def categories(self) -> dict[str, int]:
        """How many values each categorical hyperparameter has."""
        entries = self._ranges.get("CategoricalParameterRanges", [])
        return {entry["Name"]: len(entry["Values"]) for entry in entries}

    @property
    def names(self) -> set[str]:
        """All hyperparameters: static, tuned, and those that Autotune makes one or the other."""
        auto = (entry["Name"] for entry in self._ranges.get("AutoParameters", []))
        return {*self.static, *self.kinds, *auto}

    @property
    def left_to_autotune(self) -> set[str]:
        """Members of the TrainingJobDefinition that Autotune chooses."""
        return (
            set(CHOSEN_BY_AUTOTUNE - self.definition.keys())
            if "Autotune" in self.document
            else set()
        )

    @property
    def image(self) -> str:
        specification = self.definition["AlgorithmSpecification"]
        return str(specification.get("TrainingImage") or specification.get("AlgorithmName"))

    @property
    def algorithm(self) -> str:
        """The image without tag or digest: they tell the version."""
        registry, slash, repository = self.image.rpartition("/")
        return registry + slash + re.split("[:@]", repository)[0]

    @property
    def data(self) -> dict[str, Any]:
        """Where each channel lies; how its objects reach the instances makes no other data."""
        channels = self.definition.get("InputDataConfig", [])
        return {channel["ChannelName"]: _source(channel["DataSource"]) for channel in channels}

    @property
    def definition(self) -> Mapping[str, Any]:
        """The TrainingJobDefinition."""
        definition: Any = self.document["TrainingJobDefinition"]
        return dict(definition)

    @property
    def _config(self) -> Mapping[str, Any]:
        config: Any = self.document["HyperParameterTuningJobConfig"]
        return dict(config)

    @property
    def _ranges(self) -> Mapping[str, Any]:
        return dict(self._config.get("ParameterRanges", {}))


def _source(source: Any) -> Any:
    s3 = source.get("S3DataSource")
    return (s3["S3DataType"], s3["S3Uri"]) if s3 else source
