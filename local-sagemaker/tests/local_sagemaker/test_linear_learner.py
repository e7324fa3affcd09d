"""Linear Learner through SageMaker's API: trained, tuned, served and used in batch."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local_sagemaker.hosting import create_config, variant
from tests.local_sagemaker.server import (
    BUCKET,
    ROLE,
    LocalSageMaker,
    new_name,
    training_request,
    tuning_request,
)
from tests.local_sagemaker.waiting import (
    ENDED,
    wait_for_endpoint,
    wait_for_training,
    wait_for_tuning,
    wait_until,
)

IMAGE = "382416733822.dkr.ecr.us-east-1.amazonaws.com/linear-learner:1"
STATIC = {"predictor_type": "binary_classifier"}
METRIC = "validation:roc_auc_score"
RANGES = {
    "ContinuousParameterRanges": [
        {
            "Name": "learning_rate",
            "MinValue": "0.001",
            "MaxValue": "1",
            "ScalingType": "Logarithmic",
        }
    ],
    "CategoricalParameterRanges": [{"Name": "use_bias", "Values": ["true", "false"]}],
}


def with_image(request: dict[str, Any]) -> dict[str, Any]:
    request["AlgorithmSpecification"]["TrainingImage"] = IMAGE
    return request


def linear_tuning(*, jobs: int = 4, metric: str = METRIC, **config: Any) -> dict[str, Any]:
    request = tuning_request(new_name("linear"), jobs=jobs, static=STATIC)
    kind = "Minimize" if metric.endswith("loss") else "Maximize"
    request["HyperParameterTuningJobConfig"] |= {
        "HyperParameterTuningJobObjective": {"Type": kind, "MetricName": metric},
        "ParameterRanges": RANGES,
        **config,
    }
    with_image(request["TrainingJobDefinition"])
    return request


@pytest.fixture(scope="module")
def tuned(local: LocalSageMaker) -> dict[str, Any]:
    request = linear_tuning()
    local.sagemaker.create_hyper_parameter_tuning_job(**request)
    return wait_for_tuning(local, request["HyperParameterTuningJobName"])


@pytest.fixture(scope="module")
def model(local: LocalSageMaker, tuned: dict[str, Any]) -> str:
    best = tuned["BestTrainingJob"]["TrainingJobName"]
    artefacts = local.sagemaker.describe_training_job(TrainingJobName=best)["ModelArtifacts"]
    container = {"Image": IMAGE, "ModelDataUrl": artefacts["S3ModelArtifacts"]}
    name = new_name("linear-model")
    local.sagemaker.create_model(ModelName=name, PrimaryContainer=container, ExecutionRoleArn=ROLE)
    return name


def test_a_tuning_job_finds_the_best_of_its_training_jobs(tuned: dict[str, Any]) -> None:
    best = tuned["BestTrainingJob"]

    assert tuned["TrainingJobStatusCounters"]["Completed"] == 4
    assert best["FinalHyperParameterTuningJobObjectiveMetric"]["Value"] > 0.85
    assert set(best["TunedHyperParameters"]) == {"learning_rate", "use_bias"}


def test_a_description_shows_every_metric_definition_of_the_algorithm(
    tuned: dict[str, Any],
) -> None:
    definitions = tuned["TrainingJobDefinition"]["AlgorithmSpecification"]["MetricDefinitions"]
    regexes = {definition["Name"]: definition["Regex"] for definition in definitions}

    assert len(definitions) == len(regexes) == 40
    assert regexes["validation:binary_f_beta"] == (
        r"#quality_metric: host=\S+, validation binary_f_\S+ <score>=(\S+)"
    )
    assert regexes["validation:objective_loss"] == (
        r"#quality_metric: host=\S+, epoch=\S+, validation \S+_objective <loss>=(\S+)"
    )
    assert regexes["test:objective_loss"] == (
        r"#quality_metric: host=\S+, test \S+_objective <loss>=(\S+)"
    )
    assert regexes["ObjectiveMetric"] == regexes[METRIC]


def test_a_training_job_shows_its_final_metrics(local: LocalSageMaker) -> None:
    name = new_name("linear-train")
    local.sagemaker.create_training_job(**with_image(training_request(name, STATIC)))
    job = wait_for_training(local, name)

    metrics = {m["MetricName"]: m["Value"] for m in job["FinalMetricDataList"]}
    assert job["TrainingJobStatus"] == "Completed"
    assert metrics[METRIC] > 0.85
    assert 0 < metrics["train:progress"] <= 100
    assert metrics["train:throughput"] > 0


def test_without_a_validation_channel_the_final_loss_is_that_of_train(
    local: LocalSageMaker,
) -> None:
    request = with_image(training_request(new_name("linear-train"), STATIC))
    del request["InputDataConfig"][1]
    local.sagemaker.create_training_job(**request)
    job = wait_for_training(local, request["TrainingJobName"])

    metrics = {m["MetricName"]: m["Value"] for m in job["FinalMetricDataList"]}
    assert metrics["train:objective_loss:final"] > 0
    assert metrics["train:binary_classification_accuracy"] > 0.8


def test_early_stopping_looks_at_the_loss_of_every_epoch_only(local: LocalSageMaker) -> None:
    request = linear_tuning(jobs=8, TrainingJobEarlyStoppingType="Auto")
    request["TrainingJobDefinition"]["StaticHyperParameters"] = STATIC | {"epochs": "5"}
    local.sagemaker.create_hyper_parameter_tuning_job(**request)

    job = wait_for_tuning(local, request["HyperParameterTuningJobName"])

    assert job["TrainingJobStatusCounters"]["Stopped"] == 0
    assert job["TrainingJobStatusCounters"]["Completed"] == 8


def test_an_endpoint_answers_scores_and_labels(local: LocalSageMaker, model: str) -> None:
    endpoint = new_name("linear-endpoint")
    local.sagemaker.create_endpoint(
        EndpointName=endpoint, EndpointConfigName=create_config(local, variant(model))
    )
    assert wait_for_endpoint(local, endpoint)["EndpointStatus"] == "InService"

    answer = local.runtime.invoke_endpoint(
        EndpointName=endpoint, ContentType="text/csv", Body="0.9,0.5\n0.1,0.5\n"
    )

    high, low = json.loads(answer["Body"].read())["predictions"]
    local.sagemaker.delete_endpoint(EndpointName=endpoint)
    assert answer["ContentType"] == "application/json"
    assert high["score"] > low["score"]
    assert (high["predicted_label"], low["predicted_label"]) == (1, 0)


def test_batch_transform_writes_json_lines(local: LocalSageMaker, model: str) -> None:
    local.s3.put_object(Bucket=BUCKET, Key="linear/rows.csv", Body="0.9,0.5\n0.1,0.5\n")
    name = new_name("linear-transform")
    source = {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"s3://{BUCKET}/linear/"}}
    local.sagemaker.create_transform_job(
        TransformJobName=name,
        ModelName=model,
        TransformInput={"DataSource": source, "ContentType": "text/csv", "SplitType": "Line"},
        TransformOutput={
            "S3OutputPath": f"s3://{BUCKET}/linear-predictions",
            "Accept": "application/jsonlines",
            "AssembleWith": "Line",
        },
        TransformResources={"InstanceType": "ml.m5.large", "InstanceCount": 1},
    )
    job = wait_until(
        lambda: local.sagemaker.describe_transform_job(TransformJobName=name),
        lambda job: job["TransformJobStatus"] in ENDED,
    )

    assert job["TransformJobStatus"] == "Completed", job.get("FailureReason")
    output = local.s3.get_object(Bucket=BUCKET, Key="linear-predictions/rows.csv.out")["Body"]
    lines = output.read().splitlines()
    assert [json.loads(line)["predicted_label"] for line in lines if line] == [1, 0]


@pytest.mark.parametrize(
    ("ranges", "reason"),
    [
        (
            {"IntegerParameterRanges": [{"Name": "epochs", "MinValue": "1", "MaxValue": "9"}]},
            "'epochs' of Linear Learner is not tunable",
        ),
        (
            {"IntegerParameterRanges": [{"Name": "use_bias", "MinValue": "0", "MaxValue": "1"}]},
            "put it under CategoricalParameterRanges",
        ),
        (
            {"CategoricalParameterRanges": [{"Name": "use_bias", "Values": ["True", "False"]}]},
            r"The value \[True\] of hyperparameter 'use_bias' is not one of its valid values",
        ),
    ],
    ids=["not tunable", "wrong kind", "no such value"],
)
def test_a_range_is_refused(local: LocalSageMaker, ranges: dict[str, Any], reason: str) -> None:
    request = linear_tuning(ParameterRanges=ranges)
    with pytest.raises(ClientError, match=reason):
        local.sagemaker.create_hyper_parameter_tuning_job(**request)


def test_a_metric_of_xgboost_is_refused(local: LocalSageMaker) -> None:
    with pytest.raises(ClientError, match="'validation:auc' is not a metric of Linear Learner"):
        local.sagemaker.create_hyper_parameter_tuning_job(**linear_tuning(metric="validation:auc"))
