"""Prune: what is left of earlier deployments, and what must stay."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from tuning.handlers.prune import handler

from tests.tuning.account import Account
from tests.tuning.handlers.deployments import ROLE, deploy, deployed
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.plans import EXECUTION, make_plan
from tests.tuning.recorded import IMAGE

EVENT = {
    "Plan": make_plan({"Retention": {"KeepModels": 1}}).to_document(),
    "ExecutionId": EXECUTION.id,
}


@pytest.mark.usefixtures("machine")
def test_all_but_what_serves_and_the_kept_models_before_it_go(account: Account) -> None:
    for number in range(4):
        deploy(account, f"retune-{number}")
    assert set(handler(EVENT, CONTEXT)["Deleted"]) == {"retune-0", "retune-1"}
    assert deployed(account) == (["retune-2", "retune-3"],) * 2


@pytest.mark.usefixtures("machine")
def test_candidate_of_this_execution_that_lost_goes(account: Account) -> None:
    deploy(account, "retune-lost", EXECUTION)
    deploy(account, "retune-serves")
    assert "retune-lost" in handler(EVENT, CONTEXT)["Deleted"]
    assert deployed(account) == (["retune-serves"],) * 2


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
def test_what_other_apps_have_whose_names_contain_the_prefix_is_not_looked_at(
    account: Account,
) -> None:
    """The role may see tags of its own names alone; SageMaker finds a part of a name anywhere."""
    deploy(account, "eu-retune-1")
    denied = "is not authorized to perform: sagemaker:ListTags"
    account.refuse("sagemaker", "ListTags", "AccessDeniedException", denied)
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
