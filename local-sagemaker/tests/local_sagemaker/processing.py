"""Processing jobs whose program is a Python script in SageMaker's XGBoost image."""

from __future__ import annotations

import textwrap
from typing import Any

from tests.local_sagemaker.server import BUCKET, IMAGE, ROLE, LocalSageMaker, new_name
from tests.local_sagemaker.waiting import ENDED, wait_until

CODE = "/opt/ml/processing/input/code"
OUTPUT = "/opt/ml/processing/output"


def s3_input(name: str, prefix: str, local_path: str, **options: str) -> dict[str, Any]:
    source = {"S3Uri": f"s3://{BUCKET}/{prefix}", "LocalPath": local_path}
    kind = {"S3DataType": "S3Prefix", "S3InputMode": "File"}
    return {"InputName": name, "S3Input": kind | source | options}


def s3_output(prefix: str, local_path: str = OUTPUT, **options: str) -> dict[str, Any]:
    target = {"S3Uri": f"s3://{BUCKET}/{prefix}", "LocalPath": local_path}
    return {"OutputName": "output", "S3Output": target | {"S3UploadMode": "EndOfJob"} | options}


def processing_request(name: str, *arguments: str) -> dict[str, Any]:
    """A job that runs code/<name>/run.py on data/train, and uploads to <name>."""
    specification = {"ImageUri": IMAGE, "ContainerEntrypoint": ["python3", f"{CODE}/run.py"]}
    if arguments:
        specification["ContainerArguments"] = list(arguments)
    return {
        "ProcessingJobName": name,
        "ProcessingInputs": [
            s3_input("code", f"code/{name}/", CODE),
            s3_input("rows", "data/train/", "/opt/ml/processing/input/rows"),
        ],
        "ProcessingOutputConfig": {"Outputs": [s3_output(name)]},
        "ProcessingResources": {
            "ClusterConfig": {"InstanceType": "ml.m5.large", "VolumeSizeInGB": 10}
        },
        "AppSpecification": specification,
        "RoleArn": ROLE,
    }


def put_script(local: LocalSageMaker, name: str, script: str) -> None:
    """The run.py of the job of this name."""
    body = textwrap.dedent(script)
    local.s3.put_object(Bucket=BUCKET, Key=f"code/{name}/run.py", Body=body)


def start(local: LocalSageMaker, script: str, *arguments: str, **options: Any) -> str:
    """Start a job of the script; its name."""
    name = new_name("process")
    put_script(local, name, script)
    local.sagemaker.create_processing_job(**processing_request(name, *arguments) | options)
    return name


def wait(local: LocalSageMaker, name: str) -> dict[str, Any]:
    return wait_until(
        lambda: local.sagemaker.describe_processing_job(ProcessingJobName=name),
        lambda job: job["ProcessingJobStatus"] in ENDED,
    )


def process(local: LocalSageMaker, script: str, *arguments: str, **options: Any) -> dict[str, Any]:
    """Run a job of the script to its end."""
    return wait(local, start(local, script, *arguments, **options))
