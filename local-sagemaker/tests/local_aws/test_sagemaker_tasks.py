"""State machines of another kind than Retune's: JSONPath, bare function ARNs, a batch transform."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.function_zip import create_function
from tests.local_aws.machine import finish, history, run, start
from tests.local_sagemaker.server import IMAGE, ROLE, new_name, tuning_request

ACCOUNT = "arn:aws:lambda:us-east-1:123456789012:function"
ROWS = "\n".join(f"{i % 2},{i % 2 + i / 1000:.3f},{i % 7}" for i in range(80))
NO_LABELS = "\n".join(row.split(",", 1)[1] for row in ROWS.splitlines())


@pytest.fixture(scope="module")
def bucket(local_aws: LocalAws) -> str:
    name, s3 = f"machines-{uuid.uuid4().hex[:8]}", local_aws.client("s3")
    s3.create_bucket(Bucket=name)
    for key, body in (("train.csv", ROWS), ("validation.csv", ROWS), ("test.csv", NO_LABELS)):
        s3.put_object(Bucket=name, Key=f"csv/{key}", Body=body)
    return name


def tuning_parameters(bucket: str, **static: str) -> dict[str, Any]:
    """CreateHyperParameterTuningJob's request, its data in the bucket."""
    request = tuning_request(new_name("machine"), jobs=2)
    text = json.dumps(request)
    for channel in ("train", "validation"):
        text = text.replace(f"s3://retune-data/data/{channel}/", f"s3://{bucket}/csv/{channel}.csv")
    parameters: dict[str, Any] = json.loads(text.replace("s3://retune-data", f"s3://{bucket}"))
    parameters["TrainingJobDefinition"]["StaticHyperParameters"] |= static
    return parameters


def sagemaker_task(action: str, parameters: dict[str, Any], **fields: Any) -> dict[str, Any]:
    resource = f"arn:aws:states:::sagemaker:{action}"
    return {"Type": "Task", "Resource": resource, "Parameters": parameters} | fields


def test_jsonpath_machine_tunes_makes_the_model_and_transforms(
    local_aws: LocalAws, bucket: str
) -> None:
    find_model = create_function(
        local_aws,
        """
        def handler(event, context):
            name = event["BestTrainingJob"]["TrainingJobName"]
            output = event["TrainingJobDefinition"]["OutputDataConfig"]["S3OutputPath"]
            return {"name": name, "model": f"{output}/{name}/output/model.tar.gz"}
        """,
    )
    parameters = tuning_parameters(bucket)
    name = parameters.pop("HyperParameterTuningJobName")
    image = parameters["TrainingJobDefinition"]["AlgorithmSpecification"]["TrainingImage"]
    model = {"Image": image, "ModelDataUrl.$": "$.model"}
    source = {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"s3://{bucket}/csv/test.csv"}}
    machine = {
        "StartAt": "Tune",
        "States": {
            "Tune": sagemaker_task(
                "createHyperParameterTuningJob.sync",
                {"HyperParameterTuningJobName.$": "$.job", **parameters},
                Next="FindModel",
            ),
            "FindModel": {
                "Type": "Task",
                "Resource": f"{ACCOUNT}:{find_model}",
                "Next": "SaveModel",
            },
            "SaveModel": sagemaker_task(
                "createModel",
                {
                    "ModelName.$": "$.name",
                    "PrimaryContainer": model,
                    "ExecutionRoleArn": parameters["TrainingJobDefinition"]["RoleArn"],
                },
                ResultPath="$.saved",
                Next="Transform",
            ),
            "Transform": sagemaker_task(
                "createTransformJob.sync",
                {
                    "TransformJobName.$": "$.name",
                    "ModelName.$": "$.name",
                    "TransformInput": {"ContentType": "text/csv", "DataSource": source},
                    "TransformOutput": {"S3OutputPath": f"s3://{bucket}/predictions"},
                    "TransformResources": {"InstanceCount": 1, "InstanceType": "ml.m5.large"},
                },
                End=True,
            ),
        },
    }
    ended = run(local_aws, machine, {"job": name})
    assert ended["status"] == "SUCCEEDED", ended
    assert ended["output"]["TransformJobStatus"] == "Completed"
    predictions = local_aws.client("s3").get_object(Bucket=bucket, Key="predictions/test.csv.out")
    assert len(predictions["Body"].read().split()) == len(NO_LABELS.splitlines())


