"""The state machine's own grammar: what cfn-lint does not see."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonata.jsonata import Jsonata
from pydantic import BaseModel
from tuning.execution_input.evaluation import Evaluation
from tuning.execution_input.execution_input import ExecutionInput

from stacks.workflow import DEFINITION
from tests.stacks.policies import actions

LAMBDA = Path(__file__).parents[2] / "lambda" / "tuning"


@pytest.fixture(scope="module")
def machine() -> Any:
    return json.loads(DEFINITION.read_text())


def expressions(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from expressions(value, f"{path}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from expressions(value, f"{path}/{index}")
    elif isinstance(node, str) and node.startswith("{%"):
        yield path, node.removeprefix("{%").removesuffix("%}").strip()


def targets(state: dict[str, Any]) -> set[str]:
    found = {state[key] for key in ("Next", "Default") if key in state}
    return found | {rule["Next"] for rule in (*state.get("Catch", []), *state.get("Choices", []))}


def test_definition_is_jsonata_throughout(machine: dict[str, Any]) -> None:
    assert machine["QueryLanguage"] == "JSONata"
    assert not re.findall(r'"[A-Za-z]+\.\$":', DEFINITION.read_text())


def test_no_partition_is_written_down() -> None:
    """The same definition is deployed to aws, aws-cn and aws-us-gov."""
    assert "arn:aws" not in DEFINITION.read_text()


def test_every_expression_parses_and_is_short(machine: dict[str, Any]) -> None:
    found = list(expressions(machine))
    assert len(found) > 50
    for path, expression in found:
        Jsonata(expression)
        assert len(expression) < 250, path


def test_every_target_exists_and_every_state_is_reached(machine: dict[str, Any]) -> None:
    states = machine["States"]
    reached, waiting = set[str](), [machine["StartAt"]]
    while waiting:
        name = waiting.pop()
        assert name in states, f"no state {name}"
        if name not in reached:
            reached.add(name)
            waiting.extend(targets(states[name]))
    assert reached == set(states)


def limit(state: Any) -> Any:
    """How many seconds a state may take at most."""
    if state["Type"] == "Map":
        rounds = -(-most(Evaluation, "top_k") // state["MaxConcurrency"])
        return rounds * sum(map(limit, state["ItemProcessor"]["States"].values()))
    seconds = state.get("TimeoutSeconds", 0)
    if seconds == "{% $plan.ApprovalTimeoutInSeconds %}":
        return most(ExecutionInput, "approval_timeout_in_seconds")
    return int(seconds)


def most(model: type[BaseModel], field: str) -> int:
    """The highest value that a field of the execution input may have."""
    return next(int(rule.le) for rule in model.model_fields[field].metadata if hasattr(rule, "le"))


def test_whole_execution_may_take_as_long_as_all_of_its_states(machine: dict[str, Any]) -> None:
    """And no longer than a year, after which Step Functions ends it."""
    states = sum(map(limit, machine["States"].values()))
    assert states < machine["TimeoutSeconds"] < 365 * 24 * 3600


def test_every_task_has_a_time_limit_and_a_way_to_fail(machine: dict[str, Any]) -> None:
    for name, state in machine["States"].items():
        if state["Type"] == "Task":
            assert limit(state) > 0, name
            assert state["Catch"][-1]["ErrorEquals"] == ["States.ALL"], name


def test_every_lambda_state_has_a_handler_file_of_its_name(machine: dict[str, Any]) -> None:
    for name, state in machine["States"].items():
        if state.get("Resource", "").endswith("lambda:invoke"):
            file = "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
            assert (LAMBDA / "handlers" / f"{file}.py").exists(), name
            assert state["Arguments"]["FunctionName"] == f"${{{name}FunctionArn}}"


def test_retried_jobs_get_a_new_name_each_time(machine: dict[str, Any]) -> None:
    """SageMaker refuses a name it has seen, which would hide the first error."""
    trials = machine["States"]["ScoreTrials"]["ItemProcessor"]["States"]
    states = machine["States"] | trials
    jobs = {name: s for name, s in states.items() if s.get("Resource", "").endswith("Job.sync")}
    assert len(jobs) == 5
    for name, state in jobs.items():
        arguments = json.dumps(state["Arguments"])
        assert "JobName" in arguments, name
        assert "State.RetryCount" in arguments, name
        assert "Execution.RedriveCount" in arguments, name


def test_only_unmodelled_service_errors_are_retried(machine: dict[str, Any]) -> None:
    """Throttling reaches a state machine under the SDK's name for an un-modelled error."""
    for name, state in machine["States"].items():
        for retrier in state.get("Retry", []):
            for error in retrier["ErrorEquals"]:
                assert error.startswith("Lambda.") or error in (
                    "SageMaker.AmazonSageMakerException",
                    "SageMaker.SageMakerException",
                    "SageMaker.SdkClientException",
                    "ApplicationAutoScaling.ApplicationAutoScalingException",
                    "ApplicationAutoScaling.ConcurrentUpdateException",
                    "ApplicationAutoScaling.InternalServiceException",
                    "ApplicationAutoScaling.SdkClientException",
                ), name


def test_every_sagemaker_call_is_allowed(
    machine: dict[str, Any], resources: dict[str, Any]
) -> None:
    """Permissions are written by hand: each task is paired with a statement here."""
    allowed = actions(resources, "WorkflowRole")
    for name, state in machine["States"].items():
        call = re.search(r"sagemaker:(\w+)", state.get("Resource", ""))
        if call:
            assert f"sagemaker:{call[1][0].upper()}{call[1][1:]}" in allowed, name
