"""Ranges against the algorithm: may the hyperparameter be tuned, by this kind, in these bounds?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal
from math import isfinite

from tuning.algorithms.algorithm import Algorithm, Hyperparameter
from tuning.algorithms.valid_range import is_whole, number
from tuning.errors import Fault
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.parameter_ranges import AutoParameter, CategoricalRange, NumericRange
from tuning.execution_input.suggest import did_you_mean


def check(run: ExecutionInput, algorithm: Algorithm) -> Iterator[Fault]:
    """Faults of ParameterRanges, each range by itself."""
    for name, range_ in run.parameter_ranges.items():
        field = f"ParameterRanges.{name}"
        fault = _name_fault(field, name, algorithm) or _static_too(field, name, run, algorithm)
        if fault:
            yield fault
        elif isinstance(range_, AutoParameter):
            yield from _check_auto(field, range_, run, algorithm.hyperparameters[name])
        elif isinstance(range_, CategoricalRange):
            yield from _check_categorical(field, range_, algorithm.hyperparameters[name])
        else:
            yield from _check_numeric(field, range_, algorithm.hyperparameters[name])


def _name_fault(field: str, name: str, algorithm: Algorithm) -> Fault | None:
    known = algorithm.hyperparameters.get(name)
    if known and known.tuned_as:
        return None
    if known:
        return Fault(
            field,
            name,
            f"SageMaker does not tune this hyperparameter of {algorithm.title}.",
            f"Give one value in StaticHyperParameters. Tunable: {', '.join(algorithm.tunable)}.",
        )
    if name in algorithm.aliases:
        return Fault(
            field,
            name,
            f"SageMaker tunes it under its main name, {algorithm.aliases[name]}.",
            f"Write {algorithm.aliases[name]}.",
        )
    return Fault(
        field,
        name,
        f"{algorithm.title} has no such hyperparameter.",
        did_you_mean(name, algorithm.tunable),
    )


def _static_too(field: str, name: str, run: ExecutionInput, algorithm: Algorithm) -> Fault | None:
    for given, value in run.static_hyper_parameters.items():
        if algorithm.aliases.get(given, given) == name:
            return Fault(
                f"StaticHyperParameters.{given}",
                value,
                f"{name} has a range in ParameterRanges too.",
                "Remove one of the two.",
            )
    return None


def _check_auto(
    field: str, range_: AutoParameter, run: ExecutionInput, known: Hyperparameter
) -> Iterator[Fault]:
    """What a hyperparameter of an unknown image may be is not known: a number, or any text."""
    if run.autotune is None:
        yield Fault(
            f"{field}.ValueHint",
            range_.value_hint,
            "Only Autotune chooses ranges itself.",
            'Give MinValue and MaxValue, or Autotune {"Mode": "Enabled"}.',
        )
        return
    check_hint = {
        "Categorical": _choice_fault,
        "Integer": _bound_fault,
        "Continuous": _bound_fault,
        "Auto": _infinity_fault,
    }.get(known.tuned_as or "")
    fault = check_hint and check_hint(f"{field}.ValueHint", range_.value_hint, known)
    if fault:
        yield fault


def _check_categorical(
    field: str, range_: CategoricalRange, known: Hyperparameter
) -> Iterator[Fault]:
    if known.tuned_as != "Categorical":
        yield Fault(
            f"{field}.Values",
            range_.values,
            f"SageMaker tunes {known.name} as a number ({known.tuned_as}), not by a list.",
            "Give MinValue and MaxValue.",
        )
        return
    faults = (_choice_fault(f"{field}.Values", value, known) for value in range_.values)
    yield from filter(None, faults)


def _choice_fault(field: str, value: str, known: Hyperparameter) -> Fault | None:
    if value in known.choices:
        return None
    rule = f"It is no value of {known.name}."
    return Fault(field, value, rule, did_you_mean(value, known.choices))


def _infinity_fault(field: str, value: str, known: Hyperparameter) -> Fault | None:
    try:
        finite = isfinite(float(value))
    except ValueError:
        return None  # a text, which a category may be
    rule = "It is no finite number."
    return None if finite else Fault(field, value, rule, "Write a number such as 0.1.")


def _check_numeric(field: str, range_: NumericRange, known: Hyperparameter) -> Iterator[Fault]:
    if known.tuned_as == "Categorical":
        yield Fault(
            field,
            f"{range_.min_value} to {range_.max_value}",
            f"{known.name} is categorical.",
            f'Write {{"Values": [...]}} with some of {", ".join(known.choices)}.',
        )
        return
    known = replace(known, tuned_as=known.searched_as(range_.type))
    bounds = {"MinValue": range_.min_value, "MaxValue": range_.max_value}
    faults = [
        fault
        for bound, text in bounds.items()
        if (fault := _bound_fault(f"{field}.{bound}", text, known))
    ]
    yield from faults or _check_span(field, range_, known)


def _bound_fault(field: str, text: str, known: Hyperparameter) -> Fault | None:
    value = number(text)
    if value is None:
        return Fault(field, text, "It is no finite number.", "Write a number such as 0.1.")
    if known.tuned_as == "Integer" and not is_whole(value):
        floor = value.to_integral_value(ROUND_FLOOR)
        if not is_whole(floor):
            return Fault(field, text, "It has more than 64 bits.", "Use a smaller number.")
        rule = f"The range of {known.name} is of whole numbers."
        return Fault(field, text, rule, f"Use {int(floor)} or {int(floor) + 1}.")
    if known.range is not None and value not in known.range:
        return Fault(
            field,
            text,
            f"{known.name} must be {known.range}.",
            f"Stay within; {' to '.join(known.recommended)} is worth searching.",
        )
    return None


def _check_span(field: str, range_: NumericRange, known: Hyperparameter) -> Iterator[Fault]:
    low, high = number(range_.min_value) or Decimal(), number(range_.max_value) or Decimal()
    if low > high:
        yield Fault(
            f"{field}.MinValue",
            range_.min_value,
            f"It is above MaxValue, {range_.max_value}.",
            "Swap the two.",
        )
    if range_.scaling_type == "Logarithmic" and low <= 0:
        yield Fault(
            f"{field}.ScalingType",
            "Logarithmic",
            f"It needs bounds above 0, and MinValue is {range_.min_value}.",
            "Raise MinValue, for example to 0.001, or use Linear.",
        )
    if range_.scaling_type == "ReverseLogarithmic":
        yield from _check_reverse_logarithmic(field, low, high, known)


def _check_reverse_logarithmic(
    field: str, low: Decimal, high: Decimal, known: Hyperparameter
) -> Iterator[Fault]:
    if known.tuned_as == "Continuous" and low >= 0 and high < 1:
        return
    yield Fault(
        f"{field}.ScalingType",
        "ReverseLogarithmic",
        "It needs a continuous hyperparameter and bounds in 0 <= x < 1; "
        f"{known.name} is {known.tuned_as} from {low} to {high}.",
        "Use Linear or Logarithmic.",
    )
