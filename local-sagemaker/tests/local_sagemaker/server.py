"""The local SageMaker on a free port, with moto's S3 and CloudWatch Logs beside it."""

from __future__ import annotations

import itertools
import random
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from local_sagemaker.sagemaker.application import SageMakerApplication
from local_sagemaker.sagemaker.settings import Settings
from local_sagemaker.sagemaker.tuning.tuning_jobs import SearchFactory
from local_sagemaker.search.strategies import create_search
from werkzeug.serving import ThreadedWSGIServer, make_server

from tests.contract.output_shape import check_response
from tests.local_sagemaker.moto_server import moto_server

REGION = "us-east-1"
BUCKET = "retune-data"
IMAGE = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5"
ROLE = "arn:aws:iam::123456789012:role/training"
_KEYS: dict[str, Any] = {
    "region_name": REGION,
    "aws_access_key_id": "test",
    "aws_secret_access_key": "test",
    # The service is to refuse a bad request, not the client.
    "config": Config(retries={"total_max_attempts": 1}, parameter_validation=False),
}


@dataclass(frozen=True)
class Event:
    """What SageMaker has sent to EventBridge."""

    kind: str
    arn: str
    detail: dict[str, Any]


@dataclass(frozen=True)
class LocalSageMaker:
    url: str
    sagemaker: Any
    runtime: Any
    s3: Any
    logs: Any
    cloudwatch: Any
    events: list[Event]


@contextmanager
def running(
    work_directory: Path,
    search: SearchFactory = create_search,
    wait_scale: float = 1.0,
    quotas: Mapping[str, int] | None = None,
) -> Iterator[LocalSageMaker]:
    """Serve until the block ends; the bucket holds a small data set."""
    with moto_server() as moto_url:
        settings = partial(
            Settings, moto_url, work_directory, wait_scale=wait_scale, quotas=quotas or {}
        )
        with _serving(settings, search) as local:
            put_data(local.s3)
            yield local


@contextmanager
def _serving(made: Callable[..., Settings], search: SearchFactory) -> Iterator[LocalSageMaker]:
    events: list[Event] = []
    settings = made(
        emit=lambda _region, kind, arns, detail: events.append(Event(kind, arns[-1], detail))
    )
    moto_url = settings.endpoint_url
    application = SageMakerApplication(settings, search)
    server = make_server("127.0.0.1", 0, application, threaded=True)
    assert isinstance(server, ThreadedWSGIServer)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.port}"
    sagemaker = boto3.client("sagemaker", endpoint_url=url, **_KEYS)
    sagemaker.meta.events.register("before-parse.sagemaker", check_response)
    local = LocalSageMaker(
        url,
        sagemaker,
        boto3.client("sagemaker-runtime", endpoint_url=url, **_KEYS),
        boto3.client("s3", endpoint_url=moto_url, **_KEYS),
        boto3.client("logs", endpoint_url=moto_url, **_KEYS),
        boto3.client("cloudwatch", endpoint_url=moto_url, **_KEYS),
        events,
    )
    try:
        yield local
    finally:
        application.close()
        server.shutdown()
        server.server_close()


def put_data(s3: Any) -> None:
    """Two classes that x0 tells apart, but for some noise."""
    s3.create_bucket(Bucket=BUCKET)
    random_rows = random.Random(1)
    for channel, count in (("train", 200), ("validation", 80)):
        rows = [_row(random_rows) for _ in range(count)]
        s3.put_object(Bucket=BUCKET, Key=f"data/{channel}/rows.csv", Body="\n".join(rows) + "\n")


def _row(source: random.Random) -> str:
    x0, x1 = source.random(), source.random()
    label = int(x0 + source.gauss(0, 0.2) > 0.5)
    return f"{label},{x0:.4f},{x1:.4f}"


_numbers = itertools.count(1)


def new_name(prefix: str) -> str:
    return f"{prefix}-{next(_numbers)}"


def channel(name: str) -> dict[str, Any]:
    return {
        "ChannelName": name,
        "ContentType": "text/csv",
        "DataSource": {
            "S3DataSource": {
                "S3DataType": "S3Prefix",
                "S3Uri": f"s3://{BUCKET}/data/{name}/",
                "S3DataDistributionType": "FullyReplicated",
            }
        },
    }


def training_definition() -> dict[str, Any]:
    """What a training job and a tuning job's definition share."""
    return {
        "AlgorithmSpecification": {"TrainingImage": IMAGE, "TrainingInputMode": "File"},
        "RoleArn": ROLE,
        "InputDataConfig": [channel("train"), channel("validation")],
        "OutputDataConfig": {"S3OutputPath": f"s3://{BUCKET}/output"},
        "ResourceConfig": {
            "InstanceType": "ml.m5.large",
            "InstanceCount": 1,
            "VolumeSizeInGB": 10,
        },
        "StoppingCondition": {"MaxRuntimeInSeconds": 600},
    }


HYPERPARAMETERS = {"objective": "binary:logistic", "eval_metric": "auc", "num_round": "5"}
# Rounds without end, for tests that stop a job.
ENDLESS = HYPERPARAMETERS | {"num_round": "100000000"}


def training_request(
    name: str, hyperparameters: dict[str, str] = HYPERPARAMETERS
) -> dict[str, Any]:
    return {
        "TrainingJobName": name,
        "HyperParameters": hyperparameters,
        **training_definition(),
    }


def tuning_request(
    name: str, *, jobs: int = 3, parallel: int = 2, static: dict[str, str] = HYPERPARAMETERS
) -> dict[str, Any]:
    return {
        "HyperParameterTuningJobName": name,
        "HyperParameterTuningJobConfig": {
            "Strategy": "Random",
            "HyperParameterTuningJobObjective": {
                "Type": "Maximize",
                "MetricName": "validation:auc",
            },
            "ResourceLimits": {
                "MaxNumberOfTrainingJobs": jobs,
                "MaxParallelTrainingJobs": parallel,
            },
            "ParameterRanges": {
                "IntegerParameterRanges": [{"Name": "max_depth", "MinValue": "1", "MaxValue": "8"}],
                "ContinuousParameterRanges": [
                    {"Name": "eta", "MinValue": "0.01", "MaxValue": "0.5"}
                ],
            },
        },
        "TrainingJobDefinition": training_definition() | {"StaticHyperParameters": static},
    }
