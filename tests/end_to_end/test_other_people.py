"""Other people are at work on what an execution works on: on its endpoint, its data, its token."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws
from tuning.request_types import Tag
from tuning.tags import app_tags

from tests.end_to_end.conftest import Deployment, customers, wait_until
from tests.end_to_end.leftovers import leftovers, packages
from tests.end_to_end.recovery_record import wait_until_recovered
from tests.end_to_end.rollout import wait_for

pytestmark = pytest.mark.usefixtures("local_aws_faults")
ENDPOINT = "retune-shared"
Deed = Callable[[str], None]


@pytest.fixture(scope="module")
def document(deployment: Deployment) -> dict[str, Any]:
    """One training job whose model is scored; any candidate is good enough."""
    bucket, s3 = deployment.outputs["DataBucketName"], deployment.client("s3")
    for channel, rows, seed in (("train", 200, 0), ("validation", 80, 1), ("test", 80, 2)):
        s3.put_object(Bucket=bucket, Key=f"shared/{channel}/rows.csv", Body=customers(rows, seed))
    return {
        "Channels": {n: f"s3://{bucket}/shared/{n}/" for n in ("train", "validation", "test")},
        "StaticHyperParameters": {
            "objective": "binary:logistic", "eval_metric": "auc", "num_round": "3",
        },
        "ParameterRanges": {"eta": {"MinValue": "0.1", "MaxValue": "0.9"}},
        "Strategy": "Random",
        "ResourceLimits": {"MaxNumberOfTrainingJobs": 1, "MaxParallelTrainingJobs": 1},
        "Promotion": {"Margin": -1, "Guardrails": {}},
        "Endpoint": {"EndpointName": ENDPOINT},
    }  # fmt: skip


@pytest.fixture
def champion(deployment: Deployment, document: dict[str, Any]) -> str:
    """The config that serves before; deployed when nothing does."""
    named = deployment.client("sagemaker").list_endpoints(NameContains=ENDPOINT)
    if not named["Endpoints"]:
        described = deployment.run(document)
        assert described["status"] == "SUCCEEDED", described
    return serving(deployment)


def serving(deployment: Deployment, endpoint: str = ENDPOINT) -> str:
    described = deployment.client("sagemaker").describe_endpoint(EndpointName=endpoint)
    return str(described["EndpointConfigName"])


def hold(local_aws: LocalAws, state: str) -> None:
    """The state's first call hangs for a while."""
    local_aws.add_fault("timeout", caller=f"states.retune.{state}", seconds=4)


def update_by_hand(deployment: Deployment) -> str:
    """Somebody else deploys a config of their own, with the model that serves; returns its name."""
    sagemaker, name = deployment.client("sagemaker"), f"by-hand-{uuid.uuid4().hex[:8]}"
    variants = sagemaker.describe_endpoint_config(EndpointConfigName=serving(deployment))
    sagemaker.create_endpoint_config(
        EndpointConfigName=name, ProductionVariants=variants["ProductionVariants"]
    )
    sagemaker.update_endpoint(EndpointName=ENDPOINT, EndpointConfigName=name)
    in_service(deployment)
    return name


def make_by_hand(deployment: Deployment, endpoint: str, tags: list[Tag]) -> str:
    """An endpoint that no run has made, which serves the champion; returns its config."""
    sagemaker, name = deployment.client("sagemaker"), f"by-hand-{uuid.uuid4().hex[:8]}"
    variants = sagemaker.describe_endpoint_config(EndpointConfigName=serving(deployment))
    sagemaker.create_endpoint_config(
        EndpointConfigName=name, ProductionVariants=variants["ProductionVariants"]
    )
    sagemaker.create_endpoint(EndpointName=endpoint, EndpointConfigName=name, Tags=tags)
    in_service(deployment, endpoint)
    return name


def model_of(deployment: Deployment, config: str) -> str:
    described = deployment.client("sagemaker").describe_endpoint_config(EndpointConfigName=config)
    return str(described["ProductionVariants"][0]["ModelName"])


def in_service(deployment: Deployment, endpoint: str = ENDPOINT) -> None:
    sagemaker = deployment.client("sagemaker")
    wait_until(
        lambda: sagemaker.describe_endpoint(EndpointName=endpoint)["EndpointStatus"] == "InService"
    )


def failed(deployment: Deployment, execution: str, outcome: str, words: str) -> None:
    """It has failed as it must and has left nothing."""
    described = deployment.finish(execution)
    assert (described["status"], described.get("error")) == ("FAILED", outcome), described
    assert words in described["cause"]
    assert leftovers(deployment, execution) == set()


def approve(deployment: Deployment, execution: str) -> None:
    (package,) = packages(deployment, execution)
    deployment.client("sagemaker").update_model_package(
        ModelPackageArn=package, ModelApprovalStatus="Approved"
    )


