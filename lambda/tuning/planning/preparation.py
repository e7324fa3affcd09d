"""Prepare: the processing job that makes the channels of a table, and where it writes them.

The job runs preparation.job in SageMaker's XGBoost image, whatever the algorithm: the wheel of
DuckDB that is deployed is for the Python of that image.
"""

from __future__ import annotations

from typing import Any

from tuning.algorithms.images import image_uri
from tuning.environment import PlanningEnvironment
from tuning.execution_input.channel import TEST, TRAIN, VALIDATION, Channel
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.prepare import Prepare
from tuning.names import Execution
from tuning.request_types import ProcessingJobRequest, Tag
from tuning.variables.preparation import Preparation

FOLDER = "preparation/"  # of the execution's folder
PROGRAM_FOLDER, CHANNELS_FOLDER = f"{FOLDER}program/", f"{FOLDER}channels/"
PROGRAM, REQUEST, KEPT = "prepare.pyz", "request.json", "kept.json"  # in the program's folder
WARNINGS = "warnings.json"  # beside the channels
ALGORITHM, VERSION = "xgboost", "3.0-5"
_ML, _PLACE = "/opt/ml", "/opt/ml/processing"


def with_channels(run: ExecutionInput, bucket: str, execution: Execution) -> ExecutionInput:
    """The run whose channels are those that its Prepare makes."""
    prepare = run.prepare
    assert prepare is not None, "the input asks for it"
    made = channels_in(f"s3://{bucket}/{execution.folder}")
    names = (TRAIN, VALIDATION, TEST) if prepare.test else (TRAIN, VALIDATION)
    update = {"channels": {name: made[name] for name in names}}
    alone = [(name, each.model_copy(update=update)) for name, each in run.definitions if name]
    return run.model_copy(update=update).with_definitions(alone)


def channels_in(folder: str) -> dict[str, Channel]:
    """The channels that the job of a run writes, by the S3 URI of the run's folder."""
    names = (TRAIN, VALIDATION, TEST)
    return {name: Channel.at(f"{folder}{CHANNELS_FOLDER}{name}/") for name in names}


def preparation(
    run: ExecutionInput, environment: PlanningEnvironment, execution: Execution, tags: list[Tag]
) -> Preparation:
    """What the state Prepare does for a run that asks for it."""
    assert run.prepare is not None, "the input asks for it"
    job = _processing_job(run, run.prepare, environment, execution)
    return Preparation(processing_job={**job, "Tags": tags}, request=_request(run.prepare))


def _request(prepare: Prepare) -> dict[str, Any]:
    """What preparation.job reads: a preparation.request.Request as JSON."""
    column = prepare.group or prepare.time
    by = "group" if prepare.group else "time" if prepare.time else "row"
    return {
        "label": prepare.label,
        "task": prepare.task,
        "positive": prepare.positive,
        "drop": prepare.drop,
        "text": prepare.text,
        "dates": prepare.dates,
        "missing": prepare.missing,
        "split": {
            "by": by,
            "column": column,
            "test": prepare.test,
            "validation": prepare.validation,
            "salt": prepare.salt,
        },
    }


def _processing_job(
    run: ExecutionInput, prepare: Prepare, environment: PlanningEnvironment, execution: Execution
) -> ProcessingJobRequest:
    folder = f"s3://{environment.bucket}/{execution.folder}"
    key = run.output_data_config.kms_key_id if run.output_data_config else None
    cluster: Any = {**prepare.resource_config.to_sagemaker(), "InstanceCount": 1}
    stopping: Any = prepare.stopping_condition.to_sagemaker()
    vpc = {"VpcConfig": run.vpc_config.to_sagemaker()} if run.vpc_config else {}
    network: Any = {"EnableNetworkIsolation": True, **vpc}  # it reads files and writes files
    channels = {
        "S3Uri": f"{folder}{CHANNELS_FOLDER}".rstrip("/"),
        "LocalPath": f"{_PLACE}/output",
        "S3UploadMode": "EndOfJob",
    }
    outputs: Any = {"Outputs": [{"OutputName": "channels", "S3Output": channels}]}
    if key:
        outputs["KmsKeyId"] = key
    program = f"{_PLACE}/input/program"
    return {
        "ProcessingJobName": execution.preparation_job_name(environment.name_prefix),
        "ProcessingInputs": [
            _input("program", f"{folder}{PROGRAM_FOLDER}"),
            _input("table", prepare.table),
        ],
        "ProcessingOutputConfig": outputs,
        "ProcessingResources": {"ClusterConfig": cluster},
        "StoppingCondition": stopping,
        "AppSpecification": {
            "ImageUri": image_uri(ALGORITHM, VERSION, execution.region),
            "ContainerEntrypoint": ["python3", f"{program}/{PROGRAM}"],
            "ContainerArguments": [
                *("--program", program),
                *("--table", f"{_PLACE}/input/table"),
                *("--output", f"{_PLACE}/output"),
                *("--work", f"{_PLACE}/work"),
                *("--message", f"{_ML}/output/message"),
            ],
        },
        "NetworkConfig": network,
        "RoleArn": environment.training_role_arn,
    }


def _input(name: str, uri: str) -> Any:
    source = {"S3Uri": uri, "LocalPath": f"{_PLACE}/input/{name}"}
    kind = {"S3DataType": "S3Prefix", "S3InputMode": "File"}
    return {"InputName": name, "S3Input": {**source, **kind}}
