"""Plays one case with local AWS's XGBoost and with the image, and says how they differ."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from tests.local_sagemaker.own_images import REGISTRY, lines, serve, train
from tests.local_sagemaker.server import BUCKET, LocalSageMaker, channel, new_name, training_request
from tests.local_sagemaker.waiting import wait_for_endpoint
from tests.xgboost_image.cases import Case

# As an image of the account's own it is run by Docker, not by the program that stands for it.
DOCKER_IMAGE = f"{REGISTRY}/xgboost-image:compared"
NO_METRICS = [{"Name": "none", "Regex": "(no metric is scanned for)"}]
_ROUND = re.compile(r"\[(\d+)\]#011(.*)")
_METRIC = re.compile(r"(.+?):(-?(?:[0-9]+\.[0-9]+|nan|inf))")
_COMPARED_CHARACTERS = 40  # of a message: local AWS adds advice, the image a trace
# Of printed metrics: sums of float32 differ in the order of threads.
RELATIVE, ABSOLUTE = 1e-6, 1.5e-5


@dataclass(frozen=True)
class Training:
    """What a training job shows: its end, its printed metrics by round and name, its artefact."""

    status: str
    reason: str
    log: str
    metrics: dict[tuple[str, str], float]
    model: str


def play(local: LocalSageMaker, image: str, case: Case) -> Training:
    hyperparameters, data = case
    request = training_request(new_name("compared"), hyperparameters)
    request["InputDataConfig"] = [_channel(name, data) for name in ("train", "validation")]
    request["AlgorithmSpecification"]["TrainingImage"] = image
    if image == DOCKER_IMAGE:
        request["AlgorithmSpecification"]["MetricDefinitions"] = NO_METRICS
    job = train(local, request)
    log = lines(local, request["TrainingJobName"])
    rounds = [found.groups() for line in log if (found := _ROUND.match(line))]
    return Training(
        status=job["TrainingJobStatus"],
        reason=job.get("FailureReason", ""),
        log="\n".join(log),
        metrics={
            (number, name): float(value)
            for number, text in rounds
            for part in text.split("#011")
            for name, value in _METRIC.findall(part)
        },
        model=job["ModelArtifacts"]["S3ModelArtifacts"],
    )


def _channel(name: str, data: str) -> dict[str, Any]:
    made = channel(name)
    made["DataSource"]["S3DataSource"]["S3Uri"] = f"s3://{BUCKET}/{data}/{name}/"
    return made


def difference(ours: Training, image: Training) -> str:
    """How two trainings differ to a user; empty when they do not."""
    if ours.status != image.status:
        return f"{ours.status} and {image.status}: {ours.reason or image.reason}"
    if ours.metrics.keys() != image.metrics.keys():
        return f"metrics {sorted(ours.metrics.keys() ^ image.metrics.keys())[:5]} of one only"
    for key, value in ours.metrics.items():
        if not _close(value, image.metrics[key]):
            return f"{key[1]} of round {key[0]} is {value} and {image.metrics[key]}"
    message = _message(ours.reason)
    return "" if message in image.log else f"the image does not say '{message}'"


def _close(one: float, other: float) -> bool:
    both_nan = math.isnan(one) and math.isnan(other)
    return both_nan or math.isclose(one, other, rel_tol=RELATIVE, abs_tol=ABSOLUTE)


def _message(reason: str) -> str:
    """The beginning of what a FailureReason says, without the class of the error."""
    text = reason.removeprefix("AlgorithmError: framework error: ").partition(": ")[2]
    return text.rpartition("\n")[2].strip()[:_COMPARED_CHARACTERS]


def start_endpoint(
    local: LocalSageMaker, image: str, model: str, environment: dict[str, str]
) -> str:
    """The name of an endpoint that serves a model."""
    name = new_name("compared")
    serve(local, name, model, image=image, **environment)
    ready = wait_for_endpoint(local, name)
    assert ready["EndpointStatus"] == "InService", ready
    return name


def _status(response: Any) -> int:
    """The container's; botocore's own type of an error does not know it."""
    return int(response["OriginalStatusCode"])


def answer(local: LocalSageMaker, endpoint: str, request: tuple[str, str, str]) -> tuple[int, str]:
    """The container's status, and its answer unless that is an error's text."""
    body, content_type, accept = request
    headers = {"ContentType": content_type, "Accept": accept}
    given = {name: value for name, value in headers.items() if value}
    try:
        answered = local.runtime.invoke_endpoint(EndpointName=endpoint, Body=body, **given)
    except ClientError as error:
        return _status(error.response), ""
    return 200, f"{answered['ContentType']} {answered['Body'].read().decode(errors='replace')}"
