"""The state that TestState is asked to test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from local_sagemaker.stepfunctions.definition.chains import machine_faults
from local_sagemaker.stepfunctions.definition.faults import errors, faults, refusal
from local_sagemaker.stepfunctions.definition.json_source import NotJson, parse
from local_sagemaker.stepfunctions.definition.machine import Chain, State, read_chain
from local_sagemaker.stepfunctions.definition.place import Fault, Place
from local_sagemaker.stepfunctions.definition.task_fields import NOT_RUN_HERE
from local_sagemaker.stepfunctions.definition.transitions import inner_chains
from local_sagemaker.stepfunctions.errors import InvalidDefinition, ValidationException

# A state's name for itself, also where the definition has another for it: recorded so.
NAME = "StateName"


def tested_state(text: str, name: str | None, *, is_mocked: bool) -> State:
    """The state itself, or the one of this name in a machine, however deep it stands there.

    It must be one that local AWS runs, unless it is mocked. Raises InvalidDefinition, and
    ValidationException for a name that is not there.
    """
    said = _object(text)
    if name is not None and "States" in said:
        found = faults(text)
    else:
        name, said = NAME, {"StartAt": NAME, "States": {NAME: said}}
        # It may lead to states that are not there.
        found = [*machine_faults(said, express=False)]
    _refuse(fault for fault in errors(found) if fault.code != NOT_RUN_HERE)
    for path, state in _states(read_chain(said), Place()):
        if state.name == name:
            here = (f"{path}/Resource", NOT_RUN_HERE)
            if not is_mocked:
                _refuse(fault for fault in found if (fault.location, fault.code) == here)
            return State(NAME, state.type, state.language, state.said)
    raise ValidationException("State not found in definition")


def inner_states(state: State) -> list[str]:
    """Names of the states within a Map or Parallel state, however deep."""
    inner = [read_chain(chain) for chain, _ in inner_chains(state.said, Place())]
    return [found.name for chain in inner for _, found in _states(chain, Place())]


def _object(text: str) -> dict[str, Any]:
    try:
        said = parse(text)
    except NotJson:
        said = None
    if isinstance(said, dict):
        return said
    raise InvalidDefinition(refusal(faults(text)))


def _refuse(wrong: Iterable[Fault]) -> None:
    listed = [*wrong]
    if listed:
        raise InvalidDefinition(refusal(listed))


def _states(chain: Chain, place: Place) -> Iterator[tuple[str, State]]:
    """All states of a chain and of those within it, with their paths."""
    for state in chain.states.values():
        here = place.field("States").field(state.name)
        yield here.path, state
        for inner, where in inner_chains(state.said, here):
            yield from _states(read_chain(inner, chain.language), where)
