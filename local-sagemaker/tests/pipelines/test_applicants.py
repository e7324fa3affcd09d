"""The shapes of almostly/oblako's machine learning templates, with real jobs in place of its mocks.

They have Lambda by `lambda:invoke`, whose payload is the state's output, and jobs that are named
after the execution.
"""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.function_zip import create_function
from tests.local_aws.machine import create_machine
from tests.local_sagemaker.server import IMAGE, ROLE
from tests.pipelines.deployed import content, put, rows, run_to_end

SCALE = """
import csv, statistics, sys
source, target = sys.argv[1:]
table = [[float(cell) for cell in row] for row in csv.reader(open(source + "/rows.csv"))]
columns = [list(column) for column in zip(*table)]
for column in columns[1:]:
    mean, spread = statistics.mean(column), statistics.pstdev(column)
    column[:] = [(value - mean) / spread for value in column]
csv.writer(open(target + "/rows.csv", "w")).writerows(zip(*columns))
"""
INSTANCE = {"InstanceCount": 1, "InstanceType": "ml.m5.xlarge"}
RETRIED = ["Lambda.ServiceException", "Lambda.TooManyRequestsException"]


@pytest.fixture
def bucket(local_aws: LocalAws) -> str:
    name = f"applicants-{uuid.uuid4().hex[:8]}"
    local_aws.client("s3").create_bucket(Bucket=name)
    put(
        local_aws,
        name,
        {
            "raw/rows.csv": rows(300, labelled=True),
            "validation/rows.csv": rows(100, labelled=True, seed=2),
            "score/applicants.csv": rows(20, labelled=False, seed=3),
            "code/scale.py": SCALE,
        },
    )
    return name


@pytest.fixture
def bring_data(local_aws: LocalAws, bucket: str) -> dict[str, Any]:
    """A state that puts the rows in their place."""
    function = create_function(
        local_aws,
        f"""
        import boto3

        def handler(event, context):
            boto3.resource("s3").Object("{bucket}", "train/rows.csv").copy_from(
                CopySource="{bucket}/raw/rows.csv"
            )
            return {{"trainUri": "s3://{bucket}/train/", "rows": 300}}
        """,
    )
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": function},
        "OutputPath": "$.Payload",
        "Retry": [{"ErrorEquals": RETRIED, "MaxAttempts": 3, "BackoffRate": 2}],
        "Next": "Begin",
    }


def sagemaker(action: str, parameters: dict[str, Any], after: str | None = None) -> dict[str, Any]:
    state = {"Type": "Task", "Resource": f"arn:aws:states:::sagemaker:{action}"}
    return {**state, "Parameters": parameters} | ({"Next": after} if after else {"End": True})


def data_at(uri: str) -> dict[str, Any]:
    return {"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": uri}}}


def training(bucket: str) -> dict[str, Any]:
    """What training and tuning have in common."""
    return {
        "RoleArn": ROLE,
        "AlgorithmSpecification": {"TrainingImage": IMAGE, "TrainingInputMode": "File"},
        "OutputDataConfig": {"S3OutputPath": f"s3://{bucket}/models"},
        "ResourceConfig": INSTANCE | {"VolumeSizeInGB": 30},
        "StoppingCondition": {"MaxRuntimeInSeconds": 86400},
        "InputDataConfig": [
            {"ChannelName": name, "ContentType": "text/csv"} | data_at(f"s3://{bucket}/{name}")
            for name in ("train", "validation")
        ],
    }


def train(bucket: str, after: str | None = None) -> dict[str, Any]:
    values = {"objective": "binary:logistic", "eval_metric": "auc", "num_round": "10"}
    named = {"TrainingJobName.$": "$$.Execution.Name", "HyperParameters": values}
    return sagemaker("createTrainingJob.sync", training(bucket) | named, after)


def save_and_score(bucket: str, name: str, data: str) -> dict[str, Any]:
    """The last two states; `name` and `data` are the model's, a path and an intrinsic function."""
    container = {"Image": IMAGE, "ModelDataUrl.$": data}
    model = {"ModelName.$": name, "ExecutionRoleArn": ROLE, "PrimaryContainer": container}
    scores = {
        "TransformJobName.$": "$$.Execution.Name",
        "ModelName.$": "States.ArrayGetItem(States.StringSplit($.ModelArn, '/'), 1)",
        "TransformInput": {"ContentType": "text/csv", "CompressionType": "None"}
        | data_at(f"s3://{bucket}/score/applicants.csv"),
        "TransformOutput": {"S3OutputPath": f"s3://{bucket}/scores"},
        "TransformResources": INSTANCE,
    }
    return {
        "Save": sagemaker("createModel", model, "Score"),
        "Score": sagemaker("createTransformJob.sync", scores),
    }


