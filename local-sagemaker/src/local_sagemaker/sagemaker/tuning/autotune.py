"""What Autotune chooses for a tuning job: ranges, and what else the request leaves out.

SageMaker says which fields Autotune fills, not how. Here, and shown by Describe:

- An AutoParameter of a hyperparameter that can be tuned gets the algorithm's recommended range,
  cut to between a tenth of its hint and ten times it. One that cannot is static, with its hint.
  Of an image of one's own, every hyperparameter with a positive number as its hint is tuned.
- Without any range, every hyperparameter with a recommended range that is not static is tuned,
  but for the number of rounds, which is a matter of cost.
- Early stopping is Auto where it is allowed, a training job is retried up to three times, and
  the tuning job completes when it has converged.
"""

from __future__ import annotations

import copy
import math

from local_sagemaker.sagemaker.algorithms.algorithm import Algorithm, Tunable
from local_sagemaker.sagemaker.algorithms.algorithm_specification import training_algorithm
from local_sagemaker.sagemaker.algorithms.builtin_algorithm import BuiltInAlgorithm
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException

RETRIES = 3
SPREAD = 10.0


def with_choices(request: Document) -> Document:
    """The request with what Autotune chooses; unchanged when it does not ask for it.

    Raises:
        ValidationException: AutoParameters without Autotune, or nothing to choose from.
    """
    if "Autotune" not in request:
        if any(ranges.get("AutoParameters") for _, ranges in _definitions(request)):
            raise ValidationException(
                'AutoParameters need Autotune {"Mode": "Enabled"}: give it, or give Integer, '
                "Continuous or Categorical ranges."
            )
        return request
    chosen = copy.deepcopy(request)
    for training, ranges in _definitions(chosen):
        _choose_ranges(training, ranges)
        training.setdefault("RetryStrategy", {"MaximumRetryAttempts": RETRIES})
    config = chosen["HyperParameterTuningJobConfig"]
    if config["Strategy"] != "Hyperband" and "TrainingJobDefinition" in chosen:
        config.setdefault("TrainingJobEarlyStoppingType", "Auto")
    convergence = {"ConvergenceDetected": {"CompleteOnConvergence": "Enabled"}}
    config.setdefault("TuningJobCompletionCriteria", convergence)
    return chosen


def _definitions(request: Document) -> list[tuple[Document, Document]]:
    """Each training job definition with its ranges, which are added when they are missing."""
    if "TrainingJobDefinition" in request:
        config = request["HyperParameterTuningJobConfig"]
        return [(request["TrainingJobDefinition"], config.setdefault("ParameterRanges", {}))]
    return [
        (training, training.setdefault("HyperParameterRanges", {}))
        for training in request["TrainingJobDefinitions"]
    ]


def _choose_ranges(training: Document, ranges: Document) -> None:
    algorithm = training_algorithm(training)
    static = training.setdefault("StaticHyperParameters", {})
    hints = {each["Name"]: each["ValueHint"] for each in ranges.pop("AutoParameters", [])}
    if not hints and not any(ranges.values()):
        hints = _all_hints(algorithm, static)
    for name, hint in hints.items():
        tunable = _tunable(algorithm, name, hint)
        if tunable is None:
            static[name] = hint
        elif tunable.type == "Categorical":
            values = {"Name": name, "Values": list(tunable.choices)}
            ranges.setdefault("CategoricalParameterRanges", []).append(values)
        else:
            ranges.setdefault(f"{tunable.type}ParameterRanges", []).append(
                {"Name": name, **_ends(name, hint, tunable), "ScalingType": "Auto"}
            )


def _all_hints(algorithm: Algorithm, static: Document) -> dict[str, str]:
    """What to tune when the request names nothing: an empty hint stands for the whole range."""
    if not isinstance(algorithm, BuiltInAlgorithm):
        raise ValidationException(
            f"Autotune knows no hyperparameters of {algorithm.name}: name them in "
            "ParameterRanges.AutoParameters."
        )
    rounds = algorithm.rounds_hyperparameter
    return {
        name: ""
        for name, tunable in algorithm.tunables.items()
        if name not in static and name != rounds and tunable.has_recommendation
    }


def _tunable(algorithm: Algorithm, name: str, hint: str) -> Tunable | None:
    """How a hyperparameter can be tuned, if it can."""
    if algorithm.tunables is not None:
        tunable = algorithm.tunables.get(name)
        return tunable if tunable is not None and tunable.has_recommendation else None
    if not _is_positive(hint):
        return None
    return Tunable("Integer" if hint.isdecimal() else "Continuous", recommended=(0, math.inf))


def _ends(name: str, hint: str, tunable: Tunable) -> Document:
    low, high = tunable.recommended
    if hint:
        value = _number(name, hint)
        if value > 0:
            low, high = max(low, value / SPREAD), min(high, value * SPREAD)
        low, high = min(low, value), max(high, value)
    if tunable.type == "Integer":
        return {"MinValue": str(math.ceil(low)), "MaxValue": str(math.floor(high))}
    return {"MinValue": f"{low:g}", "MaxValue": f"{high:g}"}


def _number(name: str, hint: str) -> float:
    try:
        return float(hint)
    except ValueError:
        raise ValidationException(
            f"The ValueHint '{hint}' of AutoParameter '{name}' is not a number."
        ) from None


def _is_positive(hint: str) -> bool:
    try:
        return 0 < float(hint) < math.inf
    except ValueError:
        return False
