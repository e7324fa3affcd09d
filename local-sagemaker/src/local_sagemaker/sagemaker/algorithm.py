"""What the service knows of an image: its metrics, its hyperparameters and how to run it.

An image is a built-in algorithm's, which runs as a process of this machine, or somebody's own,
which Docker runs. A built-in image that is given a script (script mode) is run by Docker too; its
metrics and tunable hyperparameters stay the built-in ones, as the service has it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local_sagemaker.sagemaker.builtin_algorithms import (
    BuiltInAlgorithm,
    Tunable,
    find_builtin,
    runs_in_aws_only,
)
from local_sagemaker.sagemaker.container import Container, run_program
from local_sagemaker.sagemaker.docker_container import DockerContainer, check_docker
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.extras import check_extras
from local_sagemaker.sagemaker.script_mode import has_script

EPOCHS = ("epochs", "num_epochs", "n_epochs", "num_round")


@dataclass(frozen=True)
class Algorithm:
    """An image; `builtin` is what is known of it beforehand, `definitions` its own metrics."""

    image: str
    builtin: BuiltInAlgorithm | None
    definitions: Sequence[Document] = ()
    entrypoint: Sequence[str] = ()
    arguments: Sequence[str] = ()
    in_docker: bool = False

    @property
    def name(self) -> str:
        return self.builtin.name if self.builtin else f"'{self.image}'"

    @property
    def objectives(self) -> tuple[str, ...]:
        if self.builtin:
            return self.builtin.objectives
        return tuple(definition["Name"] for definition in self.definitions)

    def objective_type(self, metric: str) -> str | None:
        """Whether a built-in algorithm's metric is to Maximize or to Minimize."""
        if self.builtin is None:
            return None
        return "Minimize" if metric in self.builtin.minimized else "Maximize"

    @property
    def tunables(self) -> Mapping[str, Tunable] | None:
        """What can be searched, None for an image that may have any hyperparameter."""
        return self.builtin.tunables if self.builtin else None

    def metric_definitions(self, hyperparameters: Mapping[str, str]) -> list[Document]:
        """What SageMaker looks for in the log of a job with these hyperparameters."""
        if self.builtin:
            return self.builtin.metric_definitions(hyperparameters)
        return list(self.definitions)

    def metric_regex(self, metric: str) -> str:
        if self.builtin:
            return self.builtin.metric_regex(metric)
        return next(str(each["Regex"]) for each in self.definitions if each["Name"] == metric)

    def reports_every_epoch(self, metric: str) -> bool:
        return self.builtin is None or self.builtin.reports_every_epoch(metric)

    def rounds(self, hyperparameters: Mapping[str, str]) -> int:
        """How many epochs a training job is to run; 0 when its hyperparameters do not say."""
        if self.builtin:
            return self.builtin.rounds(hyperparameters)
        given = [hyperparameters[name] for name in EPOCHS if name in hyperparameters]
        return int(given[0]) if given and given[0].isdecimal() else 0

    def train(self, *, ml_root: Path, environment: Mapping[str, str], isolated: bool) -> Container:
        """Start a container that trains; isolated, it has no network."""
        if not self.in_docker and self.builtin:
            return _process(self.builtin, "train", ml_root, environment)
        return DockerContainer(
            self.image,
            self.arguments if self.entrypoint else ["train"],
            ml_root=ml_root,
            environment=environment,
            entrypoint=self.entrypoint,
            network="none" if isolated else "host",
        )

    def serve(self, *, ml_root: Path, environment: Mapping[str, str], port: int) -> Container:
        """Start a container that answers /ping and /invocations on a port of this machine."""
        if not self.in_docker and self.builtin:
            variables = {**environment, "SAGEMAKER_BIND_TO_PORT": str(port)}
            return _process(self.builtin, "serve", ml_root, variables)
        return DockerContainer(
            self.image, ["serve"], ml_root=ml_root, environment=environment, port=port
        )


def training_algorithm(definition: Document) -> Algorithm:
    """The algorithm of a training job or of a tuning job's definition.

    Raises:
        ValidationException: no image, one that only Docker could run where there is none, one
            whose extra is not installed, or metric definitions that cannot be.
    """
    specification = definition["AlgorithmSpecification"]
    hyperparameters: Document = {
        **definition.get("HyperParameters", {}),
        **definition.get("StaticHyperParameters", {}),
    }
    entrypoint = specification.get("ContainerEntrypoint", [])
    return _algorithm(
        specification,
        "TrainingImage",
        definition,
        script=bool(entrypoint) or has_script(definition.get("Environment", {}), hyperparameters),
        definitions=_definitions(specification),
        entrypoint=entrypoint,
        arguments=specification.get("ContainerArguments", []),
    )


def serving_algorithm(container: Document) -> Algorithm:
    """The algorithm of a model's container; raises as training_algorithm does."""
    return _algorithm(
        container, "Image", container, script=has_script(container.get("Environment", {}), {})
    )


def _algorithm(
    specification: Document, member: str, definition: Document, *, script: bool, **own: Any
) -> Algorithm:
    image = specification.get(member)
    if not image:
        raise ValidationException(
            f"Local AWS has no algorithm resources or marketplace packages: give {member} the URI "
            "of an image, for example "
            "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5."
        )
    if runs_in_aws_only(image):
        raise ValidationException(
            f"'{image}' runs in an AWS account only: of SageMaker's built-in algorithms local AWS "
            "has XGBoost and Linear Learner. Use one of these, or an image of your own with Docker."
        )
    builtin = find_builtin(image)
    in_docker = builtin is None or script
    if builtin is None or script:
        check_docker(image)
    else:
        check_extras(builtin, definition)
    return Algorithm(image, builtin, in_docker=in_docker, **own)


def _definitions(specification: Document) -> list[Document]:
    """The metric definitions that a user gives.

    Raises:
        ValidationException: a regular expression that is none, or without a group.
    """
    definitions: list[Document] = specification.get("MetricDefinitions", [])
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
    return definitions


def _process(
    builtin: BuiltInAlgorithm, command: str, ml_root: Path, environment: Mapping[str, str]
) -> Container:
    return run_program(
        ["-m", builtin.module, command],
        ml_root=ml_root,
        environment={**environment, **builtin.environment},
    )
