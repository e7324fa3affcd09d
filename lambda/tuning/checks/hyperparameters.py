"""Static hyperparameters against the algorithm."""

from __future__ import annotations

from collections.abc import Iterator

from tuning.algorithms.algorithm import Algorithm, Hyperparameter, release
from tuning.algorithms.valid_range import number, whole
from tuning.checks.lists import check_list
from tuning.errors import Fault
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.suggest import did_you_mean

FIELD = "StaticHyperParameters"
MAX_HYPERPARAMETERS = 100  # of a tuning job, with _tuning_objective_metric, which SageMaker adds


def check(run: ExecutionInput, algorithm: Algorithm) -> Iterator[Fault]:
    """Faults of a built-in algorithm's StaticHyperParameters, one by one and together."""
    version = algorithm.known_version(run.algorithm_version)
    for name, value in run.static_hyper_parameters.items():
        known = algorithm.hyperparameters.get(algorithm.aliases.get(name, name))
        if known is None:
            yield Fault(
                f"{FIELD}.{name}",
                value,
                f"{algorithm.title} has no such hyperparameter.",
                did_you_mean(name, algorithm.hyperparameters),
            )
        else:
            yield from _check_value(f"{FIELD}.{name}", value, known, algorithm, version)
    yield from _check_required(run, algorithm)
    yield from _check_requirements(run, algorithm)


def _check_value(
    field: str, value: str, known: Hyperparameter, algorithm: Algorithm, version: str
) -> Iterator[Fault]:
    if known.choices:
        yield from _check_choice(field, value, known, version)
    elif known.type in ("Integer", "Continuous") and value not in known.words:
        yield from _check_number_text(field, value, known)
    elif known.list_of:
        yield from check_list(field, value, known, algorithm)


def _check_choice(field: str, value: str, known: Hyperparameter, version: str) -> Iterator[Fault]:
    value = value.lower() if known.any_case else value
    if value not in known.choices:
        yield Fault(
            field, value, f"It is no value of {known.name}.", did_you_mean(value, known.choices)
        )
        return
    since = (known.since or {}).get(value)
    if since and release(version) < release(since):
        yield Fault(
            field,
            value,
            f"Version {version} of the algorithm does not have it.",
            f"Set AlgorithmVersion to {since}.",
        )


def _check_number_text(field: str, text: str, known: Hyperparameter) -> Iterator[Fault]:
    is_whole = known.type == "Integer"
    kind, value = ("a whole number", whole(text)) if is_whole else ("a number", number(text))
    if is_whole and value is None and text.isdigit():
        kind = "a whole number of at most 64 bits"
    if value is None or (known.range and value not in known.range):
        bounds = f", {known.range}" if known.range else ""
        words = f", or {' or '.join(known.words)}" if known.words else ""
        default = f", for example {known.default}, its default" if known.default else ""
        yield Fault(
            field, text, f"It must be {kind}{bounds}{words}.", f"Give such a value{default}."
        )


def _check_required(run: ExecutionInput, algorithm: Algorithm) -> Iterator[Fault]:
    given = _names(run, algorithm) | run.parameter_ranges.keys()
    for name, known in algorithm.hyperparameters.items():
        if known.required and name not in given:
            fix = f"Give it here, or a range in ParameterRanges, {known.range}."
            if known.choices:
                fix = f"Give one of {', '.join(known.choices)}."
            yield Fault(
                f"{FIELD}.{name}", None, f"{algorithm.title} does not train without it.", fix
            )


def _check_requirements(run: ExecutionInput, algorithm: Algorithm) -> Iterator[Fault]:
    given = run.static_hyper_parameters
    for rule in algorithm.requirements:
        applies = rule.when in given and given[rule.when] in (rule.one_of or (given[rule.when],))
        value = given.get(rule.needs)
        if applies and (value is None or (rule.to_be and value not in rule.to_be)):
            wanted = f" to be {' or '.join(rule.to_be)}" if rule.to_be else ""
            yield Fault(
                f"{FIELD}.{rule.needs}",
                value,
                f"{rule.when} = {given[rule.when]!r} needs it{wanted}.",
                f"Set {rule.needs}.",
            )


def check_count(run: ExecutionInput) -> Iterator[Fault]:
    """A fault when there are too many for any algorithm, an image of one's own too."""
    total = len(run.static_hyper_parameters) + len(run.parameter_ranges) + 1
    if total > MAX_HYPERPARAMETERS:
        yield Fault(
            FIELD,
            f"{total} hyperparameters",
            f"SageMaker takes at most {MAX_HYPERPARAMETERS}, static, tuned and its own one.",
            "Leave out those that have their default.",
        )


def _names(run: ExecutionInput, algorithm: Algorithm) -> set[str]:
    return {algorithm.aliases.get(name, name) for name in run.static_hyper_parameters}
