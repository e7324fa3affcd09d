"""What a transform job writes, and how one fails whose rows the model refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from retune.acceptance.hosting import create_model
from retune.acceptance.scenario import Bound, Observation, Scenario, equals
from retune.acceptance.stage import INSTANCE, Stage, table
from retune.acceptance.training import BINARY, trained

_OUR_FAULT = ("InternalServerError", "CapacityError", "Throttl", "AccessDenied")
_CLASSES = {"objective": "multi:softprob", "num_class": "2", "num_round": "5"}
_ROWS = 20


def play(stage: Stage) -> Iterator[Observation]:
    uri = stage.upload("acceptance/transform/train.csv", table(200, seed=1))
    binary = _model(stage, uri, BINARY)
    lines = _output(stage, _transformed(stage, binary, features=4))
    numbers = [line for line in lines if _is_number(line)]
    yield equals("transform-output", (_ROWS, _ROWS), (len(lines), len(numbers)))
    classes = _output(stage, _transformed(stage, _model(stage, uri, _CLASSES), features=4))
    listed = [line for line in classes if line.startswith("[") and line.endswith("]")]
    yield equals("transform-output", _ROWS, len(listed))
    wide = _transformed(stage, binary, features=9)
    reason = wide.get("FailureReason", "")
    seen = (wide["TransformJobStatus"], any(word in reason for word in _OUR_FAULT))
    yield equals("transform-refuses-rows", ("Failed", False), seen)


def _model(stage: Stage, uri: str, hyperparameters: dict[str, str]) -> str:
    job = trained(stage, {"train": uri}, hyperparameters)
    return create_model(stage, job["ModelArtifacts"]["S3ModelArtifacts"])


def _transformed(stage: Stage, model: str, features: int) -> dict[str, Any]:
    """DescribeTransformJob of a job on rows of so many features."""
    name, sagemaker = stage.name("transform"), stage.client("sagemaker")
    rows = [line.split(",", 1)[1] for line in table(_ROWS, seed=2, features=features).splitlines()]
    uri = stage.upload(f"acceptance/{name}/rows.csv", "\n".join(rows))
    sagemaker.create_transform_job(
        TransformJobName=name,
        ModelName=model,
        TransformInput={
            "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": uri}},
            "ContentType": "text/csv",
            "SplitType": "Line",
        },
        TransformOutput={
            "S3OutputPath": f"s3://{stage.stack.bucket}/runs/{name}/evaluation/",
            "AssembleWith": "Line",
        },
        TransformResources={"InstanceType": INSTANCE, "InstanceCount": 1},
    )

    def look() -> dict[str, Any] | None:
        found: dict[str, Any] = sagemaker.describe_transform_job(TransformJobName=name)
        return None if found["TransformJobStatus"] in ("InProgress", "Stopping") else found

    return stage.until(f"the transform job {name}", look)


def _output(stage: Stage, job: dict[str, Any]) -> list[str]:
    key = f"runs/{job['TransformJobName']}/evaluation/rows.csv.out"
    answer = stage.client("s3").get_object(Bucket=stage.stack.bucket, Key=key)
    return str(answer["Body"].read().decode()).splitlines()


def _is_number(line: str) -> bool:
    try:
        float(line)
    except ValueError:
        return False
    return True


SCENARIO = Scenario(
    name="transform-jobs",
    about="what a transform job writes, and how one fails",
    claims=("transform-output", "transform-refuses-rows"),
    minutes=60,
    play=play,
    bounds=(Bound("Training", INSTANCE, 1.5),),
)
