"""Each name that a state machine reads of a variable is one that the variable's class has.

So that a field which somebody renames fails here, and not in an execution.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from stacks.workflow import DEFINITION
from tests.stacks.flow import all_states, edges, expressions, reached
from tests.stacks.jsonata_paths import Path, asked_for, reads
from tests.stacks.state_variables import FLEET, RECOVER, RETUNE, Extremes

VARIABLES = {"retune": RETUNE, "recover": RECOVER, "fleet": FLEET}
# Parts that may be absent, and states that read them only when they are there, although neither
# they nor a Choice ask for it.
READ_WITH = {
    (("plan", "Skipped"), "WorthTuning"),  # the choice asks before it assigns
    (("plan", "EarlierTuningJob"), "WorthTuning"),
    (("plan", "Rollback"), "WorthTuning"),
    (("plan", "Imported"), "WorthTuning"),
    (("plan", "ChampionToScore"), "WorthTuning"),
    (("plan", "Evaluation"), "CreateTrialModel"),
    (("plan", "Evaluation"), "ScoreTrial"),  # several candidates are asked for only with it
    (("plan", "Evaluation"), "ScoreModel"),  # without it no model is named that is to be scored
    (("execution", "Plan"), "EndpointDamaged"),
    (("execution", "Plan"), "WaitToRestore"),
    (("execution", "Plan"), "RestorePrevious"),  # $left.Ours tells that there are both
    (("execution", "Plan"), "DeleteEndpoint"),
    (("execution", "Deployment"), "EndpointDamaged"),
    (("execution", "Deployment"), "RestorePrevious"),
    (("execution", "Standing"), "Notify"),  # what is not explained stands
    (("execution", "Standing"), "Recovered"),
}


@dataclass(frozen=True)
class Machine:
    """A definition, and what its variables are."""

    definition: dict[str, Any]
    variables: dict[str, Extremes]

    @property
    def states(self) -> dict[str, dict[str, Any]]:
        return all_states(self.definition)

    def reads(self) -> Iterator[tuple[str, Path, bool]]:
        """State, path and whether the expression asks first, of each reading of a variable."""
        for name, state in self.states.items():
            for expression in expressions(state):
                for read in reads(expression):
                    if read.path[0] in self.variables:
                        yield name, read.path, read.may_be_absent

    def assigned(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """State, variable and document, where a state makes a variable's value itself."""
        for name, state in self.states.items():
            rules = (state, *state.get("Catch", []), *state.get("Choices", []))
            for variable, value in (
                pair for rule in rules for pair in rule.get("Assign", {}).items()
            ):
                if variable in self.variables and isinstance(value, dict):
                    yield name, variable, value

    def full(self, path: Path) -> bool:
        """Whether the variable can have this."""
        return has(self.variables[path[0]].full.to_document(), path[1:])

    def least(self, path: Path) -> bool:
        """Whether the variable always has this."""
        return has(self.variables[path[0]].least.to_document(), path[1:])

    def only_after_asking(self, path: Path) -> set[str]:
        """The states that are entered only when a Choice has found that there is this."""
        prefixes = {path[:length] for length in range(1, len(path) + 1)}
        ways = list(edges(self.definition))
        unasked = [way for way in ways if prefixes.isdisjoint(asked_for(way.condition))]
        return set(self.states) - reached(self.definition["StartAt"], unasked)


def has(node: Any, path: Path) -> bool:
    for name in path:
        if not isinstance(node, dict) or name not in node:
            return False
        node = node[name]
    return True


@pytest.fixture(params=VARIABLES)
def machine(request: pytest.FixtureRequest) -> Machine:
    file = DEFINITION.with_name(f"{request.param}.asl.json")
    return Machine(json.loads(file.read_text()), VARIABLES[request.param])


def test_every_state_machine_is_looked_at() -> None:
    assert {path.name for path in DEFINITION.parent.iterdir()} == {
        f"{name}.asl.json" for name in VARIABLES
    }


def test_every_name_is_one_that_the_variable_has(machine: Machine) -> None:
    unknown = [(state, path) for state, path, _ in machine.reads() if not machine.full(path)]
    assert unknown == []


def test_what_may_be_absent_is_asked_for_before_it_is_read(machine: Machine) -> None:
    for state, path, asked in machine.reads():
        if asked or machine.least(path) or (path[:2], state) in READ_WITH:
            continue
        assert state in machine.only_after_asking(path), f"{state} reads ${'.'.join(path)}"


def test_value_that_a_state_makes_itself_has_the_names_of_its_class(machine: Machine) -> None:
    for state, variable, document in machine.assigned():
        value = machine.variables[variable].full
        assert set(document) <= set(value.to_document()), (state, variable)
        type(value).parse(document)


def test_names_are_really_found() -> None:
    retune = Machine(json.loads(DEFINITION.read_text()), RETUNE)
    paths = {path for _, path, _ in retune.reads() if path[0] == "plan"}
    assert len(paths) > 15
    assert ("plan", "TuningJob", "HyperParameterTuningJobName") in paths
    made = {variable for _, variable, _ in retune.assigned()}
    assert made == {"model", "candidate", "approval", "pruned", "unscaled"}