def test_processing_job_is_waited_for_and_its_message_is_in_the_cause(
    local_aws: LocalAws, bucket: str
) -> None:
    script = (
        "import sys; fails, message = sys.argv[1:]\n"
        "open(message, 'w').write('The table is empty.'); sys.exit(int(fails))"
    )
    local_aws.client("s3").put_object(Bucket=bucket, Key="code/run.py", Body=script)
    code = "/opt/ml/processing/input/code"
    source = {"S3Uri": f"s3://{bucket}/code/", "S3DataType": "S3Prefix", "LocalPath": code}
    task = sagemaker_task(
        "createProcessingJob.sync",
        {
            "ProcessingJobName.$": "$.name",
            "AppSpecification": {
                "ImageUri": IMAGE,
                "ContainerEntrypoint": ["python3", f"{code}/run.py"],
                "ContainerArguments.$": "States.Array($.fails, '/opt/ml/output/message')",
            },
            "ProcessingInputs": [
                {"InputName": "code", "S3Input": source | {"S3InputMode": "File"}}
            ],
            "ProcessingResources": {
                "ClusterConfig": {"InstanceType": "ml.m5.large", "VolumeSizeInGB": 1}
            },
            "RoleArn": ROLE,
        },
        End=True,
    )
    machine = {"StartAt": "Process", "States": {"Process": task}}
    ended = run(local_aws, machine, {"name": new_name("machine"), "fails": "0"})
    assert ended["output"]["ProcessingJobStatus"] == "Completed", ended
    assert ended["output"]["Tags"]["MANAGED_BY_AWS"] == "STARTED_BY_STEP_FUNCTIONS"
    ended = run(local_aws, machine, {"name": new_name("machine"), "fails": "1"})
    assert (ended["status"], ended["error"]) == ("FAILED", "States.TaskFailed")
    assert json.loads(ended["cause"])["ExitMessage"] == "The table is empty."


def test_failed_job_fails_the_task_with_its_description(local_aws: LocalAws, bucket: str) -> None:
    parameters = tuning_parameters(bucket, objective="multi:softmax")  # and no num_class
    task = sagemaker_task("createHyperParameterTuningJob.sync", parameters, End=True)
    ended = run(local_aws, {"StartAt": "Tune", "States": {"Tune": task}})
    cause = json.loads(ended["cause"])
    assert (ended["status"], ended["error"]) == ("FAILED", "States.TaskFailed")
    assert cause["HyperParameterTuningJobStatus"] == "Failed"
    assert "training job" in cause["FailureReason"]


def test_taken_name_is_caught_under_the_name_that_aws_gives_it(
    local_aws: LocalAws, bucket: str
) -> None:
    parameters = tuning_parameters(bucket)
    catch = [{"ErrorEquals": ["SageMaker.ResourceInUseException"], "Next": "Taken"}]
    task = sagemaker_task("createHyperParameterTuningJob", parameters)
    machine = {
        "StartAt": "First",
        "States": {
            "First": task | {"Next": "Second"},
            "Second": task | {"Catch": catch, "End": True},
            "Taken": {"Type": "Succeed"},
        },
    }
    ended = run(local_aws, machine)
    assert ended["status"] == "SUCCEEDED", ended
    assert "already exists" in ended["output"]["Cause"]


def test_stopped_execution_stops_its_tuning_job(local_aws: LocalAws, bucket: str) -> None:
    parameters = tuning_parameters(bucket, num_round="100000000")
    name, client = parameters["HyperParameterTuningJobName"], local_aws.client("sagemaker")
    task = sagemaker_task("createHyperParameterTuningJob.sync", parameters, End=True)
    execution = start(local_aws, {"StartAt": "Tune", "States": {"Tune": task}})
    while not any(event["type"] == "TaskSubmitted" for event in history(local_aws, execution)):
        pass
    local_aws.client("stepfunctions").stop_execution(executionArn=execution)
    assert finish(local_aws, execution)["status"] == "ABORTED"
    status = "InProgress"
    while status in ("InProgress", "Stopping"):
        status = client.describe_hyper_parameter_tuning_job(HyperParameterTuningJobName=name)[
            "HyperParameterTuningJobStatus"
        ]
    assert status == "Stopped"
