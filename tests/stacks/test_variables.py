"""Each name that the state machine reads of a variable is one that the variable's class has.

So that a field which somebody renames fails here, and not in an execution.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from tuning.evaluation.decision import unproven
from tuning.variables.deployment import Deployment
from tuning.variables.progress import FailedState, Progress
from tuning.variables.restoration import EndpointState

from stacks.workflow import DEFINITION
from tests.stacks.flow import all_states, edges, expressions, reached
from tests.stacks.jsonata_paths import Path, asked_for, reads
from tests.tuning.channel_store import ROWS, store
from tests.tuning.plans import make_plan
from tests.tuning.report_runs import a_summary
from tests.tuning.variables import a_model, a_winner, proven_verdict

MACHINES = sorted(DEFINITION.parent.glob("*.asl.json"))
EVERYTHING = {
    "Retrain": {"Channels": {"train": "s3://data-bucket/data/train/"}},
    "Evaluation": {"TopK": 3},
    "Endpoint": {
        "InitialInstanceCount": 2,
        "AutoScaling": {"MinCapacity": 2, "MaxCapacity": 4, "InvocationsPerInstance": 100},
        "DataCapture": {},
        "Rollout": {},
    },
}
PROGRESS = Progress(
    execution_id="arn:aws:states:eu-central-1:123456789012:execution:retune:monday",
    failure=FailedState(state="Prune", error="ClientError", cause="Rate exceeded"),
    record="recovery-0.json",
    plan=make_plan(EVERYTHING, data=store(test=ROWS)),
    deployment=Deployment(endpoint_config_name="new", previous="old"),
    standing={"Pruned": {"Error": "Rate exceeded"}},
)
LEFT = EndpointState(status="InService", config_name="new", ours=True)
# Each variable with all that it can have, and with the least. Recovery reads what may be absent of
# its progress only after InspectEndpoint has found that there is something to undo.
VARIABLES = {
    "plan": (make_plan(EVERYTHING, data=store(test=ROWS)), make_plan()),
    "winner": (a_winner(), a_winner()),
    "model": (a_model(), a_model()),
    "verdict": (proven_verdict(), unproven("There is no test channel.")),
    "summary": (a_summary(), a_summary()),
    "execution": (PROGRESS, PROGRESS),
    "left": (LEFT, LEFT),
}
FULL = {name: full.to_document() for name, (full, _) in VARIABLES.items()}
LEAST = {name: least.to_document() for name, (_, least) in VARIABLES.items()}
# Entered only with a test channel, although no Choice asks for it: without, nothing is to score.
SCORING = {"ScoreTrials", "CreateTrialModel", "ScoreTrial", "ChooseTrial", "ScoreModel"}


@pytest.fixture(params=MACHINES, ids=lambda path: path.name)
def machine(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(json.loads(request.param.read_text()))


def has(documents: dict[str, Any], path: Path) -> bool:
    node: Any = documents
    for name in path:
        if not isinstance(node, dict) or name not in node:
            return False
        node = node[name]
    return True


def variables_read(machine: dict[str, Any]) -> list[tuple[str, Path, bool]]:
    """State, path and whether the expression asks first, of each reading of a variable above."""
    return [
        (name, read.path, read.may_be_absent)
        for name, state in all_states(machine).items()
        for expression in expressions(state)
        for read in reads(expression)
        if read.path[0] in VARIABLES
    ]


def only_after_asking(machine: dict[str, Any], path: Path) -> set[str]:
    """The states that are entered only when a Choice has found that there is this."""
    prefixes = {path[:length] for length in range(1, len(path) + 1)}
    unasked = [way for way in edges(machine) if prefixes.isdisjoint(asked_for(way.condition))]
    return set(all_states(machine)) - reached(machine["StartAt"], unasked)


def test_every_name_is_one_that_the_variable_has(machine: dict[str, Any]) -> None:
    unknown = [(state, path) for state, path, _ in variables_read(machine) if not has(FULL, path)]
    assert unknown == []


def test_what_may_be_absent_is_asked_for_before_it_is_read(machine: dict[str, Any]) -> None:
    for state, path, asked in variables_read(machine):
        if asked or has(LEAST, path) or (path[1] == "Evaluation" and state in SCORING):
            continue
        assert state in only_after_asking(machine, path), f"{state} reads ${'.'.join(path)}"


def test_names_are_really_found() -> None:
    """The machine reads the plan in some thirty places."""
    definition = json.loads(DEFINITION.read_text())
    paths = {path for _, path, _ in variables_read(definition) if path[0] == "plan"}
    assert len(paths) > 15
    assert ("plan", "TuningJob", "HyperParameterTuningJobName") in paths
