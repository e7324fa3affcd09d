"""XGBoost's published image on odd objects, in another input mode, and on accuracy."""

from __future__ import annotations

from collections.abc import Iterator

from botocore.exceptions import ClientError

from retune.acceptance.scenario import Bound, Observation, Scenario, equals
from retune.acceptance.stage import INSTANCE, Stage, table
from retune.acceptance.training import BINARY, trained

_MARK = "\ufeff"
_ROWS = table(200, seed=1)
# Objects of a channel, and how a training job on them ends.
_CHANNELS: dict[str, tuple[str, dict[str, str], str]] = {
    "an empty object": ("xgboost-odd-objects", {"a.csv": _ROWS, "b.csv": ""}, "Failed"),
    "no table in a fourth folder": (
        "xgboost-odd-objects",
        {"a.csv": _ROWS, "1/2/3/4/b.csv": "no,table,at,all\nof,the,same,width,too"},
        "Completed",
    ),
    "byte order marks": (
        "xgboost-odd-objects",
        {"a.csv": _MARK + _ROWS, "b.csv": _MARK + _ROWS},
        "Completed",
    ),
    "a semicolon in a key": ("xgboost-object-keys", {"a;b.csv": _ROWS}, "Completed"),
}


def play(stage: Stage) -> Iterator[Observation]:
    for what, (claim, objects, ends) in _CHANNELS.items():
        uri = _channel(stage, objects)
        status = trained(stage, {"train": uri}, BINARY)["TrainingJobStatus"]
        yield equals(claim, f"{what}: {ends}", f"{what}: {status}")
    plain = _channel(stage, {"a.csv": _ROWS})
    fast = trained(stage, {"train": plain}, BINARY, mode="FastFile")
    yield equals("images-refuse-fastfile", "Failed", fast["TrainingJobStatus"])
    yield equals("images-refuse-fastfile", "refused", _of_linear_learner(stage, plain))
    yield _accuracy(stage, plain)


def _channel(stage: Stage, objects: dict[str, str]) -> str:
    folder = f"acceptance/{stage.name('channel')}/"
    for key, body in objects.items():
        stage.upload(folder + key, body)
    return f"s3://{stage.stack.bucket}/{folder}"


def _of_linear_learner(stage: Stage, channel: str) -> str:
    """FastFile may be refused at once, or by the container."""
    given = {"predictor_type": "binary_classifier", "epochs": "1"}
    try:
        job = trained(
            stage, {"train": channel}, given, algorithm=("linear-learner", "1"), mode="FastFile"
        )
    except ClientError as error:
        code = error.response["Error"]["Code"]
        return "refused" if code == "ValidationException" else str(error)
    status = job["TrainingJobStatus"]
    return "refused" if status == "Failed" else str(status)


def _accuracy(stage: Stage, channel: str) -> Observation:
    """3.0-5 takes every row for positive: its accuracy is their share."""
    positive = sum(row.startswith("1") for row in _ROWS.splitlines()) / len(_ROWS.splitlines())
    job = trained(
        stage, {"train": channel, "validation": channel}, {**BINARY, "eval_metric": "accuracy"}
    )
    metrics = {each["MetricName"]: each["Value"] for each in job.get("FinalMetricDataList", ())}
    seen = metrics.get("validation:accuracy", -1.0)
    return equals("xgboost-accuracy", f"{positive:.2f}", f"{seen:.2f}")


SCENARIO = Scenario(
    name="xgboost-training",
    about="XGBoost's published image on odd objects and on accuracy",
    claims=(
        "xgboost-odd-objects",
        "xgboost-object-keys",
        "images-refuse-fastfile",
        "xgboost-accuracy",
    ),
    minutes=90,
    play=play,
    bounds=(Bound("Training", INSTANCE, 7 * 0.25),),
    needs_account={"xgboost-accuracy": "Local AWS computes class metrics rightly."},
)
