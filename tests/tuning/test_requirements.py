"""What a deployment asks of every run: an input may leave it out or narrow it, not take it away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from local_sagemaker.sagemaker.request_validation import validate_request
from tuning.execution_input.requirements import Requirements

from tests.tuning.channel_store import ROWS, ChannelStore, store
from tests.tuning.plans import ENVIRONMENT, plan
from tests.tuning.refusals import refusal, refusals

KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
OTHER_KEY = KEY.replace("1234abcd", "feedabcd")
VPC = {"Subnets": ["subnet-0a", "subnet-0b"], "SecurityGroupIds": ["sg-0a"]}
REQUIRED: dict[str, Any] = {
    "KmsKeyId": KEY,
    "VpcConfig": VPC,
    "EnableNetworkIsolation": True,
    "Tags": [{"Key": "CostCenter", "Value": "7"}],
}
TAG = {"Key": "CostCenter", "Value": "7"}


def planned(
    document: dict[str, Any] | None = None, data: ChannelStore | None = None
) -> dict[str, Any]:
    environment = replace(ENVIRONMENT, required=REQUIRED)
    return plan(document, data=data or store(test=ROWS), environment=environment)


def refused(document: dict[str, Any], **required: Any) -> Any:
    return refusal(document, required=Requirements.model_validate(required))


def test_every_request_of_a_run_holds_what_is_required() -> None:
    capture = {"DataCapture": {"InitialSamplingPercentage": 5}}
    larger = {"train": "s3://data-bucket/data/larger/"}
    data = store(test=ROWS, larger=ROWS)
    made = planned({"Retrain": {"Channels": larger}, "Endpoint": capture}, data)
    training = made["TuningJob"]["TrainingJobDefinition"]
    for request in (training, made["Retrain"]):
        assert request["VpcConfig"] == VPC
        assert request["EnableNetworkIsolation"] is True
        assert request["ResourceConfig"]["VolumeKmsKeyId"] == KEY
        assert request["OutputDataConfig"]["KmsKeyId"] == KEY
    for tagged in (made["TuningJob"], made["Retrain"], made["Endpoint"]["Config"]):
        assert TAG in tagged["Tags"]
    assert TAG in made["ModelPackageGroup"]["Tags"]
    validate_request("CreateHyperParameterTuningJob", made["TuningJob"])
    assert made["Evaluation"]["TransformResources"]["VolumeKmsKeyId"] == KEY
    assert made["Evaluation"]["TransformOutput"]["KmsKeyId"] == KEY
    endpoint = made["Endpoint"]
    assert endpoint["VpcConfig"] == VPC
    assert endpoint["EnableNetworkIsolation"] is True
    assert endpoint["Config"]["KmsKeyId"] == KEY
    assert endpoint["Config"]["DataCaptureConfig"]["KmsKeyId"] == KEY


def test_each_definition_holds_it() -> None:
    document = {
        "TrainingJobDefinitions": [
            {"DefinitionName": name, "Algorithm": name} for name in ("xgboost", "linear-learner")
        ]
    }
    for definition in planned(document)["TuningJob"]["TrainingJobDefinitions"]:
        assert definition["VpcConfig"] == VPC
        assert definition["ResourceConfig"]["VolumeKmsKeyId"] == KEY


def test_several_kinds_of_machines_share_the_key() -> None:
    machines = {"InstanceConfigs": [{"InstanceType": "ml.m5.large"}]}
    made = planned({"HyperParameterTuningResourceConfig": machines})
    definition = made["TuningJob"]["TrainingJobDefinition"]
    assert definition["HyperParameterTuningResourceConfig"]["VolumeKmsKeyId"] == KEY
    assert "ResourceConfig" not in definition


def test_the_job_that_prepares_a_table_holds_it() -> None:
    document = {"Prepare": {"Table": "s3://data-bucket/data/table/", "Label": "y"}}
    job = planned(document, store(table=ROWS))["Preparation"]["ProcessingJob"]
    assert job["NetworkConfig"] == {"EnableNetworkIsolation": True, "VpcConfig": VPC}
    assert job["ProcessingResources"]["ClusterConfig"]["VolumeKmsKeyId"] == KEY
    assert job["ProcessingOutputConfig"]["KmsKeyId"] == KEY
    assert TAG in job["Tags"]


@pytest.mark.parametrize("instance_type", ["ml.m5d.large", "ml.g5.xlarge", "ml.p4d.24xlarge"])
def test_disks_that_the_hardware_encrypts_take_no_key(instance_type: str) -> None:
    machines = {"InstanceType": instance_type}
    made = planned({"ResourceConfig": machines, "Endpoint": machines})
    training = made["TuningJob"]["TrainingJobDefinition"]
    assert "VolumeKmsKeyId" not in training["ResourceConfig"]
    assert "VolumeKmsKeyId" not in made["Evaluation"]["TransformResources"]
    assert "KmsKeyId" not in made["Endpoint"]["Config"]
    assert training["OutputDataConfig"]["KmsKeyId"] == KEY


def test_an_input_may_name_another_key_and_fewer_subnets() -> None:
    narrower = {"Subnets": ["subnet-0b"], "SecurityGroupIds": ["sg-0a"]}
    made = planned({"VpcConfig": narrower, "ResourceConfig": {"VolumeKmsKeyId": OTHER_KEY}})
    definition = made["TuningJob"]["TrainingJobDefinition"]
    assert definition["VpcConfig"] == made["Endpoint"]["VpcConfig"] == narrower
    assert definition["ResourceConfig"]["VolumeKmsKeyId"] == OTHER_KEY


@pytest.mark.parametrize("field", ["VpcConfig", "Tags", "OutputDataConfig"])
def test_null_takes_nothing_away(field: str) -> None:
    assert planned({field: None}) == planned()


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"VpcConfig": {**VPC, "Subnets": ["subnet-0c"]}}, "VpcConfig.Subnets"),
        ({"VpcConfig": {**VPC, "SecurityGroupIds": ["sg-0b"]}}, "VpcConfig.SecurityGroupIds"),
        ({"EnableNetworkIsolation": False}, "EnableNetworkIsolation"),
        ({"Tags": [{"Key": "CostCenter", "Value": "8"}]}, "Tags"),
        ({"Tags": [{"Key": f"k{n}", "Value": ""} for n in range(40)]}, "Tags"),
    ],
)
def test_an_input_that_takes_it_away_is_refused(document: dict[str, Any], field: str) -> None:
    assert refused(document, **REQUIRED).field == field


def test_a_serverless_endpoint_is_refused_where_models_have_a_network() -> None:
    serverless = {"Endpoint": {"Serverless": {"MemorySizeInMB": 2048, "MaxConcurrency": 2}}}
    required = Requirements.model_validate(REQUIRED)
    fields = [fault.field for fault in refusals(serverless, required=required)]
    assert fields == ["VpcConfig", "EnableNetworkIsolation"]


def test_a_required_tag_takes_the_place_of_retunes_own() -> None:
    tag = {"Key": "application", "Value": "scoring"}
    environment = replace(ENVIRONMENT, required={"Tags": [tag]})
    tags = plan(environment=environment)["TuningJob"]["Tags"]
    assert [each for each in tags if each["Key"] == "application"] == [tag]
