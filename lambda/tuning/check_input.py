"""Decides, without AWS, whether an execution input can work. Collects everything wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from tuning.algorithm import Algorithm, algorithm_names, load_algorithm
from tuning.checks import (
    channels,
    endpoint,
    evaluation,
    fields,
    hyperparameters,
    metric,
    ranges,
    rollout,
    strategy,
)
from tuning.checks.suggest import did_you_mean
from tuning.defaults import lay_over
from tuning.errors import Fault, InvalidInput
from tuning.execution_input import DEFAULT_ALGORITHM, ExecutionInput
from tuning.search_space import SearchSpace

# Fields whose own fields are free names: one of these can be wrong and the rest right.
_TABLES = ("Channels", "ParameterRanges", "StaticHyperParameters")


def check_input(
    document: Mapping[str, Any],
    *,
    name_prefix: str,
    region: str | None = None,
    defaults: Mapping[str, Any] = MappingProxyType({}),
) -> ExecutionInput:
    """The complete input that a document stands for, defaults filled in.

    Calls nothing outside of this process. `defaults` are the deployed ones, laid over the built-in
    ones. `region`, when known, is checked for the algorithm's image.

    Raises:
        InvalidInput: with every fault of the document.
    """
    algorithm = _algorithm(document, defaults)
    deployed = lay_over(algorithm.default_input, defaults, algorithm.aliases)
    complete = lay_over(deployed, document, algorithm.aliases)
    try:
        run = ExecutionInput.model_validate(complete)
    except ValidationError as error:
        unread = list(fields.explain(error, algorithm))
        raise InvalidInput([*unread, *_further(complete, error, unread, name_prefix)]) from None
    found = list(_faults(run, algorithm, name_prefix))
    found += rollout.check(run, deployed.get("Endpoint", {}).get("EndpointName", name_prefix))
    if region is not None:
        found += endpoint.check_region(run, region)
    if found:
        raise InvalidInput(found)
    return run


def _algorithm(document: Any, defaults: Mapping[str, Any]) -> Algorithm:
    if not isinstance(document, Mapping):
        rule = "The execution input must be a JSON object."
        raise InvalidInput([Fault("Input", document, rule, "Use {} for the deployed defaults.")])
    name = {**defaults, **document}.get("Algorithm", DEFAULT_ALGORITHM)
    if name not in algorithm_names():
        rule = "Retune does not know this algorithm."
        fix = did_you_mean(str(name), algorithm_names())
        raise InvalidInput([Fault("Algorithm", name, rule, fix)])
    return load_algorithm(name)


def _faults(run: ExecutionInput, algorithm: Algorithm, name_prefix: str) -> Iterator[Fault]:
    yield from _check_version(run, algorithm)
    yield from channels.check(run, algorithm)
    yield from metric.check(run, algorithm)
    yield from hyperparameters.check(run, algorithm)
    yield from strategy.check_limits(run)
    yield from strategy.check_hyperband(run)
    yield from endpoint.check_name(run, name_prefix)
    yield from evaluation.check(run, algorithm)
    range_faults = list(ranges.check(run, algorithm))
    yield from range_faults or strategy.check_search_space(run, SearchSpace.of(run, algorithm))


def _check_version(run: ExecutionInput, algorithm: Algorithm) -> Iterator[Fault]:
    if run.algorithm_version not in (None, *algorithm.versions):
        yield Fault(
            "AlgorithmVersion",
            run.algorithm_version,
            f"Retune does not know this version of {algorithm.title}.",
            f"Use one of {', '.join(algorithm.versions)}.",
        )


def _further(
    complete: Mapping[str, Any], error: ValidationError, unread: list[Fault], name_prefix: str
) -> Iterator[Fault]:
    """What else is wrong besides the fields that could not be read: those are left out."""
    rest = dict(complete)
    for field, *path in (found["loc"] for found in error.errors()):
        if field in _TABLES and path and path[0] in rest.get(str(field), {}):
            rest[field] = {key: value for key, value in rest[field].items() if key != path[0]}
        else:
            rest.pop(str(field), None)
    known = {name for fault in unread for name in (fault.field, fault.field.split(".")[0])}
    try:
        check_input(rest, name_prefix=name_prefix)
    except InvalidInput as further:
        yield from (fault for fault in further.faults if fault.field not in known)
