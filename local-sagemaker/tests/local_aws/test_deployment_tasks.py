"""The tasks that a deployment workflow is made of: registry, topics, transform jobs, maps."""

from __future__ import annotations

import json
import uuid
from typing import Any

from local_sagemaker.local_aws import LocalAws

from tests.local_aws.machine import jsonata, run
from tests.local_aws.test_events import create_queue, received


def task(resource: str, arguments: Any, **more: Any) -> dict[str, Any]:
    state = {"Type": "Task", "Resource": f"arn:aws:states:::{resource}", "Arguments": arguments}
    return state | ({"End": True} if "Next" not in more else {}) | more


def test_package_is_registered_and_approved_by_tasks(local_aws: LocalAws) -> None:
    group = f"group-{uuid.uuid4().hex[:8]}"
    local_aws.client("sagemaker").create_model_package_group(ModelPackageGroupName=group)
    register = task(
        "aws-sdk:sagemaker:createModelPackage",
        "{% $states.input.Item.Request %}",
        Output="{% $states.result.ModelPackageArn %}",
    )
    states = {
        "RegisterAll": {
            "Type": "Map",
            "Items": "{% $states.input.Requests %}",
            "ItemSelector": {"Item": {"Request": "{% $states.context.Map.Item.Value %}"}},
            "MaxConcurrency": 1,
            "ItemProcessor": {
                "ProcessorConfig": {"Mode": "INLINE"},
                "StartAt": "Register",
                "States": {"Register": register},
            },
            "Assign": {"arns": "{% $states.result %}"},
            "Next": "Approve",
        },
        "Approve": task(
            "aws-sdk:sagemaker:updateModelPackage",
            {"ModelPackageArn": "{% $arns[0] %}", "ModelApprovalStatus": "Approved"},
            Next="Describe",
        ),
        "Describe": task(
            "aws-sdk:sagemaker:describeModelPackage", {"ModelPackageName": "{% $arns[0] %}"}
        ),
    }
    requests = [
        {"ModelPackageGroupName": group, "CustomerMetadataProperties": {"auc": str(n / 10)}}
        for n in range(2)
    ]
    output = run(local_aws, jsonata(states), {"Requests": requests})["output"]
    assert output["ModelApprovalStatus"] == "Approved"
    assert output["ModelPackageVersion"] == 1
    assert isinstance(output["CreationTime"], str)


def test_missing_resources_fail_with_the_java_sdks_error_name(local_aws: LocalAws) -> None:
    missing = {
        "describeEndpointConfig": {"EndpointConfigName": "nothing"},
        "describeModelPackage": {"ModelPackageName": "nothing"},
    }
    for operation, arguments in missing.items():
        states = {"Ask": task(f"aws-sdk:sagemaker:{operation}", arguments)}
        ended = run(local_aws, jsonata(states))
        assert ended["error"] == "SageMaker.SageMakerException", ended
        assert "nothing" in ended["cause"]


def test_conflict_keeps_its_name(local_aws: LocalAws) -> None:
    group = f"group-{uuid.uuid4().hex[:8]}"
    sagemaker = local_aws.client("sagemaker")
    sagemaker.create_model_package_group(ModelPackageGroupName=group)
    sagemaker.create_model_package(ModelPackageGroupName=group)
    states = {
        "Drop": task("aws-sdk:sagemaker:deleteModelPackageGroup", {"ModelPackageGroupName": group})
    }
    assert run(local_aws, jsonata(states))["error"] == "SageMaker.ConflictException"


def test_topic_is_told_by_a_task(local_aws: LocalAws) -> None:
    url, queue = create_queue(local_aws)
    sns = local_aws.client("sns")
    topic = sns.create_topic(Name=f"topic-{uuid.uuid4().hex[:8]}")["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue)
    arguments = {
        "TopicArn": topic,
        "Subject": "{% 'Run ' & $states.context.Execution.Name %}",
        "Message": {"Outcome": "{% $states.input.Outcome %}", "Tries": 2},
        "MessageAttributes": {"Outcome": {"DataType": "String", "StringValue": "Deployed"}},
    }
    ended = run(local_aws, jsonata({"Tell": task("sns:publish", arguments)}), {"Outcome": "good"})
    assert ended["status"] == "SUCCEEDED", ended
    (notification,) = received(local_aws, url)
    assert json.loads(notification["Message"]) == {"Outcome": "good", "Tries": 2}
    assert notification["Subject"] == f"Run {ended['name']}"


def test_transform_job_that_cannot_start_is_the_tasks_error(local_aws: LocalAws) -> None:
    arguments = {
        "TransformJobName": f"transform-{uuid.uuid4().hex[:8]}",
        "ModelName": "nothing",
        "TransformInput": {
            "ContentType": "text/csv",
            "SplitType": "Line",
            "DataSource": {
                "S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://nothing/test/"}
            },
        },
        "TransformOutput": {"S3OutputPath": "s3://nothing/out", "AssembleWith": "Line"},
        "TransformResources": {"InstanceType": "ml.m5.large", "InstanceCount": 1},
    }
    branch = {
        "StartAt": "Score",
        "States": {"Score": task("sagemaker:createTransformJob.sync", arguments)},
    }
    catch = {
        "ErrorEquals": ["SageMaker.AmazonSageMakerException"],
        "Output": "{% $states.errorOutput.Cause %}",
        "Next": "Told",
    }
    states = {
        "Both": {"Type": "Parallel", "Branches": [branch], "Catch": [catch], "End": True},
        "Told": {"Type": "Succeed"},
    }
    output = run(local_aws, jsonata(states))["output"]
    assert 'Could not find model "arn:aws:sagemaker' in output
