"""Faults between tuning and endpoint: the champion serves on and the candidate leaves nothing."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.end_to_end.conftest import Deployment, customers, wait_until
from tests.end_to_end.leftovers import leftovers, running_jobs

pytestmark = pytest.mark.usefixtures("local_aws_faults")
ENDPOINT = "retune-faults"
STATIC = {"objective": "binary:logistic", "eval_metric": "auc"}
ALWAYS: dict[str, Any] = {"times": None}


@pytest.fixture(scope="module")
def document(deployment: Deployment) -> dict[str, Any]:
    """Two training jobs, scored on rows of their own, far better than the champion's."""
    bucket, s3 = deployment.outputs["DataBucketName"], deployment.client("s3")
    for channel, rows, seed in (("train", 300, 0), ("validation", 100, 1), ("test", 100, 2)):
        s3.put_object(Bucket=bucket, Key=f"faults/{channel}/rows.csv", Body=customers(rows, seed))
    return {
        "Channels": {n: f"s3://{bucket}/faults/{n}/" for n in ("train", "validation", "test")},
        "StaticHyperParameters": {**STATIC, "num_round": "20", "max_depth": "4"},
        "ParameterRanges": {"eta": {"MinValue": "0.2", "MaxValue": "0.4"}},
        "ResourceLimits": {"MaxNumberOfTrainingJobs": 2, "MaxParallelTrainingJobs": 2},
        "Promotion": {"Margin": -1, "Guardrails": {}},
        "Endpoint": {"EndpointName": ENDPOINT},
    }


@pytest.fixture(scope="module")
def champion(deployment: Deployment, document: dict[str, Any]) -> str:
    """The config that serves before each fault, of a weak model."""
    static = {**STATIC, "num_round": "1", "max_depth": "1"}
    described = deployment.run({**document, "StaticHyperParameters": static})
    assert described["status"] == "SUCCEEDED", described
    return serving(deployment)


def serving(deployment: Deployment) -> str:
    described = deployment.client("sagemaker").describe_endpoint(EndpointName=ENDPOINT)
    assert described["EndpointStatus"] == "InService"
    return str(described["EndpointConfigName"])


def task(state: str, operation: str) -> dict[str, Any]:
    """A call that a state makes itself."""
    return _call(f"states.retune.{state}", operation)


def function(name: str, operation: str) -> dict[str, Any]:
    """A call of a state's function."""
    return _call(f"lambda.retune-{name}", operation)


def _call(caller: str, operation: str) -> dict[str, Any]:
    return {"service": "sagemaker", "operation": operation, "caller": caller}


FAULTS: dict[str, tuple[str, dict[str, Any], dict[str, Any], str]] = {
    "candidate's transform job refused": (
        "access-denied", task("ScoreModel", "CreateTransformJob") | ALWAYS, {},
        "AccessDenied",
    ),
    "candidate does not load in the transform job": (
        "fail-serving", {"name": "retune-*-candidate-*"} | ALWAYS, {}, "EvaluationFailed",
    ),
    "transform jobs of several trials throttled": (
        "throttling", task("ScoreTrial", "CreateTransformJob") | ALWAYS,
        {"Evaluation": {"TopK": 2}}, "Throttled",
    ),
    "both transform jobs throttled": (
        "throttling", task("ScoreModel", "CreateTransformJob") | ALWAYS, {}, "Throttled",
    ),
    "champion not to be read": (
        "access-denied", function("FindChampion", "DescribeEndpointConfig") | ALWAYS, {},
        "AccessDenied",
    ),
    "Decide out of memory": (
        "out-of-memory", {"name": "retune-Decide"} | ALWAYS, {}, "EvaluationFailed",
    ),
    "registry's answer lost": (
        "crash-after", {"service": "sagemaker", "operation": "CreateModelPackage"} | ALWAYS, {},
        "ServiceFailed",
    ),
    "config refused after registration": (
        "access-denied", function("CreateEndpointConfig", "CreateEndpointConfig") | ALWAYS, {},
        "AccessDenied",
    ),
    "endpoint denied": (
        "access-denied", function("DeployEndpoint", "UpdateEndpoint") | ALWAYS, {}, "AccessDenied",
    ),
    "endpoint answers NaN": (
        "answer-nan", {"name": ENDPOINT} | ALWAYS, {}, "EndpointUnhealthy",
    ),
    "report of a candidate that lost": (
        "out-of-memory", {"name": "retune-WriteReport"} | ALWAYS,
        {"Promotion": {"Margin": 0.9}}, "ReportFailed",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "rule", "fields", "outcome"), FAULTS.values(), ids=FAULTS.keys())
def test_champion_goes_on_serving_and_nothing_is_left(
    deployment: Deployment,
    local_aws: LocalAws,
    document: dict[str, Any],
    champion: str,
    kind: str,
    rule: dict[str, Any],
    fields: dict[str, Any],
    outcome: str,
) -> None:
    before = serving(deployment)
    local_aws.add_fault(kind, **rule)
    failed = deployment.run({**document, **fields})
    assert (failed["status"], failed.get("error")) == ("FAILED", outcome), failed
    assert serving(deployment) == before
    assert leftovers(deployment, failed["executionArn"]) == set()
    assert running_jobs(deployment) == []


def test_execution_that_is_stopped_while_it_waits_for_a_person_leaves_no_package(
    deployment: Deployment, document: dict[str, Any]
) -> None:
    execution = deployment.start(
        {**document, "Approval": "Manual", "Endpoint": {"EndpointName": "retune-undecided"}}
    )
    stepfunctions = deployment.client("stepfunctions")

    def waits() -> bool:
        history = stepfunctions.get_execution_history(executionArn=execution, reverseOrder=True)
        return "AwaitApproval" in str(history["events"][:5])

    wait_until(waits, seconds=60)
    stepfunctions.stop_execution(executionArn=execution, cause="Nobody will decide.")
    wait_until(lambda: leftovers(deployment, execution) == set())


PASSING: dict[str, tuple[str, dict[str, Any]]] = {
    "trial's model made, answer lost": ("crash-after", function("CreateModel", "CreateModel")),
    "transform job throttled": ("throttling", task("ScoreModel", "CreateTransformJob")),
    "champion's config throttled": (
        "throttling", function("FindChampion", "DescribeEndpointConfig"),
    ),
    "champion throttled": ("throttling", function("FindChampion", "DescribeEndpoint")),
    "endpoint asked, answer lost": ("crash-after", function("DeployEndpoint", "UpdateEndpoint")),
    "package made, answer lost": (
        "crash-after", {"service": "sagemaker", "operation": "CreateModelPackage"},
    ),
}  # fmt: skip


def test_passing_faults_do_not_show(
    deployment: Deployment, local_aws: LocalAws, document: dict[str, Any], champion: str
) -> None:
    """All of them in one execution: each is tried again, none makes a thing twice."""
    for kind, rule in PASSING.values():
        local_aws.add_fault(kind, **rule)
    described = deployment.run({**document, "Evaluation": {"TopK": 2}})
    assert described["status"] == "SUCCEEDED", described
    assert all(rule["hits"] for rule in local_aws.faults())
    left = leftovers(deployment, described["executionArn"])
    assert len(left) == 2  # the model, with a config of its name, and one package
    assert serving(deployment) in left
