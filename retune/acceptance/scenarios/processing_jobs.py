"""Processing jobs that fail, take too long, or are refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from retune.acceptance.scenario import Bound, Observation, Scenario, equals, refusal
from retune.acceptance.stage import INSTANCE, Stage

_OUTPUT = "/opt/ml/processing/output"
_FAILS = f"import sys; open('{_OUTPUT}/out.txt', 'w').write('out'); sys.exit(1)"
_SLEEPS = "import time; time.sleep(600)"
_SECONDS = 60  # the least MaxRuntimeInSeconds that is of use
_INVALID = "ValidationException"


def play(stage: Stage) -> Iterator[Observation]:
    failed = _ended(stage, _request(stage, _FAILS))
    reason = failed.get("FailureReason", "")
    yield equals("processing-failures", "Failed", failed["ProcessingJobStatus"])
    yield Observation("processing-failures", "… See job logs …", reason, "See job logs" in reason)
    key = f"runs/{failed['ProcessingJobName']}/preparation/channels/"
    found = stage.client("s3").list_objects_v2(Bucket=stage.stack.bucket, Prefix=key)
    yield equals("processing-failures", 0, found["KeyCount"])
    slow = _request(stage, _SLEEPS)
    slow["StoppingCondition"] = {"MaxRuntimeInSeconds": 5 if stage.is_local else _SECONDS}
    yield equals("processing-failures", "Stopped", _ended(stage, slow)["ProcessingJobStatus"])
    for twice in _given_twice(stage):
        yield refusal("processing-names", _INVALID, "uni", _refused(stage, twice))
    absent = _request(stage, _FAILS)
    absent["AppSpecification"]["ImageUri"] = stage.image("1.7-1").replace("1.7-1", "1.7-2")
    yield refusal("processing-image-tags", _INVALID, "1.7-2", _refused(stage, absent))


def _request(stage: Stage, program: str) -> dict[str, Any]:
    name = stage.name("processing")
    script = stage.upload(f"acceptance/{name}.py", program)
    bucket = stage.stack.bucket
    return {
        "ProcessingJobName": name,
        "RoleArn": stage.training_role,
        "AppSpecification": {
            "ImageUri": stage.image(),
            "ContainerEntrypoint": ["python3", f"/opt/ml/processing/input/code/{name}.py"],
        },
        "ProcessingInputs": [
            {
                "InputName": "code",
                "S3Input": {
                    "S3Uri": script,
                    "LocalPath": "/opt/ml/processing/input/code",
                    "S3DataType": "S3Prefix",
                    "S3InputMode": "File",
                },
            }
        ],
        "ProcessingOutputConfig": {
            "Outputs": [
                {
                    "OutputName": "out",
                    "S3Output": {
                        "S3Uri": f"s3://{bucket}/runs/{name}/preparation/channels/",
                        "LocalPath": _OUTPUT,
                        "S3UploadMode": "EndOfJob",
                    },
                }
            ]
        },
        "ProcessingResources": {
            "ClusterConfig": {"InstanceCount": 1, "InstanceType": INSTANCE, "VolumeSizeInGB": 10}
        },
        "StoppingCondition": {"MaxRuntimeInSeconds": 900},
    }


def _given_twice(stage: Stage) -> Iterator[dict[str, Any]]:
    """Names, and then paths, of an input and of an output."""
    for change in ({}, {"InputName": "other"}):
        request = _request(stage, _FAILS)
        request["ProcessingInputs"].append(request["ProcessingInputs"][0] | change)
        yield request
    for change in ({}, {"OutputName": "other"}):
        request = _request(stage, _FAILS)
        outputs = request["ProcessingOutputConfig"]["Outputs"]
        outputs.append(outputs[0] | change)
        yield request


def _ended(stage: Stage, request: dict[str, Any]) -> dict[str, Any]:
    sagemaker, name = stage.client("sagemaker"), request["ProcessingJobName"]
    sagemaker.create_processing_job(**request)

    def look() -> dict[str, Any] | None:
        found: dict[str, Any] = sagemaker.describe_processing_job(ProcessingJobName=name)
        return None if found["ProcessingJobStatus"] in ("InProgress", "Stopping") else found

    return stage.until(f"the processing job {name}", look)


def _refused(stage: Stage, request: dict[str, Any]) -> str:
    """The removal stops one that is not refused."""
    time.sleep(0 if stage.is_local else 1)  # CreateProcessingJob takes one call a second
    return stage.refused("sagemaker", "create_processing_job", **request)


SCENARIO = Scenario(
    name="processing-jobs",
    about="processing jobs that fail, take too long, or are refused",
    claims=("processing-failures", "processing-names", "processing-image-tags"),
    minutes=45,
    play=play,
    bounds=(Bound("Training", INSTANCE, 0.75),),
)
