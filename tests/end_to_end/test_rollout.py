"""A deployment nobody has to watch: what serves goes on serving, and somebody hears of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.end_to_end.conftest import SMALL_RUN, Deployment, wait_until
from tests.end_to_end.damaged_models import NO_MODEL, garbling_model, run_with_artefact
from tests.end_to_end.leftovers import leftovers, packages, running_jobs
from tests.end_to_end.rollout import Messages, endless, serving, subscribe, tiny


@pytest.fixture(scope="module")
def messages(deployment: Deployment) -> Messages:
    return subscribe(deployment, "heard-of-rollouts")


@pytest.fixture(scope="module")
def champion(deployment: Deployment, messages: Messages) -> dict[str, Any]:
    """The execution whose model serves at retune-champion."""
    described = deployment.run(tiny("retune-champion"))
    assert described["status"] == "SUCCEEDED", described
    return described


def test_success_is_told_with_endpoint_score_and_report(
    champion: dict[str, Any], messages: Messages
) -> None:
    (message,) = messages(champion["executionArn"])
    output = json.loads(champion["output"])
    assert message["MessageAttributes"]["Outcome"]["Value"] == "Deployed"
    assert message["Subject"] == f"retune-champion: Deployed ({champion['name']})"
    for words in ("retune-champion", f"validation:auc {output['Value']:.5g}", "report.html"):
        assert words in message["Message"]
    assert output["Notified"]["MessageId"]


def test_history_has_the_run_with_its_outcome(
    deployment: Deployment, champion: dict[str, Any]
) -> None:
    shown = json.loads(deployment.retune("history", "retune-champion", "--format", "json").stdout)
    (run,) = (each for each in shown if each["ExecutionArn"] == champion["executionArn"])
    assert (run["EndpointName"], run["Outcome"]) == ("retune-champion", "Deployed")
    assert run["Reason"] == json.loads(champion["output"])["Verdict"]["Reason"]
    assert "Deployed" in deployment.retune("history", "retune-champion").stdout


@pytest.mark.parametrize(
    ("artefact", "outcome", "words"),
    [
        (NO_MODEL, "EndpointRolledBack", "still serves"),
        (garbling_model(), "EndpointUnhealthy", "again, as before"),
    ],
    ids=["does not start", "garbles"],
)
def test_bad_model_does_not_replace_the_good_one(
    deployment: Deployment,
    champion: dict[str, Any],
    messages: Messages,
    artefact: bytes,
    outcome: str,
    words: str,
) -> None:
    before = serving(deployment, "retune-champion")
    failed = run_with_artefact(deployment, tiny("retune-champion"), artefact)
    assert failed["error"] == outcome, failed
    assert words in failed["cause"]
    assert serving(deployment, "retune-champion") == before
    assert leftovers(deployment, failed["executionArn"]) == set()
    (message,) = messages(failed["executionArn"])
    assert message["MessageAttributes"]["Outcome"]["Value"] == outcome
    reason, report = failed["cause"].split("\nReport: ")
    assert reason in message["Message"]
    assert f"Report: {report}" in message["Message"]


@pytest.mark.parametrize(
    ("artefact", "outcome"),
    [(NO_MODEL, "DeploymentFailed"), (garbling_model(), "EndpointUnhealthy")],
    ids=["does not start", "garbles"],
)
def test_first_endpoint_that_is_not_healthy_is_deleted_again_and_the_next_run_succeeds(
    deployment: Deployment, artefact: bytes, outcome: str
) -> None:
    failed = run_with_artefact(deployment, tiny("retune-first"), artefact)
    assert failed["error"] == outcome, failed
    assert "is deleted again" in failed["cause"]
    sagemaker = deployment.client("sagemaker")
    assert sagemaker.list_endpoints(NameContains="retune-first")["Endpoints"] == []
    assert leftovers(deployment, failed["executionArn"]) == set()


def test_prune_keeps_what_serves_and_as_many_before_as_asked(
    deployment: Deployment, champion: dict[str, Any]
) -> None:
    run = tiny("retune-pruned", Retention={"KeepModels": 1, "KeepModelPackages": 0})
    first, second, third = (deployment.run(run) for _ in range(3))
    assert third["status"] == "SUCCEEDED", third
    assert leftovers(deployment, first["executionArn"]) == set()
    model = json.loads(second["output"])["ModelName"]  # its config has the same name
    (package,) = packages(deployment, second["executionArn"])
    assert leftovers(deployment, second["executionArn"]) == {model, package}
    assert serving(deployment, "retune-pruned") in leftovers(deployment, third["executionArn"])
    assert serving(deployment, "retune-champion") in leftovers(deployment, champion["executionArn"])
    pruned = json.loads(third["output"])["Pruned"]["Deleted"]
    gone = json.loads(first["output"])
    assert set(pruned) == {gone["ModelName"], gone["ModelPackageArn"].rpartition(":")[2]}

    asked = ("prune", "--endpoint-name", "retune-pruned", "--keep-models", "0")
    listed = deployment.retune(*asked, "--keep-packages", "0", "--dry-run").stdout.split()
    assert set(listed) == {model, package.rpartition(":")[2]}
    assert leftovers(deployment, second["executionArn"]) == {model, package}
    deployment.retune(*asked, "--keep-packages", "0")
    assert leftovers(deployment, second["executionArn"]) == set()
    assert serving(deployment, "retune-pruned") in leftovers(deployment, third["executionArn"])


def test_prune_stops_what_an_execution_that_is_over_has_left_running(
    deployment: Deployment, champion: dict[str, Any]
) -> None:
    ours = {"retune:prefix": "retune", "retune:execution": champion["executionArn"]}
    orphan = start_training(deployment, champion, "retune-orphan", ours)
    somebodys = start_training(deployment, champion, "retune-by-hand", {"team": "churn"})
    run = deployment.run(tiny("retune-tidy"))
    assert json.loads(run["output"])["Pruned"]["Stopped"] == [orphan]
    sagemaker = deployment.client("sagemaker")
    wait_until(lambda: running_jobs(deployment) == [somebodys])
    sagemaker.stop_training_job(TrainingJobName=somebodys)
    wait_until(lambda: running_jobs(deployment) == [])


def start_training(
    deployment: Deployment, like: dict[str, Any], name: str, tags: dict[str, str]
) -> str:
    """An endless training job on the data of an execution; returns its name."""
    sagemaker = deployment.client("sagemaker")
    trained = sagemaker.describe_training_job(
        TrainingJobName=json.loads(like["output"])["ModelName"]
    )
    members = ("RoleArn", "InputDataConfig", "OutputDataConfig", "ResourceConfig")
    sagemaker.create_training_job(
        **{member: trained[member] for member in (*members, "StoppingCondition")},
        TrainingJobName=name,
        AlgorithmSpecification={
            member: trained["AlgorithmSpecification"][member]
            for member in ("TrainingImage", "TrainingInputMode")
        },
        HyperParameters={"objective": "binary:logistic", "num_round": "100000"},
        Tags=[{"Key": key, "Value": value} for key, value in tags.items()],
    )
    return name


def test_stopping_an_execution_stops_its_jobs_and_is_told(
    deployment: Deployment, messages: Messages
) -> None:
    execution = deployment.start(endless("retune-never"))
    wait_until(lambda: bool(running_jobs(deployment)))
    deployment.client("stepfunctions").stop_execution(
        executionArn=execution, cause="The data was wrong."
    )
    wait_until(lambda: bool(messages(execution)))
    (message,) = messages(execution)
    assert message["MessageAttributes"]["Outcome"]["Value"] == "Cancelled"
    assert "The data was wrong." in message["Message"]
    wait_until(lambda: not running_jobs(deployment))


def test_tuning_job_that_somebody_stops_still_deploys_its_best(deployment: Deployment) -> None:
    static = {**SMALL_RUN["StaticHyperParameters"], "num_round": "300"}
    limits = {"MaxNumberOfTrainingJobs": 200, "MaxParallelTrainingJobs": 2}
    execution = deployment.start(
        tiny("retune-stopped", StaticHyperParameters=static, ResourceLimits=limits)
    )
    sagemaker, name = deployment.client("sagemaker"), ""

    def has_a_best() -> bool:
        nonlocal name
        page = sagemaker.list_hyper_parameter_tuning_jobs(StatusEquals="InProgress")
        for job in page["HyperParameterTuningJobSummaries"]:
            name = job["HyperParameterTuningJobName"]
        return bool(
            name
            and "BestTrainingJob"
            in sagemaker.describe_hyper_parameter_tuning_job(HyperParameterTuningJobName=name)
        )

    wait_until(has_a_best)
    sagemaker.stop_hyper_parameter_tuning_job(HyperParameterTuningJobName=name)
    ended = deployment.finish(execution)
    assert ended["status"] == "SUCCEEDED", ended
    assert serving(deployment, "retune-stopped") == json.loads(ended["output"])["ModelName"]


def test_two_executions_at_once_leave_one_model_in_service(deployment: Deployment) -> None:
    executions = [deployment.start(tiny("retune-shared")) for _ in range(2)]
    ended = [deployment.finish(execution) for execution in executions]
    assert "SUCCEEDED" in {one["status"] for one in ended}, ended
    assert {one.get("error", "Deployed") for one in ended} <= {"Deployed", "EndpointSuperseded"}
    config = serving(deployment, "retune-shared")
    assert config in set().union(*(leftovers(deployment, one) for one in executions))
