"""Decides, without AWS, whether an execution input can work. Collects everything wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import accumulate
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from tuning.algorithms.algorithm import Algorithm, algorithm_names, load_algorithm
from tuning.algorithms.autopilot_metrics import with_algorithm_metric
from tuning.checks import (
    channels,
    custom_image,
    endpoint,
    evaluation,
    fields,
    hyperparameters,
    metric,
    ranges,
    rollout,
    search,
    strategy,
    training,
)
from tuning.checks.cost_bound import check_cost_bound
from tuning.checks.suggest import did_you_mean
from tuning.errors import Fault, InvalidInput
from tuning.execution_input.custom_image import UNKNOWN, algorithm_of
from tuning.execution_input.defaults import FREEZE, frozen, lay_over
from tuning.execution_input.definition import DEFAULT_ALGORITHM, TrainingJobDefinition
from tuning.execution_input.definition_documents import (
    field_in_definition,
    own_part,
    several,
    shared_part,
)
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.search_space import SearchSpace

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
    if not isinstance(document, Mapping):
        rule = "The execution input must be a JSON object."
        raise InvalidInput([Fault("Input", document, rule, "Use {} for the deployed defaults.")])
    document = _ranges_alone(document, defaults)
    if several({**defaults, **document}):
        run = _check_several({**defaults, **document}, name_prefix=name_prefix, region=region)
    else:
        own_defaults = shared_part(defaults, document)
        run = _check_alone(document, name_prefix=name_prefix, region=region, defaults=own_defaults)
    found = check_cost_bound(run)
    if found:
        raise InvalidInput(found)
    return run


def _ranges_alone(document: Mapping[str, Any], defaults: Mapping[str, Any]) -> Mapping[str, Any]:
    """A document of nothing but ranges, as lessons print them, is ParameterRanges."""
    known = _algorithm(defaults)
    names = {*known.tunable, *(a for a, name in known.aliases.items() if name in known.tunable)}
    if document and all(n in names and isinstance(r, Mapping) for n, r in document.items()):
        return {"ParameterRanges": document}
    return document


def _check_several(
    document: Mapping[str, Any], *, name_prefix: str, region: str | None
) -> ExecutionInput:
    """The first definition's input, which knows all of them."""
    runs: list[tuple[str, ExecutionInput]] = []
    found: list[Fault] = []
    for entry in several(document):
        own = own_part(entry)
        try:
            TrainingJobDefinition.model_validate(entry)
            alone = _check_alone(
                own,
                name_prefix=name_prefix,
                region=region,
                defaults=shared_part(document, own),
            )
            runs.append((entry["DefinitionName"], alone))
        except ValidationError as error:
            unread = fields.explain(error, _algorithm({**document, **own}))
            found += map(partial(_in_definition, entry), unread)
        except InvalidInput as error:
            found += map(partial(_in_definition, entry), error.faults)
    if found:  # a fault of a field that definitions share counts once
        raise InvalidInput({str(fault): fault for fault in found}.values())
    run = runs[0][1].with_definitions(runs)
    faults = [*search.check_definitions(run), *evaluation.check(run, algorithm_of(run))]
    if faults:
        raise InvalidInput(faults)
    return run


def _in_definition(entry: Mapping[str, Any], fault: Fault) -> Fault:
    """The fault with its field as the document calls it."""
    return replace(fault, field=field_in_definition(fault.field, entry) or fault.field)


def _check_alone(
    document: Mapping[str, Any],
    *,
    name_prefix: str,
    region: str | None = None,
    defaults: Mapping[str, Any] = MappingProxyType({}),
) -> ExecutionInput:
    """An input with one training job definition."""
    known = _algorithm({**defaults, **document})
    deployed = lay_over(known.default_input, defaults, known.aliases)
    laid = frozen(lay_over(deployed, document, known.aliases), known.aliases)
    complete = with_algorithm_metric(laid, known)
    try:
        run = ExecutionInput.model_validate(complete)
    except ValidationError as error:
        unread = list(fields.explain(error, known))
        raise InvalidInput([*unread, *_further(complete, error, unread, name_prefix)]) from None
    found = list(_faults(run, algorithm_of(run), name_prefix))
    found += rollout.check(run, deployed.get("Endpoint", {}).get("EndpointName", name_prefix))
    if region is not None:
        found += endpoint.check_region(run, region)
    if found:
        raise InvalidInput([_as_given(fault, complete) for fault in found])
    return run


def _as_given(fault: Fault, complete: Mapping[str, Any]) -> Fault:
    """A hyperparameter of Freeze is static by now, but called what the document calls it."""
    field, _, name = fault.field.partition(".")
    is_frozen = field == "StaticHyperParameters" and name in (complete.get(FREEZE) or {})
    return replace(fault, field=f"{FREEZE}.{name}") if is_frozen else fault


def _algorithm(document: Mapping[str, Any]) -> Algorithm:
    if document.get("AlgorithmSpecification") is not None:
        return UNKNOWN
    name = document.get("Algorithm", DEFAULT_ALGORITHM)
    if name not in algorithm_names():
        rule = "Retune does not know this algorithm."
        fix = did_you_mean(str(name), algorithm_names())
        raise InvalidInput([Fault("Algorithm", name, rule, fix)])
    return load_algorithm(name)


def _faults(run: ExecutionInput, algorithm: Algorithm, name_prefix: str) -> Iterator[Fault]:
    if run.algorithm_specification:
        yield from custom_image.check(run, run.algorithm_specification)
    else:
        yield from _check_version(run, algorithm)
        yield from metric.check(run, algorithm)
        yield from hyperparameters.check(run, algorithm)
    yield from channels.check(run, algorithm)
    yield from training.check(run)
    yield from search.check_warm_start(run)
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
    if any(found["type"] == "missing" and len(found["loc"]) == 1 for found in error.errors()):
        return  # it would be missing again
    rest = dict(complete)
    for field, *path in (found["loc"] for found in error.errors()):
        if field in _TABLES and path and path[0] in rest.get(str(field), {}):
            rest[field] = {key: value for key, value in rest[field].items() if key != path[0]}
        else:
            rest.pop(str(field), None)
    paths = (fault.field.split(".") for fault in unread)
    known = {name for path in paths for name in accumulate(path, "{}.{}".format)}
    try:
        _check_alone(rest, name_prefix=name_prefix)
    except InvalidInput as further:
        yield from (fault for fault in further.faults if fault.field not in known)
