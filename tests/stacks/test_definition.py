"""The state machines' own grammar: what cfn-lint does not see."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonata.jsonata import Jsonata
from pydantic import BaseModel
from tuning.execution_input.evaluation import Evaluation
from tuning.execution_input.execution_input import ExecutionInput
from tuning.failure.failing_state import IN_MAPS
from tuning.failure.outcomes import OUTCOMES
from tuning.variables.recovery_record import RecoveryRecord

from retune.executions.outcome_codes import OUTCOME_CODES
from stacks.recovery_workflow import DEFINITION as RECOVERY
from stacks.retries import DEFINITIONS
from stacks.workflow import DEFINITION
from tests.stacks.flow import all_states, edges, expressions, reached
from tests.stacks.policies import actions

HANDLERS = Path(__file__).parents[2] / "lambda" / "tuning" / "handlers"
# The state that is a second use of another one's function.
SHARED_FUNCTIONS = {"CreateTrialModel": "CreateModel"}


@pytest.fixture(params=DEFINITIONS, ids=lambda path: path.name)
def machine(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Each state machine in its turn."""
    return dict(json.loads(request.param.read_text()))


@pytest.fixture
def retune() -> dict[str, Any]:
    return dict(json.loads(DEFINITION.read_text()))


def tasks(machine: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: s for name, s in all_states(machine).items() if s["Type"] == "Task"}


def test_definition_is_jsonata_throughout(machine: dict[str, Any]) -> None:
    assert machine["QueryLanguage"] == "JSONata"
    assert not re.findall(r'"[A-Za-z]+\.\$":', json.dumps(machine))


def test_no_partition_is_written_down(machine: dict[str, Any]) -> None:
    """The same definition is deployed to aws, aws-cn and aws-us-gov."""
    assert "arn:aws" not in json.dumps(machine)


def test_every_expression_parses_and_is_short(machine: dict[str, Any]) -> None:
    found = [(name, e) for name, state in all_states(machine).items() for e in expressions(state)]
    assert len(found) > 10
    for name, expression in found:
        Jsonata(expression)
        assert len(expression) < 250, name


def test_every_target_exists_and_every_state_is_reached(machine: dict[str, Any]) -> None:
    assert reached(machine["StartAt"], list(edges(machine))) == set(all_states(machine))


def test_record_of_a_recovery_that_could_not_read_the_progress_is_known() -> None:
    assert f'"{RecoveryRecord.UNREAD}"' in RECOVERY.read_text()


def test_states_of_maps_are_known_to_recovery(retune: dict[str, Any]) -> None:
    def of_maps(states: dict[str, Any]) -> set[str]:
        inner = [s["ItemProcessor"]["States"] for s in states.values() if s["Type"] == "Map"]
        boxed = [b["States"] for s in states.values() for b in s.get("Branches", [])]
        found = {name for each in inner for name in each if each[name]["Type"] == "Task"}
        return found.union(*map(of_maps, boxed))

    assert of_maps(retune["States"]) == set(IN_MAPS)


def test_machines_can_be_read_at_a_glance() -> None:
    definitions = [json.loads(path.read_text()) for path in (DEFINITION, RECOVERY)]
    assert sum(len(all_states(definition)) for definition in definitions) <= 48
    assert sum(len(path.read_text().splitlines()) for path in (DEFINITION, RECOVERY)) <= 1212


def test_failure_within_recovery_never_ends_it() -> None:
    """What could not be undone is told beside the first failure."""
    recovery = json.loads(RECOVERY.read_text())
    for name, state in tasks(recovery).items():
        assert state["Catch"][-1]["ErrorEquals"] == ["States.ALL"], name
    assert "Fail" not in {state["Type"] for state in all_states(recovery).values()}


def test_recovery_touches_nothing_before_it_has_asked_whether_an_outcome_stands() -> None:
    """Also when InspectEndpoint fails; only what ReadProgress could not read is not known."""
    recovery = json.loads(RECOVERY.read_text())
    before = [way for way in edges(recovery) if way.source != "EndpointDamaged"]
    assert recovery["States"]["EndpointDamaged"]["Choices"][0]["Next"] == "Notify"
    assert reached("InspectEndpoint", before) == {"InspectEndpoint", "EndpointDamaged"}
    touching = {"CleanUp", "RestorePrevious", "DeleteEndpoint"}
    assert not reached("ReadProgress", before) & touching


