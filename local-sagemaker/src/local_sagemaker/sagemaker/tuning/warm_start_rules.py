"""What "Run a warm start hyperparameter tuning job" asks of the parents.

The guide gives the rules; two of the messages were seen from the service.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.jobs.description import with_defaults
from local_sagemaker.sagemaker.tuning.autotune import with_choices
from local_sagemaker.sagemaker.tuning.definition import (
    OBJECTIVE_HYPERPARAMETER,
    Definition,
    definitions,
)

# The guide also names Failed; the API's own description does not.
USABLE = ("Completed", "Stopped")
# The page on warm start says 500, the page on limits, which is newer, 750.
MAX_TRAINING_JOBS = 750
MAX_CHANGES = 10
# The guide names no others; a Grid or Hyperband search learns nothing from earlier ones.
STRATEGIES = ("Bayesian", "Random")
# As the service lists them; the rest of a definition must be the parent's.
CHANGEABLE = (
    "AlgorithmSpecification",
    "InputDataConfig",
    "OutputDataConfig",
    "StaticHyperParameters",
    "RoleArn",
    "ResourceConfig",
    "StoppingCondition",
    "VpcConfig",
    "EnableManagedSpotTraining",
    "CheckpointConfig",
)


def check_warm_start(request: Document, parents: Mapping[str, Document | None]) -> None:
    """`request` is as it was sent: what it leaves to Autotune need not be as in a parent.

    `parents` holds each parent's description by name, None for one that does not exist.

    Raises:
        ValidationException: names the parent and what is different.
    """
    _check_strategy(request)
    (child,) = definitions(
        request | {"TrainingJobDefinition": with_defaults(request["TrainingJobDefinition"])}
    )
    (chosen,) = definitions(with_choices(request))
    identical = request["WarmStartConfig"]["WarmStartType"] == "IdenticalDataAndAlgorithm"
    for name, parent in parents.items():
        if parent is None:
            raise ValidationException(
                f"The parent tuning job '{name}' of WarmStartConfig does not exist."
            )
        status = parent["HyperParameterTuningJobStatus"]
        if status not in USABLE:
            raise ValidationException(
                f"The parent tuning job '{name}' is {status}; it must be Completed or Stopped."
            )
        if "TrainingJobDefinitions" in parent:
            raise ValidationException(
                f"The parent tuning job '{name}' has several training job definitions; warm start "
                "needs a parent with one."
            )
        (definition,) = definitions(parent)
        _check_alike(name, child, definition)
        _check_names(name, chosen.names(), definition.names())
        _check_members(name, child, definition, autotune="Autotune" in request)
        _check_changes(name, child, definition)
        if identical:
            _check_identical(name, child, definition)
    _check_number(request, [parent for parent in parents.values() if parent is not None])


def _check_strategy(request: Document) -> None:
    strategy = request["HyperParameterTuningJobConfig"]["Strategy"]
    if strategy not in STRATEGIES:
        raise ValidationException(
            f"The strategy {strategy} takes no WarmStartConfig: it learns nothing from parent "
            f"tuning jobs. Remove it, or use one of the strategies: {', '.join(STRATEGIES)}."
        )


def _check_alike(name: str, child: Definition, parent: Definition) -> None:
    if child.objective != parent.objective:
        raise ValidationException(
            f"The objective {child.objective} differs from that of parent '{name}', "
            f"{parent.objective}."
        )
    types = dict(parent.types())
    for hyperparameter, type_ in child.types():
        if types.get(hyperparameter, type_) != type_:
            raise ValidationException(
                f"The hyperparameter '{hyperparameter}' is {type_}; in parent '{name}' it is "
                f"{types[hyperparameter]}."
            )


def _check_names(name: str, mine: set[str], theirs: set[str]) -> None:
    if mine != theirs:
        raise ValidationException(
            "The set of tunable plus static HyperParameter names is not the same across current "
            "and parent tuning jobs. Please ensure this set is constant when warm starting. Note "
            "that previously static HyperParameters can be tuned in warm start jobs and vice "
            f"versa. Only parent '{name}' has {sorted(theirs - mine)}, only the new job has "
            f"{sorted(mine - theirs)}."
        )


def _check_members(name: str, child: Definition, parent: Definition, *, autotune: bool) -> None:
    """What is empty counts as left out, and what the child leaves to Autotune fits."""
    mine, theirs = _given(child), _given(parent)
    fixed = (mine.keys() | theirs.keys()) - set(CHANGEABLE)
    if autotune and "RetryStrategy" not in mine:
        fixed -= {"RetryStrategy"}
    if any(mine.get(member) != theirs.get(member) for member in fixed):
        fields = ", ".join(member[0].lower() + member[1:] for member in CHANGEABLE)
        raise ValidationException(
            f"Only the following fields in TrainingJobDefinition are allowed to change: [{fields}]."
        )


def _given(definition: Definition) -> Document:
    return {member: value for member, value in definition.training.items() if value}


def _check_changes(name: str, child: Definition, parent: Definition) -> None:
    changes = sum(
        _changes(parent, hyperparameter, value)
        for hyperparameter, value in child.static.items()
        if hyperparameter != OBJECTIVE_HYPERPARAMETER
    )
    if changes > MAX_CHANGES:
        raise ValidationException(
            f"The static hyperparameters make {changes} changes to parent '{name}'; there can be "
            f"at most {MAX_CHANGES}. A searched hyperparameter that becomes static and a new "
            "static value count, for text with each of their values."
        )


def _changes(parent: Definition, name: str, value: str) -> int:
    """How much a static value counts against the ten changes to a parent."""
    values = {range_["Name"]: range_["Values"] for range_ in parent.categorical_ranges()}
    if name in values:
        return len(values[name])
    if name in dict(parent.types()):
        return 1
    before = parent.static[name]
    if before == value:
        return 0
    return 1 if _is_number(before) and _is_number(value) else 2


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _check_identical(name: str, child: Definition, parent: Definition) -> None:
    for what, mine, theirs in (
        ("training image", _repository(child), _repository(parent)),
        ("input data", _data(child), _data(parent)),
    ):
        if mine != theirs:
            raise ValidationException(
                f"WarmStartType IdenticalDataAndAlgorithm needs the {what} of parent '{name}', "
                f"{theirs}; it is {mine}. Use TransferLearning for other data or algorithms."
            )


def _repository(definition: Definition) -> str:
    """The image without tag or digest: another version of the algorithm is allowed."""
    image = str(definition.training["AlgorithmSpecification"]["TrainingImage"])
    registry, _, repository = image.rpartition("/")
    return f"{registry}/{re.split('[:@]', repository)[0]}"


def _data(definition: Definition) -> Document:
    """Where each channel lies; how its objects are shared out makes no other data."""
    sources = {
        channel["ChannelName"]: channel["DataSource"]["S3DataSource"]
        for channel in definition.training.get("InputDataConfig", [])
    }
    return {name: (source["S3DataType"], source["S3Uri"]) for name, source in sources.items()}


def _check_number(request: Document, parents: list[Document]) -> None:
    """The parents' training jobs count as if they were the new job's."""
    inherited = sum(sum(parent["TrainingJobStatusCounters"].values()) for parent in parents)
    limits = request["HyperParameterTuningJobConfig"]["ResourceLimits"]
    most = limits.get("MaxNumberOfTrainingJobs", 1)
    if inherited + most > MAX_TRAINING_JOBS:
        raise ValidationException(
            f"The parents ran {inherited} training jobs, which count: with "
            f"MaxNumberOfTrainingJobs, [{most}], there would be more than {MAX_TRAINING_JOBS}."
        )
