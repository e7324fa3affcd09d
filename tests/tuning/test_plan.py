"""The plan: requests that SageMaker takes, from an input and the data it names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from local_sagemaker.containers.linear_learner import hyperparameters as linear_learner
from local_sagemaker.containers.xgboost import hyperparameters as xgboost
from local_sagemaker.sagemaker.request_validation import validate_request
from tuning.environment import PlanningEnvironment
from tuning.errors import MissingData
from tuning.names import Execution

from tests.tuning.channel_store import ROWS, ChannelStore, store
from tests.tuning.plans import ENVIRONMENT, EXECUTION, make_plan, refusal_of

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))


def plan(
    document: dict[str, Any] | None = None,
    *,
    data: ChannelStore | None = None,
    environment: PlanningEnvironment = ENVIRONMENT,
    execution: Execution = EXECUTION,
) -> dict[str, Any]:
    """The plan as the state machine knows it."""
    return make_plan(
        document, data=data, environment=environment, execution=execution
    ).to_document()


def config(document: dict[str, Any]) -> dict[str, Any]:
    return dict(plan(document)["TuningJob"]["HyperParameterTuningJobConfig"])


def definition(document: dict[str, Any]) -> dict[str, Any]:
    return dict(plan(document)["TuningJob"]["TrainingJobDefinition"])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_requests_of_every_example_meet_sagemakers_constraints(path: Path) -> None:
    data = store()
    for channel in ("all", "train", "validation", "test"):
        data.objects[f"s3://my-bucket/data/{channel}/part-0.csv"] = ROWS
    made = plan(json.loads(path.read_text()), data=data)
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
    for definition in job.get("TrainingJobDefinitions", [single]):
        ranges = definition["HyperParameterRanges"] or config["ParameterRanges"]
        image = definition["AlgorithmSpecification"]["TrainingImage"]
        container = linear_learner if "linear-learner" in image else xgboost
        hints = {entry["Name"]: entry["ValueHint"] for entry in ranges.pop("AutoParameters", [])}
        for bound in ("MinValue", "MaxValue"):
            tuned = {
                entry["Name"]: entry[bound] if bound in entry else entry["Values"][0]
                for entries in ranges.values()
                for entry in entries
            }
            static = definition["StaticHyperParameters"]
            assert container.read_hyperparameters({**static, **hints, **tuned})


def test_constraints_are_really_checked() -> None:
    made = plan()["TuningJob"]
    made["TrainingJobDefinition"]["ResourceConfig"]["InstanceType"] = "ml.m5.huge"
    with pytest.raises(Exception, match=r"ml\.m5\.huge"):
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


def test_channels_without_data_are_missing_data_all_named() -> None:
    with pytest.raises(MissingData) as missing:
        plan(data=ChannelStore({"s3://data-bucket/data/train/_SUCCESS": b""}))
    lines = str(missing.value).splitlines()
    assert [line.split(" = ")[0] for line in lines] == ["Channels.train", "Channels.validation"]
    assert "aws s3 cp train.csv s3://data-bucket/data/train/" in lines[0]


def test_retrain_channel_without_data_is_missing_data() -> None:
    with pytest.raises(MissingData, match=r"Retrain\.Channels\.train = 's3://my-bucket/all/'"):
        plan({"Retrain": {"Channels": {"train": "s3://my-bucket/all/"}}})


def test_prefix_that_also_takes_a_sibling_is_refused() -> None:
    data = store()
    data.objects["s3://data-bucket/data/train-old/a.csv"] = ROWS
    channels = {
        "train": "s3://data-bucket/data/train",
        "validation": "s3://data-bucket/data/validation/",
    }
    text = refusal_of({"Channels": channels}, data)
    assert "Channels.train = 's3://data-bucket/data/train'" in text
    assert "also data/train-old/" in text
    assert "Use s3://data-bucket/data/train/." in text


def test_prefix_without_slash_and_without_sibling_is_accepted() -> None:
    channels = {
        "train": "s3://data-bucket/data/train",
        "validation": "s3://data-bucket/data/validation/validation.csv",
    }
    assert plan({"Channels": channels})["Samples"]["Key"] == "data/validation/validation.csv"


def test_hidden_file_is_refused() -> None:
    data = store()
    data.objects["s3://data-bucket/data/train/.DS_Store"] = b"x"
    assert "Channels.train = 's3://data-bucket/data/train/'" in refusal_of(data=data)


def test_faults_of_all_channels_are_reported_together() -> None:
    text = refusal_of(data=store(train=b"label,age\n1,3\n", validation=b"1,True\n0,False\n"))
    assert len(text.splitlines()) == 2
    assert "header row" in text
    assert "truth value" in text


def test_labels_are_held_against_the_objective_of_the_input() -> None:
    data = store(train=b"0,1\n1,2\n2,3\n", validation=b"0,1\n2,3\n")
    assert "Line 3, column 1 has a label" in refusal_of(data=data)
    document = {
        "StaticHyperParameters": {"objective": "multi:softmax", "num_class": 3, "num_round": 9},
        "HyperParameterTuningJobObjective": {"MetricName": "validation:merror"},
    }
    assert plan(document, data=data)


def test_parts_of_large_data_are_read() -> None:
    data = store(train=ROWS * 100_000)
    plan(data=data)
    assert sum(data.read_sizes) < 1_000_000


def test_fault_in_the_middle_or_at_the_end_of_a_large_object_is_found() -> None:
    middle = ROWS * 50_000 + b"1,x,3\n" * 30_000 + ROWS * 50_000
    for wrong in (middle, ROWS * 100_000 + b"1,x,3\n"):
        text = refusal_of(data=store(train=wrong))
        assert "after byte" in text
        assert "column 2 is no number" in text


def test_fault_in_another_object_is_found() -> None:
    data = store()
    for number in range(40):
        data.objects[f"s3://data-bucket/data/train/part-{number:02}.csv"] = ROWS
    data.objects["s3://data-bucket/data/train/x-old.txt"] = b"1,2\n"
    assert "x-old.txt': It has 2 columns" in refusal_of(data=data)


def test_object_that_is_cut_off_is_found_among_many() -> None:
    data = store()
    for number in range(200):
        data.objects[f"s3://data-bucket/data/train/part-{number:03}.csv"] = ROWS * 2000
    data.objects["s3://data-bucket/data/train/part-077.csv"] = ROWS * 1900 + b"1,0"
    assert "part-077.csv': Line" in refusal_of(data=data)
    assert sum(data.read_sizes) < 1_500_000