def test_failures_leave_the_box_by_one_way(retune: dict[str, Any]) -> None:
    """Besides, two states go on after an answer that Step Functions calls a failure, and one
    after what must not undo a model that is proven."""
    (box,) = retune["States"]["Retune"]["Branches"]
    scopes = {**retune["States"], **box["States"]}
    caught = {name: state["Catch"] for name, state in scopes.items() if "Catch" in state}
    assert set(caught) == {"Retune", "RunTuning", "AwaitApproval", "ScaleEndpoint"}
    assert caught["Retune"][0]["ErrorEquals"] == ["States.ALL"]
    outside = {name for name, state in retune["States"].items() if state["Type"] == "Task"}
    assert outside == {"Recover"}


def test_outcomes_that_are_no_failure_are_those_with_an_exit_code(retune: dict[str, Any]) -> None:
    (choice,) = retune["States"]["HowItEnded"]["Choices"]
    named = re.findall(r"'(\w+)'", choice["Condition"])
    assert named == list(OUTCOME_CODES)
    assert set(named) <= OUTCOMES.keys()


def limit(state: dict[str, Any]) -> int:
    """How many seconds a state may take at most; a fleet whose models are all retuned at once."""
    if state["Type"] == "Map" and isinstance(state["MaxConcurrency"], str):
        return total(state["ItemProcessor"])
    if state["Type"] == "Map":
        trials = "Trial" in state["ItemProcessor"]["StartAt"]
        # Else what serves before tuning, and then candidate and champion.
        scored = most(Evaluation, "top_k") if trials else 3
        rounds: int = -(-scored // state["MaxConcurrency"])
        return rounds * total(state["ItemProcessor"])
    if state["Type"] == "Parallel":
        return max(map(total, state["Branches"]))
    seconds: int | str = state.get("TimeoutSeconds", 0)
    if seconds == "{% $plan.ApprovalTimeoutInSeconds %}":
        return most(ExecutionInput, "approval_timeout_in_seconds")
    return int(str(seconds))


def total(scope: dict[str, Any]) -> int:
    return sum(map(limit, scope["States"].values()))


def most(model: type[BaseModel], field: str) -> int:
    """The highest value that a field of the execution input may have."""
    return next(int(rule.le) for rule in model.model_fields[field].metadata if hasattr(rule, "le"))


def test_whole_execution_may_take_as_long_as_all_of_its_states(machine: dict[str, Any]) -> None:
    """And no longer than a year, after which Step Functions ends it."""
    assert total(machine) < machine["TimeoutSeconds"] < 365 * 24 * 3600


def test_every_task_has_a_time_limit(machine: dict[str, Any]) -> None:
    for name, state in tasks(machine).items():
        assert limit(state) > 0, name


def test_every_lambda_state_has_a_handler_file_of_its_name(machine: dict[str, Any]) -> None:
    for state, task in tasks(machine).items():
        if "lambda:invoke" in task["Resource"]:
            name = SHARED_FUNCTIONS.get(state, state)
            file = "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
            assert (HANDLERS / f"{file}.py").exists(), name
            assert task["Arguments"]["FunctionName"] == f"${{{name}FunctionArn}}"


def test_retried_jobs_get_a_new_name_each_time(retune: dict[str, Any]) -> None:
    """SageMaker refuses a name it has seen, which would hide the first error."""
    jobs = {name: s for name, s in tasks(retune).items() if s["Resource"].endswith("Job.sync")}
    assert len(jobs) == 5
    for name, state in jobs.items():
        arguments = json.dumps(state["Arguments"])
        assert "JobName" in arguments, name
        assert "State.RetryCount" in arguments, name
        assert "Execution.RedriveCount" in arguments, name


def test_every_call_of_the_workflow_is_allowed(
    retune: dict[str, Any], resources: dict[str, Any]
) -> None:
    """Permissions are written by hand: each task is paired with a statement here."""
    allowed = actions(resources, "WorkflowRole")
    for name, state in tasks(retune).items():
        service, _, call = state["Resource"].split(":::")[1].partition(":")
        action = re.split(r"[.:]", call)[0]
        permission = f"{service}:{action[0].upper()}{action[1:]}"
        assert permission.replace("lambda:Invoke", "lambda:InvokeFunction") in allowed, name
