"""A sample of the fault matrix (docs/fault-matrix.md): one cell of each kind of caller."""

from __future__ import annotations

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.end_to_end.conftest import Deployment, wait_until
from tests.fault_matrix.cells import Cell, cells_of
from tests.fault_matrix.deployment import upload
from tests.fault_matrix.discovery import WorkflowCall, own_calls
from tests.fault_matrix.incidents import incidents
from tests.fault_matrix.listed import listed_calls
from tests.fault_matrix.observation import resources
from tests.fault_matrix.page import PAGE
from tests.fault_matrix.player import Player, record
from tests.fault_matrix.stack import Stack
from tests.fault_matrix.variants import BY_NAME

RECORDED = ("update", "unhealthy")
SAMPLE = (
    "update: state RunTuning sagemaker.CreateHyperParameterTuningJob: limit reached",
    "update: function RegisterModel sagemaker.CreateModelPackage: access denied",
    "update: stopped at VerifyEndpoint: stopped",
    "unhealthy: function CleanUp sagemaker.DeleteModel: throttling that heals",
    "unhealthy: recovery RestorePrevious sagemaker.UpdateEndpoint: access denied",
    "unhealthy: function WriteFailureReport s3.PutObject: access denied",
    "unhealthy: recovery stopped at CleanUp: with the execution",
    # Last, since it deploys: it shows that running again succeeds.
    "update: function DeployEndpoint sagemaker.UpdateEndpoint: crash after effect",
)

Calls = dict[str, list[WorkflowCall]]


@pytest.fixture(scope="module")
def player(deployment: Deployment, local_aws: LocalAws) -> Player:
    stack = Stack(local_aws, "retune", deployment.outputs)
    recovery = {
        "stateMachineArn": f"{deployment.outputs['StateMachineArn']}-recovery",
        "statusFilter": "RUNNING",
    }
    # The calls of one that a test before has left would count as those of the first run here.
    stepfunctions = deployment.client("stepfunctions")
    wait_until(lambda: not stepfunctions.list_executions(**recovery)["executions"])
    stack.ignored = resources(stack)
    upload(stack)
    return Player(stack)


@pytest.fixture(scope="module")
def calls(player: Player) -> Calls:
    """Of a run that deploys, and of one that fails and undoes everything."""
    return record(player, [BY_NAME[name] for name in RECORDED])


def test_the_page_lists_the_calls_that_the_workflow_makes(calls: Calls) -> None:
    listed = {row for row in listed_calls(PAGE.read_text()) if row.startswith(RECORDED)}
    assert listed == {f"{name}: {call}" for name, made in own_calls(calls).items() for call in made}


def test_sample_is_green(player: Player, calls: Calls) -> None:
    cells: dict[str, Cell] = {cell.id: cell for cell in (*cells_of(calls), *incidents(calls))}
    results = list(player.play(cells[name] for name in SAMPLE))
    assert [result for result in results if not result.green] == []
    assert {result.id for result in results} == set(SAMPLE)
