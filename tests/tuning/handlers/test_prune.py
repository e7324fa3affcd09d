"""Prune: what is left of earlier deployments, and what must stay."""

from __future__ import annotations

import json

import pytest
from botocore.exceptions import ClientError
from tuning.handlers.prune import handler
from tuning.names import Execution, state_machine_arn

from tests.tuning.account import Account
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.plans import EXECUTION, make_plan
from tests.tuning.recorded import IMAGE

ROLE = "arn:aws:iam::123456789012:role/retune"
EVENT = {
    "Plan": make_plan({"Retention": {"KeepModels": 1}}).to_document(),
    "ExecutionId": EXECUTION.id,
}
EARLIER = Execution(f"{EXECUTION.id}-earlier", "earlier", EXECUTION.start_time)


def deploy(account: Account, name: str, execution: Execution = EARLIER) -> None:
    """A model with its endpoint config, which the endpoint serves from now on."""
    sagemaker, tags = account.client("sagemaker"), execution.tags("retune", "retune")
    sagemaker.create_model(
        ModelName=name, PrimaryContainer={"Image": IMAGE}, ExecutionRoleArn=ROLE, Tags=tags
    )
    variant = {
        "VariantName": "AllTraffic",
        "ModelName": name,
        "InstanceType": "ml.m5.large",
        "InitialInstanceCount": 1,
    }
    sagemaker.create_endpoint_config(
        EndpointConfigName=name, ProductionVariants=[variant], Tags=tags
    )
    if sagemaker.list_endpoints()["Endpoints"]:
        sagemaker.delete_endpoint(EndpointName="retune")  # moto has no UpdateEndpoint
    sagemaker.create_endpoint(EndpointName="retune", EndpointConfigName=name)


def names(account: Account) -> tuple[list[str], list[str]]:
    sagemaker = account.client("sagemaker")
    configs = sagemaker.list_endpoint_configs()["EndpointConfigs"]
    models = sagemaker.list_models()["Models"]
    return (
        sorted(entry["EndpointConfigName"] for entry in configs),
        sorted(entry["ModelName"] for entry in models),
    )


@pytest.fixture
def machine(account: Account) -> str:
    """The state machine, of which no execution runs."""
    pass_ = {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}}
    made = account.client("stepfunctions").create_state_machine(
        name="retune", definition=json.dumps(pass_), roleArn=ROLE
    )
    assert made["stateMachineArn"] == state_machine_arn(EXECUTION.id)
    return str(made["stateMachineArn"])


@pytest.mark.usefixtures("machine")
def test_all_but_what_serves_and_the_kept_models_before_it_go(account: Account) -> None:
    for number in range(4):
        deploy(account, f"retune-{number}")
    assert set(handler(EVENT, CONTEXT)["Deleted"]) == {"retune-0", "retune-1"}
    assert names(account) == (["retune-2", "retune-3"],) * 2


@pytest.mark.usefixtures("machine")
def test_candidate_of_this_execution_that_lost_goes(account: Account) -> None:
    deploy(account, "retune-lost", EXECUTION)
    deploy(account, "retune-serves")
    assert "retune-lost" in handler(EVENT, CONTEXT)["Deleted"]
    assert names(account) == (["retune-serves"],) * 2


@pytest.mark.usefixtures("machine")
def test_what_the_tag_does_not_confirm_stays(account: Account) -> None:
    """A name can begin with the prefix by chance."""
    sagemaker = account.client("sagemaker")
    container = {"Image": IMAGE}
    sagemaker.create_model(
        ModelName="retune-of-others", PrimaryContainer=container, ExecutionRoleArn=ROLE
    )
    assert handler(EVENT, CONTEXT) == {"Stopped": [], "Deleted": []}


@pytest.mark.usefixtures("machine")
def test_what_somebody_has_deleted_meanwhile_is_no_fault(account: Account) -> None:
    for number in range(3):
        deploy(account, f"retune-{number}")
    gone = 'Could not find model "arn:aws:sagemaker:...:model/retune-0".'
    account.refuse("sagemaker", "DeleteModel", "ValidationException", gone)
    assert handler(EVENT, CONTEXT)["Deleted"] == ["retune-0", "retune-0"]


@pytest.mark.usefixtures("machine")
def test_denied_deletion_is_told(account: Account) -> None:
    for number in range(3):
        deploy(account, f"retune-{number}")
    denied = "is not authorized to perform: sagemaker:DeleteModel"
    account.refuse("sagemaker", "DeleteModel", "AccessDeniedException", denied)
    with pytest.raises(ClientError, match=denied):
        handler(EVENT, CONTEXT)
