"""What the input must say of an image that Retune does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tuning.algorithms import images
from tuning.errors import Fault
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.parameter_ranges import NumericRange
from tuning.execution_input.training import AlgorithmSpecification


@dataclass(frozen=True)
class Trusted:
    """Images that SageMaker can pull in `region` besides its own: those of the deployment's account
    (None where it is not known), and of `repositories`, given with their registry."""

    region: str
    account: str | None
    repositories: tuple[str, ...] = ()


def check(
    run: ExecutionInput, given: AlgorithmSpecification, trusted: Trusted | None
) -> Iterator[Fault]:
    """Faults of AlgorithmSpecification and of what belongs to it."""
    yield from _check_registry(given.training_image, trusted)
    objective = run.hyper_parameter_tuning_job_objective
    if objective.type is None:
        yield Fault(
            "HyperParameterTuningJobObjective.Type",
            None,
            "Whether the metric of an image is better higher or lower is not known.",
            "Give Maximize or Minimize.",
        )
    names = [definition.name for definition in given.metric_definitions or ()]
    if names and objective.metric_name not in names:
        yield Fault(
            "HyperParameterTuningJobObjective.MetricName",
            objective.metric_name,
            "AlgorithmSpecification.MetricDefinitions do not define it.",
            f"Use one of {', '.join(names)}, or add its Name and Regex.",
        )
    for name, range_ in run.parameter_ranges.items():
        if isinstance(range_, NumericRange) and range_.type is None:
            yield Fault(
                f"ParameterRanges.{name}.Type",
                None,
                "Whether the image takes whole numbers only is not known.",
                "Give Integer or Continuous, or use SageMaker's lists.",
            )
    if run.algorithm_version is not None:
        yield Fault(
            "AlgorithmVersion",
            run.algorithm_version,
            "AlgorithmSpecification names the image as a whole.",
            "Remove it.",
        )


def _check_registry(image: str, trusted: Trusted | None) -> Iterator[Fault]:
    """Images are pulled from the registries of SageMaker and of the deployment's account, and from
    the repositories that are given with theirs (stacks/image_permissions.py)."""
    given = images.Registered.parse(image)
    if trusted is None or given is None:
        return
    if given.region != trusted.region:
        yield Fault(
            "AlgorithmSpecification.TrainingImage",
            image,
            f"SageMaker pulls images of its own region, {trusted.region}, and not of another.",
            f"Name the image in {trusted.region}, or push it there.",
        )
        return
    repository = re.split("[:@]", image)[0]
    if given.account == trusted.account or repository in trusted.repositories:
        return
    allow = f"allow it by the setting retune:image_repositories, {repository}."
    if images.claims_to_be_built_in(image):
        yield Fault(
            "AlgorithmSpecification.TrainingImage",
            image,
            "It has the name of SageMaker's own image, in the registry of a stranger.",
            f"Use SageMaker's, or {allow}",
        )
    elif images.algorithm_of_image(image) is None and trusted.account is not None:
        yield Fault(
            "AlgorithmSpecification.TrainingImage",
            image,
            "It is in the registry of another account, from which nothing may be pulled.",
            f"Push it to {trusted.account}'s, or {allow}",
        )
