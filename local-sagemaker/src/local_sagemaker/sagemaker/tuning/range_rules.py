"""What a range of a hyperparameter may be: numbers in order, a scale that fits, valid values."""

from __future__ import annotations

import math
from dataclasses import replace

from local_sagemaker.sagemaker.algorithms.algorithm import Algorithm, Tunable
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.tuning.definition import Definition


def check_range(range_: Document, type_: str, algorithm: Algorithm) -> None:
    """Refuse a range that the algorithm or its own scale does not allow.

    Raises:
        ValidationException: names the hyperparameter, the value and the rule.
    """
    if algorithm.tunables is None:
        if type_ != "Categorical":
            _check_ends(range_, Tunable(type_))
        return
    tunable = algorithm.tunables.get(range_["Name"])
    if tunable is None:
        raise ValidationException(
            f"The hyperparameter '{range_['Name']}' of {algorithm.name} is not tunable. Tunable "
            f"are: {', '.join(sorted(algorithm.tunables))}."
        )
    if type_ == "Categorical":
        for value in range_["Values"]:
            _check_value(range_["Name"], value, tunable)
        return
    # The service takes whole numbers only for a continuous one too: min_child_weight from 2 to 8.
    if type_ not in (tunable.type, "Integer" if tunable.type == "Continuous" else tunable.type):
        raise ValidationException(
            f"The hyperparameter '{range_['Name']}' of {algorithm.name} is of type "
            f"{tunable.type}: put it under {tunable.type}ParameterRanges."
        )
    _check_ends(range_, replace(tunable, type=type_))


def combinations(definition: Definition) -> float:
    """How many different training jobs the ranges allow; infinite with a continuous one."""
    if any(range_["MinValue"] != range_["MaxValue"] for range_ in definition.continuous_ranges()):
        return math.inf
    integers = [int(r["MaxValue"]) - int(r["MinValue"]) + 1 for r in definition.integer_ranges()]
    values = [len(set(r["Values"])) for r in definition.categorical_ranges()]
    return float(math.prod(integers + values))


def _check_ends(range_: Document, tunable: Tunable) -> None:
    name = range_["Name"]
    low = _number(name, range_["MinValue"], tunable.type)
    high = _number(name, range_["MaxValue"], tunable.type)
    if low > high:
        raise ValidationException(
            f"The MinValue of hyperparameter '{name}', [{range_['MinValue']}], must be less than "
            f"or equal to its MaxValue, [{range_['MaxValue']}]."
        )
    _check_valid(name, low, tunable)
    _check_valid(name, high, tunable)
    scaling = range_.get("ScalingType", "Auto")
    if scaling == "Logarithmic" and low <= 0:
        raise ValidationException(
            f"Logarithmic scaling of hyperparameter '{name}' needs values greater than 0; its "
            f"MinValue is [{range_['MinValue']}]."
        )
    if scaling == "ReverseLogarithmic" and not (
        tunable.type == "Continuous" and low >= 0 and high < 1
    ):
        raise ValidationException(
            f"ReverseLogarithmic scaling of hyperparameter '{name}' needs a continuous range "
            f"within 0 <= x < 1; it is [{range_['MinValue']}, {range_['MaxValue']}]."
        )


def _number(name: str, text: str, type_: str) -> float:
    plain = text.isascii() and "_" not in text  # Python alone reads 1_0, and other digits
    try:
        value = (int(text) if type_ == "Integer" else float(text)) if plain else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValidationException(
            f"The value '{text}' of hyperparameter '{name}' is not a number of type {type_}."
        )
    return value


def _check_value(name: str, text: str, tunable: Tunable) -> None:
    """One of the values that a categorical range lists."""
    if tunable.type != "Categorical":
        _check_valid(name, _number(name, text, tunable.type), tunable)
    elif text not in tunable.choices:
        raise ValidationException(
            f"The value [{text}] of hyperparameter '{name}' is not one of its valid values, "
            f"[{', '.join(tunable.choices)}]."
        )


def _check_valid(name: str, value: float, tunable: Tunable) -> None:
    if not tunable.low <= value <= tunable.high:
        raise ValidationException(
            f"The value [{value:g}] of hyperparameter '{name}' is outside its valid range "
            f"[{tunable.low:g}, {tunable.high:g}]."
        )
