"""Training jobs that really train, through the API."""

from __future__ import annotations

import io
import re
import tarfile
from datetime import timedelta
from typing import Any

import pytest

from tests.local_sagemaker.server import (
    BUCKET,
    ENDLESS,
    HYPERPARAMETERS,
    LocalSageMaker,
    new_name,
    training_request,
)
from tests.local_sagemaker.waiting import log_lines, wait_for_training, wait_until


@pytest.fixture(scope="session")
def completed(local: LocalSageMaker) -> dict[str, Any]:
    name = new_name("completed")
    local.sagemaker.create_training_job(**training_request(name))
    return wait_for_training(local, name)


def test_training_job_completes_with_its_phases_in_order(completed: dict[str, Any]) -> None:
    assert completed["TrainingJobStatus"] == "Completed", completed.get("FailureReason")
    assert [phase["Status"] for phase in completed["SecondaryStatusTransitions"]] == [
        "Starting",
        "Downloading",
        "Training",
        "Uploading",
        "Completed",
    ]


def test_training_job_leaves_its_model_in_s3(
    local: LocalSageMaker, completed: dict[str, Any]
) -> None:
    uri = completed["ModelArtifacts"]["S3ModelArtifacts"]
    key = f"output/{completed['TrainingJobName']}/output/model.tar.gz"
    assert uri == f"s3://{BUCKET}/{key}"
    body = local.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()
    with tarfile.open(fileobj=io.BytesIO(body)) as archive:
        assert archive.getnames() == ["xgboost-model"]


def test_training_job_reports_the_last_value_of_each_metric(completed: dict[str, Any]) -> None:
    metrics = {item["MetricName"]: item["Value"] for item in completed["FinalMetricDataList"]}
    assert set(metrics) == {"train:auc", "validation:auc"}
    assert metrics["validation:auc"] > 0.8


def test_training_job_leaves_its_learning_curve_in_cloudwatch(
    local: LocalSageMaker, completed: dict[str, Any]
) -> None:
    """As TrainingJobAnalytics of the SageMaker SDK asks for it."""
    name = completed["TrainingJobName"]
    curve = local.cloudwatch.get_metric_statistics(
        Namespace="/aws/sagemaker/TrainingJobs",
        MetricName="validation:auc",
        Dimensions=[{"Name": "TrainingJobName", "Value": name}],
        StartTime=completed["TrainingStartTime"],
        EndTime=completed["TrainingEndTime"] + timedelta(minutes=1),
        Period=60,
        Statistics=["Maximum", "SampleCount"],
    )["Datapoints"]
    logged = [
        float(value)
        for line in log_lines(local, "/aws/sagemaker/TrainingJobs", name)
        for value in re.findall(r"#011validation-auc:(\S+)", line)
    ]
    assert sum(point["SampleCount"] for point in curve) == len(logged) == 5
    assert max(point["Maximum"] for point in curve) == max(logged)


def test_training_job_log_spells_tabs_as_the_log_agent_does(
    local: LocalSageMaker, completed: dict[str, Any]
) -> None:
    lines = log_lines(local, "/aws/sagemaker/TrainingJobs", completed["TrainingJobName"])
    assert any("[4]#011train-auc:" in line and "#011validation-auc:" in line for line in lines)


def test_log_says_which_variables_the_container_does_not_get(local: LocalSageMaker) -> None:
    name = new_name("variables")
    request = training_request(name, HYPERPARAMETERS)
    request["Environment"] = {"STAGE": "test", "PYTHONPATH": "/evil", "LD_PRELOAD": "/evil.so"}
    request["Environment"] |= {"PATH": "/evil", "PYTHONHOME": "/evil", "GCONV_PATH": "/evil"}
    local.sagemaker.create_training_job(**request)
    assert wait_for_training(local, name)["TrainingJobStatus"] == "Completed"
    first, *_ = log_lines(local, "/aws/sagemaker/TrainingJobs", name)
    left_out = "PYTHONPATH, LD_PRELOAD, PATH, PYTHONHOME, GCONV_PATH"
    assert f"does not get {left_out} of its Environment" in first
    assert "/evil" not in first


def test_training_job_whose_container_fails_tells_the_containers_reason(
    local: LocalSageMaker,
) -> None:
    name = new_name("bad-eta")
    local.sagemaker.create_training_job(**training_request(name, HYPERPARAMETERS | {"eta": "7"}))
    job = wait_for_training(local, name)
    assert job["TrainingJobStatus"] == "Failed"
    assert job["FailureReason"] == (
        "AlgorithmError: framework error: \nUserError: Hyperparameter eta: 7.0 is not in [0, 1], "
        "exit code: 1"
    )


def test_training_job_without_data_tells_which_prefix_is_empty(local: LocalSageMaker) -> None:
    request = training_request(new_name("no-data"))
    source = request["InputDataConfig"][0]["DataSource"]["S3DataSource"]
    source["S3Uri"] = f"s3://{BUCKET}/nothing/"
    local.sagemaker.create_training_job(**request)
    job = wait_for_training(local, request["TrainingJobName"])
    assert job["TrainingJobStatus"] == "Failed"
    assert f'No S3 objects found under S3 URL "s3://{BUCKET}/nothing/"' in job["FailureReason"]


def test_stop_ends_a_running_container(local: LocalSageMaker) -> None:
    name = new_name("endless")
    local.sagemaker.create_training_job(**training_request(name, ENDLESS))
    wait_until(
        lambda: local.sagemaker.describe_training_job(TrainingJobName=name),
        lambda job: job["SecondaryStatus"] == "Training",
    )
    local.sagemaker.stop_training_job(TrainingJobName=name)
    job = wait_for_training(local, name)
    assert (job["TrainingJobStatus"], job["SecondaryStatus"]) == ("Stopped", "Stopped")
    assert job["SecondaryStatusTransitions"][-2]["Status"] == "Stopping"


def test_max_runtime_stops_the_job_and_keeps_the_model_saved_so_far(local: LocalSageMaker) -> None:
    name = new_name("too-long")
    request = training_request(name, ENDLESS | {"save_model_on_termination": "true"})
    request["StoppingCondition"] = {"MaxRuntimeInSeconds": 4}
    local.sagemaker.create_training_job(**request)
    job = wait_for_training(local, name)
    assert (job["TrainingJobStatus"], job["SecondaryStatus"]) == ("Stopped", "MaxRuntimeExceeded")
    local.s3.head_object(Bucket=BUCKET, Key=f"output/{name}/output/model.tar.gz")


@pytest.mark.parametrize(
    "option",
    [
        {"WarmPoolStatusEquals": "Available"},
        {"TrainingPlanArnEquals": f"arn:aws:sagemaker:us-east-1:{'1' * 12}:training-plan/p"},
    ],
)
def test_list_finds_no_job_with_what_none_has(
    local: LocalSageMaker, completed: dict[str, Any], option: dict[str, str]
) -> None:
    listed = local.sagemaker.list_training_jobs(NameContains=completed["TrainingJobName"], **option)
    assert listed["TrainingJobSummaries"] == []


def test_training_job_that_has_ended_cannot_be_stopped(
    local: LocalSageMaker, completed: dict[str, Any]
) -> None:
    with pytest.raises(local.sagemaker.exceptions.ClientError, match="in status Completed"):
        local.sagemaker.stop_training_job(TrainingJobName=completed["TrainingJobName"])
