"""Tuning jobs that the service refuses, with its error codes and in its words."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.contract.refusal import Change, refusal
from tests.local_sagemaker.server import BUCKET, LocalSageMaker, tuning_request


def config(request: dict[str, Any]) -> Any:
    return request["HyperParameterTuningJobConfig"]


def ranges(request: dict[str, Any]) -> Any:
    return config(request)["ParameterRanges"]


def definition(request: dict[str, Any]) -> Any:
    return request["TrainingJobDefinition"]


def categorical(request: dict[str, Any], values: list[str]) -> None:
    config(request)["ParameterRanges"] = {
        "CategoricalParameterRanges": [{"Name": "max_depth", "Values": values}]
    }


def grid(request: dict[str, Any], *, jobs: int) -> None:
    config(request)["Strategy"] = "Grid"
    config(request)["ResourceLimits"]["MaxNumberOfTrainingJobs"] = jobs
    categorical(request, ["1", "2", "3"])


def several(request: dict[str, Any], *types: str) -> None:
    """A definition for each type of objective instead of the only one."""
    objective = config(request).pop("HyperParameterTuningJobObjective")
    shared = {"HyperParameterRanges": config(request).pop("ParameterRanges")}
    shared |= request.pop("TrainingJobDefinition")
    request["TrainingJobDefinitions"] = [
        {**shared, "DefinitionName": f"d{number}", "TuningObjective": objective | {"Type": type_}}
        for number, type_ in enumerate(types)
    ]


def prefer(request: dict[str, Any], *preferences: dict[str, Any], **config: Any) -> None:
    """Instance types in the order of preference instead of the only one."""
    definition(request)["ResourceConfig"] = {
        "VolumeSizeInGB": 10,
        "InstancePreferences": list(preferences),
        **config,
    }


M5, C5 = ({"InstanceType": type_, "InstanceCount": 1} for type_ in ("ml.m5.large", "ml.c5.xlarge"))
PLAN = "arn:aws:sagemaker:us-east-1:123456789012:training-plan/reserved"
VARIABLES = {f"V{number}": "1" for number in range(25)}


def prefer_on_spot(request: dict[str, Any]) -> None:
    prefer(request, M5, InstancePlacementConfig={"EnableMultipleJobs": True})
    definition(request).update(
        EnableManagedSpotTraining=True,
        StoppingCondition={"MaxRuntimeInSeconds": 600, "MaxWaitTimeInSeconds": 900},
    )


def set_too_many_variables(request: dict[str, Any]) -> None:
    several(request, "Maximize", "Maximize")
    for each in request["TrainingJobDefinitions"]:
        each.update(Environment=VARIABLES)


TUNING_REFUSALS: dict[str, tuple[Change, str, str]] = {
    "name too long": (
        lambda r: r.update(HyperParameterTuningJobName="a" * 33),
        "ValidationException",
        "Member must have length less than or equal to 32",
    ),
    "name with an underscore": (
        lambda r: r.update(HyperParameterTuningJobName="a_b"),
        "ValidationException",
        "1 validation error detected: Value 'a_b' at 'hyperParameterTuningJobName' failed to "
        "satisfy constraint: Member must satisfy regular expression pattern: "
        "[a-zA-Z0-9](-*[a-zA-Z0-9]){0,31}",
    ),
    "no config": (
        lambda r: r.pop("HyperParameterTuningJobConfig"),
        "ValidationException",
        "Value null at 'hyperParameterTuningJobConfig' failed to satisfy constraint: "
        "Member must not be null",
    ),
    "unknown strategy": (
        lambda r: config(r).update(Strategy="Luck"),
        "ValidationException",
        "Member must satisfy enum value set: [Bayesian, Random, Hyperband, Grid]",
    ),
    "two faults": (
        lambda r: config(r).update(Strategy="Luck", RandomSeed=-1),
        "ValidationException",
        "2 validation errors detected: ",
    ),
    "no parallel training job": (
        lambda r: config(r)["ResourceLimits"].update(MaxParallelTrainingJobs=0),
        "ValidationException",
        "Member must have value greater than or equal to 1",
    ),
    "number for a string": (
        lambda r: ranges(r)["IntegerParameterRanges"][0].update(MinValue=1),
        "SerializationException",
        "NUMBER_VALUE can not be converted to string",
    ),
    "no definition": (
        lambda r: r.pop("TrainingJobDefinition"),
        "ValidationException",
        "either TrainingJobDefinition or TrainingJobDefinitions",
    ),
    "more parallel than all": (
        lambda r: config(r)["ResourceLimits"].update(MaxParallelTrainingJobs=9),
        "ValidationException",
        "MaxParallelTrainingJobs, [9], must be less than or equal to",
    ),
    "more parallel than an account may have": (
        lambda r: config(r)["ResourceLimits"].update(
            MaxNumberOfTrainingJobs=200, MaxParallelTrainingJobs=101
        ),
        "ResourceLimitExceeded",
        "MaxParallelTrainingJobs, [101], is above 100",
    ),
    "more than an account may have": (
        lambda r: (
            config(r).update(Strategy="Bayesian"),
            config(r)["ResourceLimits"].update(MaxNumberOfTrainingJobs=751),
        ),
        "ResourceLimitExceeded",
        "MaxNumberOfTrainingJobs, [751], is above 750",
    ),
    "no end": (
        lambda r: config(r)["ResourceLimits"].pop("MaxNumberOfTrainingJobs"),
        "ValidationException",
        "otherwise the tuning job would not end",
    ),
    "metric definitions of a built-in": (
        lambda r: definition(r)["AlgorithmSpecification"].update(
            MetricDefinitions=[{"Name": "validation:auc", "Regex": "auc=(.*)"}]
        ),
        "ValidationException",
        "You can't override the metric definitions for Amazon SageMaker algorithms",
    ),
    "metric that the algorithm lacks": (
        lambda r: config(r)["HyperParameterTuningJobObjective"].update(MetricName="validation:acc"),
        "ValidationException",
        "'validation:acc' is not a metric of XGBoost",
    ),
    "metric in the wrong direction": (
        lambda r: config(r)["HyperParameterTuningJobObjective"].update(Type="Minimize"),
        "ValidationException",
        "The objective metric type, [Minimize], that you specified for objective metric, "
        "[validation:auc], isn't valid for XGBoost. It is [Maximize].",
    ),
    "objective of a definition that is alone": (
        lambda r: definition(r).update(
            TuningObjective={"Type": "Maximize", "MetricName": "validation:auc"}
        ),
        "ValidationException",
        "TuningObjective is for TrainingJobDefinitions; with TrainingJobDefinition, give "
        "HyperParameterTuningJobConfig.HyperParameterTuningJobObjective.",
    ),
    "ranges of a definition that is alone": (
        lambda r: definition(r).update(HyperParameterRanges=ranges(r)),
        "ValidationException",
        "give HyperParameterTuningJobConfig.ParameterRanges.",
    ),
    "two channels of one name": (
        lambda r: definition(r)["InputDataConfig"][1].update(ChannelName="train"),
        "ValidationException",
        "Channel names must be unique; 'train' is given twice.",
    ),
    "hyperparameter that is not tunable": (
        lambda r: ranges(r)["IntegerParameterRanges"][0].update(Name="seed"),
        "ValidationException",
        "'seed' of XGBoost is not tunable",
    ),
    "range of the wrong type": (
        lambda r: ranges(r)["ContinuousParameterRanges"][0].update(
            Name="max_delta_step", MinValue="1", MaxValue="9"
        ),
        "ValidationException",
        "put it under IntegerParameterRanges",
    ),
    "minimum above the maximum": (
        lambda r: ranges(r)["ContinuousParameterRanges"][0].update(MinValue="0.9"),
        "ValidationException",
        "MinValue of hyperparameter 'eta', [0.9], must be less than or equal to",
    ),
    "value outside the valid range": (
        lambda r: ranges(r)["ContinuousParameterRanges"][0].update(MaxValue="1.5"),
        "ValidationException",
        "[1.5] of hyperparameter 'eta' is outside its valid range [0, 1]",
    ),
    "range that is no number": (
        lambda r: ranges(r)["ContinuousParameterRanges"][0].update(MaxValue="high"),
        "ValidationException",
        "'high' of hyperparameter 'eta' is not a number",
    ),
    "range that Python alone reads": (
        lambda r: ranges(r)["ContinuousParameterRanges"][0].update(MaxValue="0.9_9"),
        "ValidationException",
        "'0.9_9' of hyperparameter 'eta' is not a number",
    ),
    "logarithm of zero": (
        lambda r: ranges(r)["ContinuousParameterRanges"][0].update(
            MinValue="0", ScalingType="Logarithmic"
        ),
        "ValidationException",
        "Logarithmic scaling of hyperparameter 'eta' needs values greater than 0",
    ),
    "reverse logarithm up to one": (
        lambda r: ranges(r)["ContinuousParameterRanges"][0].update(
            MaxValue="1", ScalingType="ReverseLogarithmic"
        ),
        "ValidationException",
        "needs a continuous range within 0 <= x < 1",
    ),
    "static and searched": (
        lambda r: definition(r)["StaticHyperParameters"].update(eta="0.3"),
        "ValidationException",
        "'eta' is given more than once",
    ),
    "too few combinations": (
        lambda r: categorical(r, ["1", "2"]),
        "ValidationException",
        "ranges [2.0] must be equal or greater than the value of MaxNumberOfJobs, [3]",
    ),
    "grid with a continuous range": (
        lambda r: config(r).update(Strategy="Grid"),
        "ValidationException",
        "Grid search takes categorical ranges only",
    ),
    "grid with another number of jobs": (
        lambda r: grid(r, jobs=2),
        "ValidationException",
        "MaxNumberOfTrainingJobs, [2], must be [3] or be left out",
    ),
    "hyperband without resource": (
        lambda r: config(r).update(Strategy="Hyperband"),
        "ValidationException",
        "MaxResource parameter is not provided and could not be inferred",
    ),
    "hyperband with early stopping": (
        lambda r: config(r).update(
            Strategy="Hyperband",
            StrategyConfig={"HyperbandStrategyConfig": {"MinResource": 1, "MaxResource": 9}},
            TrainingJobEarlyStoppingType="Auto",
        ),
        "ValidationException",
        "set TrainingJobEarlyStoppingType to Off",
    ),
    "input prefix without objects": (
        lambda r: definition(r)["InputDataConfig"][0]["DataSource"]["S3DataSource"].update(
            S3Uri=f"s3://{BUCKET}/nothing/"
        ),
        "ValidationException",
        f'No S3 objects found under S3 URL "s3://{BUCKET}/nothing/"',
    ),
    "bucket that does not exist": (
        lambda r: definition(r)["InputDataConfig"][0]["DataSource"]["S3DataSource"].update(
            S3Uri="s3://no-such-bucket/train/"
        ),
        "ValidationException",
        'No S3 objects found under S3 URL "s3://no-such-bucket/train/"',
    ),
    "no resources": (
        lambda r: definition(r).pop("ResourceConfig"),
        "ValidationException",
        "either ResourceConfig or HyperParameterTuningResourceConfig",
    ),
    "warm start from nothing": (
        lambda r: r.update(
            WarmStartConfig={
                "ParentHyperParameterTuningJobs": [{"HyperParameterTuningJobName": "nobody"}],
                "WarmStartType": "TransferLearning",
            }
        ),
        "ValidationException",
        "The parent tuning job 'nobody' of WarmStartConfig does not exist",
    ),
    "several definitions with objectives that cannot be compared": (
        lambda r: several(r, "Maximize", "Minimize"),
        "ValidationException",
        "The TuningObjective of all training job definitions must have the same Type",
    ),
    "spot time without spot": (
        lambda r: definition(r)["StoppingCondition"].update(MaxWaitTimeInSeconds=900),
        "ValidationException",
        "Invalid MaxWaitTimeInSeconds. It is only supported when EnableManagedSpotTraining is set",
    ),
    "spot that waits less than it runs": (
        lambda r: definition(r).update(
            EnableManagedSpotTraining=True,
            StoppingCondition={"MaxRuntimeInSeconds": 600, "MaxWaitTimeInSeconds": 500},
        ),
        "ValidationException",
        "Invalid MaxWaitTimeInSeconds, [500]",
    ),
    "spot beyond an hour without checkpoints": (
        lambda r: definition(r).update(
            EnableManagedSpotTraining=True,
            StoppingCondition={"MaxRuntimeInSeconds": 600, "MaxWaitTimeInSeconds": 3601},
        ),
        "ValidationException",
        "Without a CheckpointConfig it must be at most 3600",
    ),
    "model that is not compressed": (
        lambda r: definition(r)["OutputDataConfig"].update(CompressionType="NONE"),
        "ValidationException",
        "local AWS leaves model.tar.gz only",
    ),
    "checkpoints outside of the container's directory": (
        lambda r: definition(r).update(
            CheckpointConfig={"S3Uri": f"s3://{BUCKET}/checkpoints", "LocalPath": "/tmp/here"}
        ),
        "ValidationException",
        "CheckpointConfig.LocalPath '/tmp/here'",
    ),
    "no instances": (
        lambda r: definition(r)["ResourceConfig"].pop("InstanceType"),
        "ValidationException",
        "ResourceConfig needs InstanceType or a list of instances, and not both; it has neither",
    ),
    "selected instances": (
        lambda r: definition(r)["ResourceConfig"].update(SelectedInstanceType="ml.m5.large"),
        "ValidationException",
        "ResourceConfig.SelectedInstanceType is read-only",
    ),
    "instance preferences on spot capacity": (
        prefer_on_spot,
        "ValidationException",
        "InstancePreferences is mutually exclusive with ResourceConfig.InstancePlacementConfig "
        "and EnableManagedSpotTraining.",
    ),
    "instance preference that is given twice": (
        lambda r: prefer(r, M5, M5),
        "ValidationException",
        "An instance type can appear only once in InstancePreferences",
    ),
    "instance counts of some preferences": (
        lambda r: prefer(r, M5, {"InstanceType": "ml.c5.xlarge"}),
        "ValidationException",
        "Set InstanceCount either in every one of InstancePreferences or once in ResourceConfig.",
    ),
    "instance counts of preferences and of the job": (
        lambda r: prefer(r, M5, C5, InstanceCount=1),
        "ValidationException",
        "Set InstanceCount either in every one of InstancePreferences or once in ResourceConfig.",
    ),
    "training plans of a preference and of the job": (
        lambda r: prefer(r, M5 | {"TrainingPlanArns": [PLAN]}, TrainingPlanArn=PLAN),
        "ValidationException",
        "TrainingPlanArns of InstancePreferences is mutually exclusive with ResourceConfig",
    ),
    "instance flexibility with one volume for all": (
        lambda r: (
            definition(r).pop("ResourceConfig"),
            definition(r).update(
                HyperParameterTuningResourceConfig={
                    "VolumeSizeInGB": 10,
                    "AllocationStrategy": "Prioritized",
                    "InstanceConfigs": [
                        {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 10}
                    ],
                }
            ),
        ),
        "ValidationException",
        "VolumeSizeInGB belongs into each of InstanceConfigs",
    ),
    "too many environment variables in all definitions": (
        set_too_many_variables,
        "ValidationException",
        "have 50 environment variables together; there can be at most 48",
    ),
    "record wrapper in file mode": (
        lambda r: definition(r)["InputDataConfig"][0].update(RecordWrapperType="RecordIO"),
        "ValidationException",
        "RecordWrapperType RecordIO is for Pipe mode",
    ),
    "attributes of another kind of manifest": (
        lambda r: definition(r)["InputDataConfig"][0]["DataSource"]["S3DataSource"].update(
            AttributeNames=["label"]
        ),
        "ValidationException",
        "local AWS has no S3DataSource.AttributeNames",
    ),
    "auto parameters without autotune": (
        lambda r: ranges(r).update(AutoParameters=[{"Name": "gamma", "ValueHint": "1"}]),
        "ValidationException",
        'AutoParameters need Autotune {"Mode": "Enabled"}',
    ),
    "auto parameter with a hint that is no number": (
        lambda r: (
            r.update(Autotune={"Mode": "Enabled"}),
            ranges(r).update(AutoParameters=[{"Name": "gamma", "ValueHint": "much"}]),
        ),
        "ValidationException",
        "The ValueHint 'much' of AutoParameter 'gamma' is not a number",
    ),
}


@pytest.mark.parametrize(
    ("change", "code", "message"), TUNING_REFUSALS.values(), ids=TUNING_REFUSALS
)
def test_tuning_job_is_refused(
    local: LocalSageMaker, change: Change, code: str, message: str
) -> None:
    request = copy.deepcopy(tuning_request("refused"))
    change(request)
    got_code, got_message = refusal(local.sagemaker.create_hyper_parameter_tuning_job, request)
    assert got_code == code
    assert message in got_message
