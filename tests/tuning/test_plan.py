"""The plan: requests that SageMaker takes, from an input and the data it names."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from local_sagemaker.containers.linear_learner import hyperparameters as linear_learner
from local_sagemaker.containers.xgboost import hyperparameters as xgboost
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.request_validation import validate_request
from tuning.environment import PlanningEnvironment
from tuning.names import Execution

from tests.tuning.channel_store import ROWS, store
from tests.tuning.plans import ENVIRONMENT, EXECUTION, config, definition, plan

FOREST = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/forest"  # of examples/custom_image.json
OF_EXAMPLES = replace(ENVIRONMENT, image_repositories=(FOREST,))
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
# That of custom_image.json, which lies in another account.
FOREST = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/forest"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_requests_of_every_example_meet_sagemakers_constraints(path: Path) -> None:
    data = store()
    for channel in ("all", "train", "validation", "test"):
        data.objects[f"s3://my-bucket/data/{channel}/part-0.csv"] = ROWS
    made = plan(json.loads(path.read_text()), data=data, environment=OF_EXAMPLES)
    tuning_job = made["TuningJob"]
    name = f"{tuning_job['HyperParameterTuningJobName']}-00"
    validate_request(
        "CreateHyperParameterTuningJob", {**tuning_job, "HyperParameterTuningJobName": name}
    )
    variant = {**made["Endpoint"]["ProductionVariant"], "ModelName": name}
    validate_request(
        "CreateEndpointConfig", {"EndpointConfigName": name, "ProductionVariants": [variant]}
    )
    if "Retrain" in made:
        validate_request("CreateTrainingJob", {**made["Retrain"], "HyperParameters": {}})


BUILT_IN = [path for path in EXAMPLES if path.stem != "custom_image"]


@pytest.mark.parametrize("path", BUILT_IN, ids=lambda path: path.stem)
def test_container_reads_the_hyperparameters_of_every_example(path: Path) -> None:
    data = store()
    for channel in ("all", "train", "validation", "test"):
        data.objects[f"s3://my-bucket/data/{channel}/part-0.csv"] = ROWS
    job = plan(json.loads(path.read_text()), data=data)["TuningJob"]
    config = job["HyperParameterTuningJobConfig"]
    single = {**job.get("TrainingJobDefinition", {}), "HyperParameterRanges": None}
    for each in job.get("TrainingJobDefinitions", [single]):
        ranges = each["HyperParameterRanges"] or config["ParameterRanges"]
        image = each["AlgorithmSpecification"]["TrainingImage"]
        container = linear_learner if "linear-learner" in image else xgboost
        hints = {entry["Name"]: entry["ValueHint"] for entry in ranges.pop("AutoParameters", [])}
        for bound in ("MinValue", "MaxValue"):
            tuned = {
                entry["Name"]: entry[bound] if bound in entry else entry["Values"][0]
                for entries in ranges.values()
                for entry in entries
            }
            static = each["StaticHyperParameters"]
            assert container.read_hyperparameters({**static, **hints, **tuned})


def test_constraints_are_really_checked() -> None:
    made = plan()["TuningJob"]
    made["TrainingJobDefinition"]["ResourceConfig"]["InstanceType"] = "ml.m5.huge"
    with pytest.raises(ValidationException, match=r"ml\.m5\.huge"):
        validate_request("CreateHyperParameterTuningJob", made)


def test_plan_of_the_lessons_search() -> None:
    made = plan()
    assert made["TuningJob"]["HyperParameterTuningJobConfig"] == {
        "Strategy": "Bayesian",
        "HyperParameterTuningJobObjective": {"Type": "Maximize", "MetricName": "validation:auc"},
        "ResourceLimits": {"MaxNumberOfTrainingJobs": 20, "MaxParallelTrainingJobs": 3},
        "ParameterRanges": {
            "IntegerParameterRanges": [
                {"Name": "max_depth", "MinValue": "3", "MaxValue": "10", "ScalingType": "Linear"}
            ],
            "ContinuousParameterRanges": [
                {
                    "Name": "eta",
                    "MinValue": "0.01",
                    "MaxValue": "0.3",
                    "ScalingType": "Logarithmic",
                },
                {"Name": "gamma", "MinValue": "0", "MaxValue": "5", "ScalingType": "Linear"},
            ],
        },
        "TrainingJobEarlyStoppingType": "Off",
    }
    training = made["TuningJob"]["TrainingJobDefinition"]
    assert training["StaticHyperParameters"] == {
        "objective": "binary:logistic",
        "num_round": "100",
        "eval_metric": "auc",
    }
    assert training["OutputDataConfig"] == {"S3OutputPath": "s3://data-bucket/runs/monday/training"}
    channels = {
        channel["ChannelName"]: channel["DataSource"]["S3DataSource"]["S3Uri"]
        for channel in training["InputDataConfig"]
    }
    assert channels == {
        "train": "s3://data-bucket/data/train/",
        "validation": "s3://data-bucket/data/validation/",
    }
    assert made["Report"] == {"Bucket": "data-bucket", "Prefix": "runs/monday/"}
    assert made["Samples"] == {
        "Bucket": "data-bucket",
        "Key": "data/validation/validation.csv",
        "ContentType": "text/csv",
        "Accept": "text/csv",
    }
    assert made["Endpoint"]["EndpointName"] == "retune"
    assert "Retrain" not in made


def test_plan_survives_the_state_machine_as_json() -> None:
    made = plan({"Retrain": {"Channels": {"train": "s3://data-bucket/data/train/"}}})
    assert json.loads(json.dumps(made)) == made


def test_names_fit_and_differ_between_executions() -> None:
    again = Execution(EXECUTION.id, EXECUTION.name, "2026-11-24T06:30:01.000Z")
    names = [execution.job_name("twelve-chars") for execution in (EXECUTION, again)]
    assert names[0] != names[1]
    assert names[0].startswith("twelve-chars-261124-")
    assert [len(name) for name in names] == [28, 28]
    assert len(EXECUTION.retrain_job_name("twelve-chars")) <= 60


def test_tags_lead_back_to_the_execution() -> None:
    execution = Execution(EXECUTION.id + "!(2)", "monday!(2)", EXECUTION.start_time)
    made = plan(execution=execution)
    tags = {tag["Key"]: tag["Value"] for tag in made["TuningJob"]["Tags"]}
    assert tags["retune:execution"] == EXECUTION.id + "--2-"
    assert tags["retune:prefix"] == "retune"


def test_image_is_that_of_the_executions_region_and_the_asked_version() -> None:
    training = definition({"AlgorithmVersion": "1.7-1"})
    assert training["AlgorithmSpecification"] == {
        "TrainingImage": "492215442770.dkr.ecr.eu-central-1.amazonaws.com/sagemaker-xgboost:1.7-1",
        "TrainingInputMode": "File",
    }


def test_deployed_defaults_lie_under_the_input_field_by_field() -> None:
    deployed = {
        "ResourceConfig": {"InstanceType": "ml.m5.xlarge"},
        "Strategy": "Random",
        "Endpoint": {"InstanceType": "ml.t2.medium"},
    }
    environment = PlanningEnvironment("retune", "data-bucket", "arn:role", deployed)
    document = {"Strategy": "Bayesian", "ResourceConfig": {"VolumeSizeInGB": 50}}
    made = plan(document, environment=environment)
    job = made["TuningJob"]
    assert job["TrainingJobDefinition"]["ResourceConfig"] == {
        "InstanceType": "ml.m5.xlarge",
        "InstanceCount": 1,
        "VolumeSizeInGB": 50,
    }
    assert job["HyperParameterTuningJobConfig"]["Strategy"] == "Bayesian"
    assert made["Endpoint"]["ProductionVariant"]["InstanceType"] == "ml.t2.medium"


def test_direction_is_the_metrics_own() -> None:
    document = {
        "HyperParameterTuningJobObjective": {"MetricName": "validation:logloss"},
    }
    assert config(document)["HyperParameterTuningJobObjective"] == {
        "Type": "Minimize",
        "MetricName": "validation:logloss",
    }


@pytest.mark.parametrize(
    "document",
    [
        {"TrainingJobEarlyStoppingType": "Auto"},
        {
            "Strategy": "Hyperband",
            "StrategyConfig": {"HyperbandStrategyConfig": {"MaxResource": 100}},
        },
    ],
    ids=["early stopping", "hyperband"],
)
def test_jobs_that_tuning_may_stop_leave_a_model(document: dict[str, Any]) -> None:
    assert definition(document)["StaticHyperParameters"]["save_model_on_termination"] == "true"


def test_input_may_say_that_stopped_jobs_leave_no_model() -> None:
    static = {"objective": "binary:logistic", "num_round": 9, "save_model_on_termination": False}
    document = {"TrainingJobEarlyStoppingType": "Auto", "StaticHyperParameters": static}
    assert definition(document)["StaticHyperParameters"]["save_model_on_termination"] == "false"


def test_optional_settings_reach_the_request() -> None:
    asked = {
        "RandomSeed": 0,
        "TuningJobCompletionCriteria": {"TargetObjectiveMetricValue": 0.95},
        "TrainingJobEarlyStoppingType": "Auto",
    }
    assert asked.items() <= config(asked).items()


def test_retrain_trains_on_its_channels_and_otherwise_as_tuning_did() -> None:
    data = store()
    data.objects["s3://my-bucket/all/part-0.csv"] = ROWS
    document = {
        "Retrain": {
            "Channels": {"train": "s3://my-bucket/all/"},
            "StoppingCondition": {"MaxRuntimeInSeconds": 7200},
        }
    }
    made = plan(document, data=data)["Retrain"]
    assert [
        channel["DataSource"]["S3DataSource"]["S3Uri"] for channel in made["InputDataConfig"]
    ] == ["s3://my-bucket/all/", "s3://data-bucket/data/validation/"]
    assert made["TrainingJobName"].endswith("-retrain")
    assert made["StoppingCondition"] == {"MaxRuntimeInSeconds": 7200}
    assert made["ResourceConfig"]["InstanceType"] == "ml.m5.large"
