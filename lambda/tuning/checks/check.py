"""Checks fields that could be read against the algorithm, against each other and the deployment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tuning.checks import (
    built_in_image,
    channels,
    custom_image,
    definitions,
    endpoint,
    evaluation,
    hyperparameters,
    metric,
    never_trains,
    prepare,
    ranges,
    requirements,
    rollout,
    search_space,
    strategy,
    training,
    warm_start,
)
from tuning.checks.cost_bound import check_cost_bound
from tuning.errors import Fault, InvalidInput
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.known_algorithm import algorithm_of
from tuning.execution_input.requirements import NOTHING_REQUIRED, Requirements
from tuning.execution_input.search_space import SearchSpace
from tuning.execution_input.validate import ValidDefinition
from tuning.prices.price_list import Ask, nobody


@dataclass(frozen=True)
class Deployment:
    """What the stack settles for every run.

    `stack_endpoint` is the endpoint that the stack's alarms watch. The region is None where it is
    not known yet, as at synth. `image_repositories` is the setting of that name, `required` what
    the settings ask of every run. `ask` tells prices that the price table does not have.
    """

    name_prefix: str
    stack_endpoint: str
    region: str | None = None
    account: str | None = None
    image_repositories: tuple[str, ...] = ()
    required: Requirements = NOTHING_REQUIRED
    ask: Ask = nobody

    @property
    def trusted(self) -> custom_image.Trusted | None:
        """None at synth, where nothing is known of the account."""
        if self.region is None:
            return None
        return custom_image.Trusted(self.region, self.account, self.image_repositories)


def check(valid: Sequence[ValidDefinition], deployment: Deployment) -> ExecutionInput:
    """The input of the run: the first definition's, which knows all of them.

    Raises:
        InvalidInput: with every fault that was found, here or when the fields were read.
    """
    _refuse([fault for given in valid for fault in _definition_faults(given, deployment)])
    run = _joined(valid, deployment.required)
    _refuse([*definitions.check(run), *evaluation.check(run, algorithm_of(run))])
    _refuse(check_cost_bound(run, deployment.region, deployment.ask))
    return run


def _refuse(faults: Sequence[Fault]) -> None:
    """A fault that several definitions share, or Freeze and what it freezes, counts once."""
    once = {(fault.field, repr(fault.value), fault.rule): fault for fault in faults}
    if once:
        raise InvalidInput(once.values())


def _joined(valid: Sequence[ValidDefinition], required: Requirements) -> ExecutionInput:
    runs = [
        (given.complete.definition.name, given.run and required.applied(given.run))
        for given in valid
    ]
    named = [(name, run) for name, run in runs if name is not None and run is not None]
    (_, first), *_ = runs
    assert first is not None, "a definition that could not be read has faults"
    return first.with_definitions(named)


def _definition_faults(given: ValidDefinition, deployment: Deployment) -> Iterator[Fault]:
    """Faults of a definition by itself, under the names that the document uses."""
    checked = [] if given.run is None else _check_run(given.run, deployment)
    further = (fault for fault in checked if not given.is_unread(fault.field))
    for fault in (*given.unread, *further):
        yield replace(fault, field=given.complete.field_as_given(fault.field))


def _check_run(given: ExecutionInput, deployment: Deployment) -> Iterator[Fault]:
    yield from requirements.check(given, deployment.required)
    run = deployment.required.applied(given)
    algorithm = algorithm_of(run)
    if run.algorithm_specification:
        yield from custom_image.check(run, run.algorithm_specification, deployment.trusted)
    else:
        yield from built_in_image.check(run, algorithm, deployment.region)
        yield from metric.check(run, algorithm)
        yield from hyperparameters.check(run, algorithm)
        yield from never_trains.check(run)
    yield from hyperparameters.check_count(run)
    yield from channels.check(run, algorithm)
    yield from prepare.check(run)
    yield from training.check(run, own_tags=given.tags or ())
    yield from warm_start.check(run)
    yield from strategy.check(run)
    yield from endpoint.check(run, deployment.name_prefix)
    yield from rollout.check(run, deployment.stack_endpoint)
    yield from evaluation.check(run, algorithm)
    range_faults = list(ranges.check(run, algorithm))
    yield from range_faults or search_space.check(run, SearchSpace.of(run, algorithm))