def test_endpoint_of_another_deployment_is_refused_before_anything_is_made(
    deployment: Deployment, document: dict[str, Any], champion: str
) -> None:
    """`retune-prod` begins as the names of `retune` do, and is the endpoint of its own prefix."""
    theirs = make_by_hand(deployment, "retune-prod", app_tags("retune-prod"))
    execution = deployment.start({**document, "Endpoint": {"EndpointName": "retune-prod"}})
    failed(deployment, execution, "InputRefused", "is of the deployment 'retune-prod', by its tag")
    assert serving(deployment, "retune-prod") == theirs


def test_endpoint_that_a_person_has_made_is_kept_up(
    deployment: Deployment, document: dict[str, Any], champion: str
) -> None:
    theirs = make_by_hand(deployment, "retune-by-hand", [])
    ended = deployment.run({**document, "Endpoint": {"EndpointName": "retune-by-hand"}})
    assert json.loads(ended["output"])["Outcome"] == "Deployed", ended
    assert serving(deployment, "retune-by-hand") != theirs


def test_endpoint_that_is_deleted_while_it_is_proven_stays_deleted_and_the_next_run_makes_it(
    deployment: Deployment, local_aws: LocalAws, document: dict[str, Any], champion: str
) -> None:
    hold(local_aws, "VerifyEndpoint")
    execution = deployment.start(document)
    wait_for(deployment, execution, "VerifyEndpoint", "TaskScheduled")
    deployment.client("sagemaker").delete_endpoint(EndpointName=ENDPOINT)
    failed(deployment, execution, "EndpointDeleted", "somebody has deleted it")
    again = deployment.run(document)
    assert json.loads(again["output"])["Outcome"] == "Deployed", again


def test_verdict_does_not_hold_for_what_somebody_else_has_deployed_since(
    deployment: Deployment, document: dict[str, Any], champion: str
) -> None:
    execution = deployment.start({**document, "Approval": "Manual"})
    wait_for(deployment, execution, "AwaitApproval", "TaskSubmitted")
    theirs = update_by_hand(deployment)
    approve(deployment, execution)
    failed(deployment, execution, "EndpointSuperseded", f"serves {theirs} by now")
    assert serving(deployment) == theirs


def test_execution_whose_model_somebody_else_serves_with_a_config_of_their_own_leaves_them_both(
    deployment: Deployment, local_aws: LocalAws, document: dict[str, Any], champion: str
) -> None:
    """They made the config before the execution knew whether the model answers."""
    hold(local_aws, "VerifyEndpoint")
    execution = deployment.start(document)
    wait_for(deployment, execution, "VerifyEndpoint", "TaskScheduled")
    theirs = update_by_hand(deployment)
    described = deployment.finish(execution)
    assert described["error"] == "EndpointSuperseded", described
    assert f"The endpoint serves {theirs}" in described["cause"]
    assert serving(deployment) == theirs
    # Their config names the execution's model, which stays, and so does its package.
    assert {name.rsplit("/", 1)[0] for name in leftovers(deployment, execution)} == {
        model_of(deployment, theirs), packages(deployment, execution)[0].rsplit("/", 1)[0],
    }  # fmt: skip


def test_test_channel_may_change_while_a_person_thinks(
    deployment: Deployment, document: dict[str, Any], champion: str
) -> None:
    execution = deployment.start({**document, "Approval": "Manual"})
    wait_for(deployment, execution, "AwaitApproval", "TaskSubmitted")
    bucket, s3 = deployment.outputs["DataBucketName"], deployment.client("s3")
    s3.put_object(Bucket=bucket, Key="shared/test/rows.csv", Body=customers(80, 9))
    approve(deployment, execution)
    described = deployment.finish(execution)
    assert json.loads(described["output"])["Outcome"] == "Deployed", described


def test_error_that_no_state_can_catch_leaves_what_was_proven(
    deployment: Deployment, document: dict[str, Any], champion: str
) -> None:
    """The token is answered with more than WriteReport can be handed beside its plan."""
    execution = deployment.start({**document, "Approval": "Manual"})
    wait_for(deployment, execution, "AwaitApproval", "TaskSubmitted")
    bucket, name = deployment.outputs["DataBucketName"], execution.rsplit(":", 1)[-1]
    s3, folder, long = deployment.client("s3"), f"runs/{name}/", "x" * 261_000
    kept = s3.get_object(Bucket=bucket, Key=f"{folder}approval.json")
    deployment.client("stepfunctions").send_task_success(
        taskToken=json.load(kept["Body"])["TaskToken"],
        output=json.dumps({"ModelApprovalStatus": "Approved", "ApprovalDescription": long}),
    )
    assert deployment.finish(execution)["error"] == "States.DataLimitExceeded"
    recovered = wait_until_recovered(deployment, execution, seconds=120)
    assert recovered["Outcome"] == "WorkflowFailed"
    assert "serves the new model" in recovered["Reason"]
    (package,) = packages(deployment, execution)
    assert leftovers(deployment, execution) == {serving(deployment), package}
    assert serving(deployment) != champion