def run(local_aws: LocalAws, bring_data: dict[str, Any], states: dict[str, Any]) -> dict[str, Any]:
    definition = {"StartAt": "Bring data", "States": {"Bring data": bring_data} | states}
    execution = run_to_end(local_aws, create_machine(local_aws, definition))
    assert execution["status"] == "SUCCEEDED", execution
    output: dict[str, Any] = execution["output"]
    return output


def test_data_is_processed_and_trained_on(
    local_aws: LocalAws, bucket: str, bring_data: dict[str, Any]
) -> None:
    source, target = "/opt/ml/processing/input/rows", "/opt/ml/processing/output/train"
    code = "/opt/ml/processing/input/code"
    files = {"S3DataType": "S3Prefix", "S3InputMode": "File"}
    processing = {
        "ProcessingJobName.$": "$$.Execution.Name",
        "RoleArn": ROLE,
        "AppSpecification": {
            "ImageUri": IMAGE,
            "ContainerEntrypoint": ["python3", f"{code}/scale.py"],
            "ContainerArguments": [source, target],
        },
        "ProcessingResources": {"ClusterConfig": INSTANCE | {"VolumeSizeInGB": 10}},
        "ProcessingInputs": [
            {"InputName": name, "S3Input": files | {"S3Uri": uri, "LocalPath": path}}
            for name, uri, path in (
                ("rows", f"s3://{bucket}/raw/", source),
                ("code", f"s3://{bucket}/code/", code),
            )
        ],
        "ProcessingOutputConfig": {
            "Outputs": [
                {
                    "OutputName": "train",
                    "S3Output": {
                        "S3Uri": f"s3://{bucket}/train",
                        "LocalPath": target,
                        "S3UploadMode": "EndOfJob",
                    },
                }
            ]
        },
        "StoppingCondition": {"MaxRuntimeInSeconds": 300},
    }
    scale = sagemaker("createProcessingJob.sync", processing, "Train")
    output = run(local_aws, bring_data, {"Begin": scale, "Train": train(bucket)})
    assert output["TrainingJobStatus"] == "Completed"
    assert "-" in content(local_aws, bucket, "train/rows.csv")  # half of the scaled values


def test_trained_model_scores_a_file(
    local_aws: LocalAws, bucket: str, bring_data: dict[str, Any]
) -> None:
    last = save_and_score(bucket, "$.TrainingJobName", "$.ModelArtifacts.S3ModelArtifacts")
    run(local_aws, bring_data, {"Begin": train(bucket, "Save")} | last)
    assert len(content(local_aws, bucket, "scores/applicants.csv.out").split()) == 20


def test_best_model_of_a_tuning_job_scores_a_file(
    local_aws: LocalAws, bucket: str, bring_data: dict[str, Any]
) -> None:
    depth = {"Name": "max_depth", "MinValue": "3", "MaxValue": "10", "ScalingType": "Auto"}
    tuning = {
        "HyperParameterTuningJobName.$": "States.ArrayGetItem(States.StringSplit("
        "States.Format('tune-{}', States.UUID()), '-'), 1)",
        "HyperParameterTuningJobConfig": {
            "Strategy": "Bayesian",
            "HyperParameterTuningJobObjective": {
                "Type": "Maximize",
                "MetricName": "validation:auc",
            },
            "ResourceLimits": {"MaxNumberOfTrainingJobs": 4, "MaxParallelTrainingJobs": 2},
            "ParameterRanges": {"IntegerParameterRanges": [depth]},
        },
        "TrainingJobDefinition": training(bucket)
        | {"StaticHyperParameters": {"objective": "binary:logistic", "num_round": "10"}},
    }
    best = "$.BestTrainingJob.TrainingJobName"
    place = f"States.Format('s3://{bucket}/models/{{}}/output/model.tar.gz', {best})"
    tune = sagemaker("createHyperParameterTuningJob.sync", tuning, "Save")
    run(local_aws, bring_data, {"Begin": tune} | save_and_score(bucket, best, place))
    assert len(content(local_aws, bucket, "scores/applicants.csv.out").split()) == 20
