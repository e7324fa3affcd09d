"""A deployment of an earlier release, as its template made it, with an endpoint that serves.

`releases/` keeps the templates alone. Their functions do not run here, so that what a run of the
release left is made by the calls that it made.
"""

from __future__ import annotations

import io
import json
import lzma
import time
import zipfile
from pathlib import Path
from typing import Any

from tuning.tags import run_tags

from tests.end_to_end.conftest import Client, upload_customers, wait_until

RELEASES = Path(__file__).with_name("releases")
PREFIX, ENDPOINT = "older", "older"
WEEKLY = {
    "Schedule": {"Expression": "cron(0 6 ? * MON *)"},
    "Promotion": None,
    "Endpoint": {"EndpointName": ENDPOINT},
}
EXECUTION = f"arn:aws:states:us-east-1:123456789012:execution:{PREFIX}:november"
_IMAGE = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5"
_VARIANT = {"VariantName": "AllTraffic", "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}


def template_of(release: str) -> dict[str, Any]:
    """What `cdk synth` wrote at this commit, with the prefix `older`."""
    text = lzma.decompress((RELEASES / f"{release}.json.xz").read_bytes())
    return dict(json.loads(text))


def deploy(client: Client, template: dict[str, Any]) -> None:
    """Makes the stack, with empty archives in the place of code and layers."""
    s3, formation = client("s3"), client("cloudformation")
    assets = "cdk-hnb659fds-assets-123456789012-us-east-1"
    for key in _archives(template):
        s3.put_object(Bucket=assets, Key=key, Body=_empty_archive())
    s3.put_object(Bucket=assets, Key="older.json", Body=json.dumps(template))
    url = f"{s3.meta.endpoint_url}/{assets}/older.json"
    formation.create_stack(StackName=PREFIX, TemplateURL=url, Capabilities=["CAPABILITY_NAMED_IAM"])
    wait_until(lambda: _status(client) != "CREATE_IN_PROGRESS", seconds=120)
    failed = [
        each["ResourceStatusReason"]
        for each in formation.describe_stack_events(StackName=PREFIX)["StackEvents"]
        if each["ResourceStatus"] == "CREATE_FAILED"
    ]
    assert not failed


def serve(client: Client, bucket: str, role: str, champion: str) -> None:
    """Trains the champion in the role of the stack, and lets the endpoint serve it."""
    sagemaker = client("sagemaker")
    upload_customers(client("s3"), bucket)
    sagemaker.create_training_job(
        TrainingJobName=champion,
        HyperParameters={"objective": "binary:logistic", "num_round": "3"},
        AlgorithmSpecification={"TrainingImage": _IMAGE, "TrainingInputMode": "File"},
        RoleArn=role,
        InputDataConfig=[_channel(bucket)],
        OutputDataConfig={"S3OutputPath": f"s3://{bucket}/runs/november/training/"},
        ResourceConfig={"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 10},
        StoppingCondition={"MaxRuntimeInSeconds": 600},
    )
    sagemaker.get_waiter("training_job_completed_or_stopped").wait(
        TrainingJobName=champion, WaiterConfig={"Delay": 1}
    )
    trained = sagemaker.describe_training_job(TrainingJobName=champion)
    container = {
        "Image": _IMAGE,
        "ModelDataUrl": trained["ModelArtifacts"]["S3ModelArtifacts"],
    }
    tags = run_tags(PREFIX, ENDPOINT, EXECUTION)
    sagemaker.create_model(
        ModelName=champion, PrimaryContainer=container, ExecutionRoleArn=role, Tags=tags
    )
    sagemaker.create_endpoint_config(
        EndpointConfigName=champion,
        ProductionVariants=[{"ModelName": champion, **_VARIANT}],
        Tags=tags,
    )
    sagemaker.create_endpoint(EndpointName=ENDPOINT, EndpointConfigName=champion, Tags=tags)
    sagemaker.get_waiter("endpoint_in_service").wait(
        EndpointName=ENDPOINT, WaiterConfig={"Delay": 1}
    )


def write_log(client: Client, group: str) -> None:
    """A line in a log group of the stack."""
    logs = client("logs")
    logs.create_log_stream(logGroupName=group, logStreamName="november")
    line = {"timestamp": int(time.time() * 1000), "message": "of the earlier release"}
    logs.put_log_events(logGroupName=group, logStreamName="november", logEvents=[line])


def remove(client: Client) -> None:
    """The endpoint and the stack, so that another release can be deployed under the same names."""
    client("sagemaker").delete_endpoint(EndpointName=ENDPOINT)
    stack = client("cloudformation").describe_stacks(StackName=PREFIX)["Stacks"][0]["StackId"]
    client("cloudformation").delete_stack(StackName=stack)
    client("cloudformation").get_waiter("stack_delete_complete").wait(
        StackName=stack, WaiterConfig={"Delay": 1}
    )


def _archives(template: dict[str, Any]) -> set[str]:
    """The keys of what functions and layers are made of."""
    found = set()
    for resource in template["Resources"].values():
        properties = resource.get("Properties", {})
        place = properties.get("Code") or properties.get("Content") or {}
        found |= {place["S3Key"]} if "S3Key" in place else set()
    return found


def _empty_archive() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("empty.py", "")
    return content.getvalue()


def _channel(bucket: str) -> dict[str, Any]:
    source = {"S3DataType": "S3Prefix", "S3Uri": f"s3://{bucket}/data/train/"}
    return {
        "ChannelName": "train",
        "DataSource": {"S3DataSource": source},
        "ContentType": "text/csv",
    }


def _status(client: Client) -> str:
    described = client("cloudformation").describe_stacks(StackName=PREFIX)
    return str(described["Stacks"][0]["StackStatus"])
