"""DeployEndpoint: one look, one step, until the endpoint serves the new config."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from tuning import errors
from tuning.handlers import deploy_endpoint
from tuning.variables.rollback import Rollback

from tests.tuning.hosting import Aws, put_in_place_of_aws
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.plans import make_plan
from tests.tuning.variables import proven_verdict

NEW, OLD = "retune-new", "retune-old"
RECORD = "runs/monday/deployment.json"
UNPROVEN = {"HeldOut": False, "Decision": "Promote", "Reason": "Not proven."}
PROVEN = proven_verdict().to_document()
PLAN = make_plan({"Endpoint": {"EndpointName": "retune-churn"}})


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Aws:
    fake = Aws()
    put_in_place_of_aws(fake, monkeypatch)
    return fake


def look(progress: dict[str, Any] | None = None, **payload: Any) -> dict[str, Any]:
    """One call of the state; `progress` is what the one before returned."""
    event = {"Plan": PLAN.to_document(), "EndpointConfigName": NEW, "Verdict": UNPROVEN}
    progress = deploy_endpoint.handler({**event, "Progress": progress, **payload}, CONTEXT)
    return progress


def requests(aws: Aws) -> list[str]:
    return [operation for operation, _ in aws.asked]


def test_missing_endpoint_is_created(aws: Aws) -> None:
    progress = look()
    ((operation, request),) = aws.asked
    assert operation == "create_endpoint"
    assert request["EndpointName"] == "retune-churn"
    assert request["EndpointConfigName"] == NEW
    assert {"Key": "retune:prefix", "Value": "retune"} in request["Tags"]
    assert progress == {"Asked": True, "Settled": False, "Looks": 0, "PauseSeconds": 1}


def test_endpoint_in_service_is_updated_as_the_plan_says(aws: Aws) -> None:
    aws.serves(OLD)
    look()
    names = {"EndpointName": "retune-churn", "EndpointConfigName": NEW}
    assert aws.asked == [("update_endpoint", {**names, "RetainAllVariantProperties": True})]


@pytest.mark.parametrize("previous", ["", OLD], ids=["first endpoint", "update"])
def test_what_is_asked_is_written_down_before_and_outlives_a_call_that_is_cut_off(
    aws: Aws, previous: str
) -> None:
    if previous:
        aws.serves(previous)
    aws.refusals = ["Connection reset"]
    with pytest.raises(ClientError):
        look()
    assert aws.objects[RECORD] == {
        "EndpointConfigName": NEW,
        "Previous": previous,
        "Proven": False,
    }


def test_what_another_execution_has_not_proven_is_not_replaced(
    aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.serves(OLD)
    monkeypatch.setattr(deploy_endpoint, "is_on_trial", lambda config, *given: config == OLD)
    assert not look()["Asked"]
    patience = {"Asked": False, "Settled": False, "Looks": 59, "PauseSeconds": 30}
    with pytest.raises(errors.EndpointBusy, match=f"serves {OLD}, which another execution has not"):
        look(patience)
    aws.serves("retune-before")  # the other one has put it back
    assert look()["Asked"]
    assert aws.objects[RECORD]["Previous"] == "retune-before"


def test_pauses_grow_until_the_endpoint_has_settled(aws: Aws) -> None:
    aws.serves(OLD)
    progress, pauses = look(), []
    aws.serves(OLD, "Updating")
    for _ in range(6):
        progress = look(progress)
        pauses.append(progress["PauseSeconds"])
    assert pauses == [2, 4, 8, 16, 30, 30]
    aws.serves(NEW)
    assert look(progress)["Settled"]
    assert requests(aws) == ["update_endpoint"]


@pytest.mark.parametrize(
    "endpoint",
    [
        {"config": NEW, "status": "Creating"},
        {"config": OLD, "status": "Updating", "pending": NEW},
    ],
    ids=["create", "update"],
)
def test_request_whose_answer_was_lost_is_found_and_not_made_again(
    aws: Aws, endpoint: dict[str, str]
) -> None:
    pending = {"PendingDeploymentSummary": {"EndpointConfigName": endpoint.get("pending", "")}}
    aws.serves(endpoint["config"], endpoint["status"], **pending)
    assert look()["Asked"]
    assert aws.asked == []


@pytest.mark.parametrize(
    "words", ["Cannot update in-progress endpoint", "Cannot create already existing endpoint"]
)
def test_execution_that_was_slower_than_another_looks_again(aws: Aws, words: str) -> None:
    aws.serves(OLD)
    aws.refusals = [words]
    progress = look()
    assert not progress["Asked"]
    aws.serves("another", "Updating")
    progress = look(progress)
    aws.serves("another")
    assert look(progress)["Asked"]
    assert aws.objects[RECORD]["Previous"] == "another"


def test_config_that_sagemaker_does_not_see_yet_is_asked_for_again(aws: Aws) -> None:
    aws.refusals = ["Could not find endpoint configuration"] * 3
    assert look()["Asked"]


def test_config_that_is_gone_is_a_failure(aws: Aws) -> None:
    aws.refusals = ["Could not find endpoint configuration"] * 4
    with pytest.raises(ClientError, match="endpoint configuration"):
        look()


ASKED = {"Asked": True, "Settled": False, "Looks": 3, "PauseSeconds": 8}


@pytest.mark.parametrize(
    ("error", "words", "progress", "endpoint"),
    [
        ("EndpointDeleted", "no endpoint any more", ASKED, None),
        ("EndpointFailed", "Failed. No capacity", ASKED, (NEW, "Failed")),
        ("EndpointFailed", "OutOfService", None, (OLD, "OutOfService")),
        ("EndpointRolledBack", "still serves retune-old. No capacity", ASKED, (OLD, "InService")),
        ("EndpointSuperseded", "serves somebodys", ASKED, ("somebodys", "InService")),
    ],
)
def test_endpoint_that_went_another_way_ends_the_execution_by_name(
    aws: Aws,
    error: str,
    words: str,
    progress: dict[str, Any] | None,
    endpoint: tuple[str, str] | None,
) -> None:
    aws.objects[RECORD] = {"EndpointConfigName": NEW, "Previous": OLD, "Proven": False}
    if endpoint:
        aws.serves(*endpoint, FailureReason="No capacity")
    with pytest.raises(getattr(errors, error), match=words):
        look(progress)
    assert aws.asked == []


@pytest.mark.parametrize("status", ["Failed", "InService"], ids=["failed", "rolled back"])
def test_no_row_and_no_secret_that_the_container_quotes_is_in_error_or_log(
    aws: Aws, status: str, capsys: pytest.CaptureFixture[str]
) -> None:
    reason = "no login with hunter2-x at row 39.25,7.5,1"
    plan = make_plan(
        {"Endpoint": {"EndpointName": "retune-churn"}, "Environment": {"DB_PASSWORD": "hunter2-x"}}
    )
    aws.objects[RECORD] = {"EndpointConfigName": NEW, "Previous": OLD, "Proven": False}
    aws.serves(OLD, status, FailureReason=reason)
    with pytest.raises(errors.RetuneError, match=r"no login with \(not shown\) at row") as refused:
        look(ASKED, Plan=plan.to_document())
    everything = str(refused.value) + capsys.readouterr().out
    assert "hunter2-x" not in everything
    assert "39.25" not in everything


def test_verdict_holds_for_the_champion_alone(aws: Aws) -> None:
    aws.serves("somebodys")
    with pytest.raises(errors.EndpointSuperseded, match="somebodys by now"):
        look(Verdict=PROVEN, Champion={"EndpointConfigName": OLD, "ModelName": OLD})
    with pytest.raises(errors.EndpointSuperseded, match="somebodys by now"):
        look(Verdict=PROVEN, Champion=None)
    assert aws.objects == {}
    aws.serves(OLD)
    assert look(Verdict=PROVEN, Champion={"EndpointConfigName": OLD, "ModelName": OLD})["Asked"]


def test_endpoint_whose_champion_was_compared_is_not_made_again_when_somebody_deletes_it(
    aws: Aws,
) -> None:
    champion = {"EndpointConfigName": OLD, "ModelName": OLD}
    with pytest.raises(errors.EndpointDeleted, match="served retune-old when"):
        look(Verdict=PROVEN, Champion=champion)
    assert (aws.asked, aws.objects) == ([], {})
    look(Verdict=PROVEN, Champion=None)
    assert requests(aws) == ["create_endpoint"]


@pytest.mark.parametrize(("error", "asked"), [("EndpointBusy", False), ("EndpointTimedOut", True)])
def test_patience_has_an_end(aws: Aws, error: str, asked: bool) -> None:
    aws.serves(OLD, "Updating")
    last = {"Asked": asked, "Looks": PLAN.endpoint.max_polls - 1}
    with pytest.raises(getattr(errors, error), match="still Updating after 60 looks"):
        look(last)


def test_rollback_replaces_what_it_was_asked_to_and_nothing_else(aws: Aws) -> None:
    asked = Rollback(training_job_name=NEW, hyper_parameters={}, replaced=OLD)
    plan = PLAN.model_copy(update={"rollback": asked}).to_document()
    aws.serves(OLD)
    assert look(Plan=plan, Verdict=None)["Asked"]
    aws.serves("retune-somebody-elses")
    with pytest.raises(errors.EndpointSuperseded):
        look(Plan=plan, Verdict=None)
