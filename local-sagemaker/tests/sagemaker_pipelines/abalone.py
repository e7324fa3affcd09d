"""The shape of AWS's abalone example: prepare, tune, train, evaluate, and register if it is good.

The definition and the scripts are of our own; what the steps have of each other is as there.
"""

from __future__ import annotations

from typing import Any

from tests.local_sagemaker.processing import CODE, s3_input
from tests.local_sagemaker.server import BUCKET, HYPERPARAMETERS, IMAGE, ROLE
from tests.local_sagemaker.server import training_definition as training
from tests.sagemaker_pipelines.definitions import (
    Json,
    compare,
    condition,
    definition,
    get,
    join,
    json_get,
    step,
)

GROUP = "abalone-models"
PREPARE = """
import shutil
from pathlib import Path

base = Path("/opt/ml/processing")
for part in ("train", "validation"):
    shutil.copy(base / "input" / "rows" / part / "rows.csv", base / part / "rows.csv")
rows = (base / "input" / "rows" / "validation" / "rows.csv").read_text().splitlines()
(base / "batch" / "rows.csv").write_text("".join(row.split(",", 1)[1] + "\\n" for row in rows))
"""
EVALUATE = """
import json
import tarfile
from pathlib import Path

base = Path("/opt/ml/processing")
with tarfile.open(base / "model" / "model.tar.gz") as archive:
    names = archive.getnames()
rows = (base / "validation" / "rows.csv").read_text().splitlines()
report = {"regression_metrics": {"mse": {"value": 0.25, "rows": len(rows)}}, "files": names}
(base / "evaluation" / "evaluation.json").write_text(json.dumps(report))
"""
_PLACE = "/opt/ml/processing"


def put_scripts(s3: Any) -> None:
    for name, script in (("prepare", PREPARE), ("evaluate", EVALUATE)):
        s3.put_object(Bucket=BUCKET, Key=f"abalone/{name}/run.py", Body=script)


def abalone() -> str:
    """The definition; the parameter Worst is the greatest error that is good enough."""
    return definition(
        _prepare(),
        _tune(),
        _train(),
        _evaluate(),
        condition(
            "Decide",
            compare(
                "LessThanOrEqualTo",
                json_get("Evaluate", "Report", "regression_metrics.mse.value"),
                get("Parameters.Worst"),
            ),
            yes=[_register(), _model(), _transform()],
            no=[step("TooBad", "Fail", {"ErrorMessage": join("worse than ", get(_WORST))})],
        ),
        Parameters=[
            {"Name": "Rows", "Type": "String", "DefaultValue": f"s3://{BUCKET}/data/"},
            {"Name": "Instances", "Type": "Integer", "DefaultValue": 1},
            {"Name": "Worst", "Type": "Float", "DefaultValue": 0.3},
        ],
    )


_WORST = "Parameters.Worst"


def _job(script: str, inputs: list[Json], outputs: list[str]) -> Json:
    uploads = [
        {
            "OutputName": name,
            "S3Output": {
                "S3Uri": join("s3:/", BUCKET, get("Execution.PipelineExecutionId"), name, on="/"),
                "LocalPath": f"{_PLACE}/{name}",
                "S3UploadMode": "EndOfJob",
            },
        }
        for name in outputs
    ]
    cluster = {
        "InstanceType": "ml.m5.large",
        "InstanceCount": get("Parameters.Instances"),
        "VolumeSizeInGB": 10,
    }
    return {
        "AppSpecification": {
            "ImageUri": IMAGE,
            "ContainerEntrypoint": ["python3", f"{CODE}/run.py"],
        },
        "ProcessingInputs": [s3_input("code", f"abalone/{script}/", CODE), *inputs],
        "ProcessingOutputConfig": {"Outputs": uploads},
        "ProcessingResources": {"ClusterConfig": cluster},
        "RoleArn": ROLE,
    }


def _input(name: str, uri: Any) -> Json:
    given: Json = s3_input(name, "", f"{_PLACE}/{name}")
    given["S3Input"]["S3Uri"] = uri
    return given


def _output(name: str) -> Json:
    return get(f"Steps.Prepare.ProcessingOutputConfig.Outputs['{name}'].S3Output.S3Uri")


def _prepare() -> Json:
    rows = _input("input/rows", get("Parameters.Rows"))
    return step("Prepare", "Processing", _job("prepare", [rows], ["train", "validation", "batch"]))


def _channels() -> list[Json]:
    channels: list[Json] = training()["InputDataConfig"]
    for channel in channels:
        channel["DataSource"]["S3DataSource"]["S3Uri"] = _output(channel["ChannelName"])
    return channels


def _tune() -> Json:
    ranges = [{"Name": "max_depth", "MinValue": "1", "MaxValue": "3"}]
    config = {
        "Strategy": "Random",
        "HyperParameterTuningJobObjective": {"Type": "Maximize", "MetricName": "validation:auc"},
        "ResourceLimits": {"MaxNumberOfTrainingJobs": 2, "MaxParallelTrainingJobs": 2},
        "ParameterRanges": {"IntegerParameterRanges": ranges},
    }
    job = training() | {"InputDataConfig": _channels(), "StaticHyperParameters": HYPERPARAMETERS}
    arguments = {"HyperParameterTuningJobConfig": config, "TrainingJobDefinition": job}
    return step("HPTuning", "Tuning", arguments)


def _train() -> Json:
    best = "Steps.HPTuning.BestTrainingJob.TunedHyperParameters['max_depth']"
    hyperparameters = HYPERPARAMETERS | {"max_depth": get(best)}
    job = training() | {"InputDataConfig": _channels(), "HyperParameters": hyperparameters}
    return step("Train", "Training", job)


def _evaluate() -> Json:
    arguments = _job(
        "evaluate",
        [
            _input("model", get("Steps.Train.ModelArtifacts.S3ModelArtifacts")),
            _input("validation", _output("validation")),
        ],
        ["evaluation"],
    )
    report = {
        "PropertyFileName": "Report",
        "OutputName": "evaluation",
        "FilePath": "evaluation.json",
    }
    return step("Evaluate", "Processing", arguments, PropertyFiles=[report])


def _register() -> Json:
    best = get("Steps.HPTuning.TrainingJobSummaries[0].TrainingJobName")
    uri = join("s3:/", BUCKET, "output", best, "output/model.tar.gz", on="/")
    specification = {
        "Containers": [{"Image": IMAGE, "ModelDataUrl": uri}],
        "SupportedContentTypes": ["text/csv"],
        "SupportedResponseMIMETypes": ["text/csv"],
    }
    arguments = {
        "ModelPackageGroupName": GROUP,
        "ModelApprovalStatus": "Approved",
        "InferenceSpecification": specification,
    }
    return step("Register-RegisterModel", "RegisterModel", arguments)


def _model() -> Json:
    data = get("Steps.Train.ModelArtifacts.S3ModelArtifacts")
    container = {"Image": IMAGE, "ModelDataUrl": data, "Environment": {}}
    arguments = {"ExecutionRoleArn": ROLE, "PrimaryContainer": container}
    return step("Create-CreateModel", "Model", arguments)


def _transform() -> Json:
    arguments = {
        "ModelName": get("Steps.Create-CreateModel.ModelName"),
        "TransformInput": {
            "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": _output("batch")}},
            "ContentType": "text/csv",
            "SplitType": "Line",
        },
        "TransformOutput": {"S3OutputPath": f"s3://{BUCKET}/abalone-scores"},
        "TransformResources": {"InstanceType": "ml.m5.large", "InstanceCount": 1},
    }
    return step("Transform", "Transform", arguments)
