"""An algorithm of somebody's own: the service knows of it what the request says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.images.image import DockerImage
from local_sagemaker.sagemaker.images.script_image import ScriptImage

# By these names usual training programs are told how many epochs they run.
EPOCHS = ("epochs", "num_epochs", "n_epochs", "num_round")


@dataclass(frozen=True)
class OwnAlgorithm:
    """An image with the MetricDefinitions that the user gives; it may have any hyperparameter."""

    image: DockerImage | ScriptImage
    definitions: Sequence[Document]
    tunables: None = None
    reads_pipes: bool = False

    @property
    def name(self) -> str:
        return f"'{self.image.uri}'"

    @property
    def objectives(self) -> tuple[str, ...]:
        return tuple(definition["Name"] for definition in self.definitions)

    def objective_type(self, metric: str) -> None:
        return None

    def metric_definitions(self, hyperparameters: Mapping[str, str]) -> list[Document]:
        return list(self.definitions)

    def metric_regex(self, metric: str) -> str:
        return next(str(each["Regex"]) for each in self.definitions if each["Name"] == metric)

    def reports_every_epoch(self, metric: str) -> bool:
        return True

    def rounds(self, hyperparameters: Mapping[str, str]) -> int:
        given = [hyperparameters[name] for name in EPOCHS if name in hyperparameters]
        return int(given[0]) if given and given[0].isdecimal() else 0


def check_definitions(definitions: Sequence[Document]) -> None:
    """Refuse metric definitions that cannot find a value.

    Raises:
        ValidationException: a regular expression that is none, or without a group.
    """
    for definition in definitions:
        try:
            groups = re.compile(definition["Regex"]).groups
        except re.error as fault:
            raise ValidationException(
                f"The Regex of metric '{definition['Name']}', '{definition['Regex']}', is not a "
                f"regular expression: {fault}."
            ) from fault
        if groups == 0:
            raise ValidationException(
                f"The Regex of metric '{definition['Name']}', '{definition['Regex']}', needs a "
                "group in parentheses that matches the value."
            )
