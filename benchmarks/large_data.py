"""A large table from its check to the verdict: what each step takes, beside plain XGBoost.

    python -m benchmarks.large_data [--rows 10000000] [--rounds 20] [--repeats 3]

The table has 98 bytes a row: 10,000,000 rows are 1 GB. It is the channel train and the channel
test, with a tenth as many rows for validation. PlanTuning and Decide are called as Lambda calls
them, each in a process of its own, and read their objects from local AWS; Decide compares the model
with one of half its trees. Training is local AWS's container, by turns with XGBoost on the same
files with the same parameters and one thread. The transform job is local AWS's.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
from local_sagemaker.local_aws import LocalAws
from tuning.deployed_settings import DeployedSettings

from benchmarks.harness.figure import Figure, Goal, at_most
from benchmarks.harness.handler import ACCOUNT, ENVIRONMENT, REGION, cost_of_handler
from benchmarks.harness.local import BIN, environment_of, local_aws
from benchmarks.harness.result import publish
from benchmarks.harness.timing import Cost, by_turns, cost_of

BUCKET = ENVIRONMENT["BUCKET"]
IMAGE = f"683313688378.dkr.ecr.{REGION}.amazonaws.com/sagemaker-xgboost:3.0-5"
PARAMETERS = {
    "objective": "binary:logistic",
    "eval_metric": "auc",
    "max_depth": "6",
    "eta": "0.3",
    "nthread": "1",
}
MOST_MEGABYTES = at_most(plus=512)
MOST_SECONDS = at_most(plus=15 * 60)
NOW = "2100-01-01T00:00:00.000Z"  # later than any object was written


def write_job(root: Path, rows: int, rounds: int) -> None:
    """The contract's directories of a training job, and the test channel beside its channels."""
    for seed, (name, count) in enumerate((("train", rows), ("validation", rows // 10))):
        path = root / "input" / "data" / name / f"{name}.csv"
        path.parent.mkdir(parents=True)
        command = [sys.executable, "-m", "benchmarks.programs.large_tables", path, count, seed / 10]
        subprocess.run([*map(str, command)], check=True)
    (root / "input" / "data" / "test").mkdir()
    os.link(root / "input/data/train/train.csv", root / "input/data/test/test.csv")
    channel = {"ContentType": "text/csv", "TrainingInputMode": "File"}
    config = root / "input" / "config"
    config.mkdir()
    channels = {"train": channel, "validation": channel}
    (config / "inputdataconfig.json").write_text(json.dumps(channels))
    hyperparameters = PARAMETERS | {"num_round": str(rounds)}
    (config / "hyperparameters.json").write_text(json.dumps(hyperparameters))


def trained(root: Path, repeats: int) -> tuple[list[Cost], list[Cost]]:
    """The container's program and plain XGBoost, each from its start to its end."""
    environment = {**os.environ, "ML_ROOT": str(root), "OMP_NUM_THREADS": "1"}

    def container() -> Cost:
        program = [sys.executable, "-m", "local_sagemaker.containers.xgboost", "train"]
        return cost_of(program, env=environment)

    def plain() -> Cost:
        return cost_of(plain_xgboost("train", root), env=environment)

    return by_turns(repeats, container, plain)


def plain_xgboost(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "benchmarks.programs.plain_xgboost", *map(str, arguments)]


def upload(aws: LocalAws, root: Path) -> None:
    """By the command line, as a person would."""
    aws.client("s3").create_bucket(Bucket=BUCKET)
    copy = [
        "aws",
        "s3",
        "cp",
        "--quiet",
        "--recursive",
        f"{root}/input/data",
        f"s3://{BUCKET}/data",
    ]
    subprocess.run(copy, check=True, env=environment_of(aws))


def make_role(aws: LocalAws) -> str:
    """The ARN of a role by which SageMaker may read and write all objects."""

    def policy(**members: object) -> str:
        return json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Allow", **members}})

    iam, service = aws.client("iam"), {"Service": "sagemaker.amazonaws.com"}
    trust = policy(Action="sts:AssumeRole", Principal=service)
    role = iam.create_role(RoleName="training", AssumeRolePolicyDocument=trust)["Role"]
    objects = policy(Action="s3:*", Resource="*")
    iam.put_role_policy(RoleName="training", PolicyName="objects", PolicyDocument=objects)
    return str(role["Arn"])


def transformed(aws: LocalAws, root: Path) -> tuple[float, float]:
    """Seconds of local AWS's transform job of the test channel, and megabytes of its server."""
    packed, sagemaker = io.BytesIO(), aws.client("sagemaker")
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        archive.add(root / "model" / "xgboost-model", "xgboost-model")
    aws.client("s3").put_object(Bucket=BUCKET, Key="model.tar.gz", Body=packed.getvalue())
    sagemaker.create_model(
        ModelName="new",
        ExecutionRoleArn=make_role(aws),
        PrimaryContainer={"Image": IMAGE, "ModelDataUrl": f"s3://{BUCKET}/model.tar.gz"},
    )
    source = {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"s3://{BUCKET}/data/test/"}}
    began = time.perf_counter()
    sagemaker.create_transform_job(
        TransformJobName="new",
        ModelName="new",
        BatchStrategy="MultiRecord",
        TransformInput={"DataSource": source, "ContentType": "text/csv", "SplitType": "Line"},
        TransformOutput={"S3OutputPath": f"s3://{BUCKET}/scores/new/", "AssembleWith": "Line"},
        TransformResources={"InstanceType": "ml.m5.large", "InstanceCount": 1},
        DataProcessing={"InputFilter": "$[1:]"},
    )
    server, most = psutil.Process(aws.server.pid), 0
    while (job := sagemaker.describe_transform_job(TransformJobName="new"))[
        "TransformJobStatus"
    ] == "InProgress":
        most = max(most, server.memory_info().rss)
        time.sleep(0.2)
    assert job["TransformJobStatus"] == "Completed", job["FailureReason"]
    return time.perf_counter() - began, most / 1e6


def decided(
    aws: LocalAws, plan: dict[str, Any], root: Path, rounds: int
) -> tuple[Cost, dict[str, Any]]:
    """Against a model of half the trees."""
    subprocess.run(plain_xgboost("predict", root, rounds // 2), check=True)
    copy = [str(BIN / "aws"), "s3", "cp", "--quiet", str(root / "predictions.csv")]
    target = f"s3://{BUCKET}/scores/old/test.csv.out"
    subprocess.run([*copy, target], check=True, env=environment_of(aws))
    scores = [
        {"ModelName": name, "TransformOutput": f"s3://{BUCKET}/scores/{name}/", "Since": NOW}
        for name in ("new", "old")
    ]
    champion = {"EndpointConfigName": "old", "ModelName": "old"}
    event = {"Plan": plan, "ModelName": "new", "Champion": champion, "Scores": scores}
    return cost_of_handler("decide", event, aws.environment())


def planning_event() -> dict[str, Any]:
    channels = {name: f"s3://{BUCKET}/data/{name}/" for name in ("train", "validation", "test")}
    return {
        "Input": {"Channels": channels},
        "Settings": DeployedSettings().to_text(),
        "ExecutionId": f"arn:aws:states:{REGION}:{ACCOUNT}:execution:retune:monday",
        "ExecutionName": "monday",
        "StartTime": "2026-11-30T06:30:00.000Z",
    }


def of_function(name: str, cost: Cost) -> list[Figure]:
    return [
        Figure(f"{name}: seconds", "s", (cost.seconds,), goal=MOST_SECONDS),
        Figure(f"{name}: seconds of processor time", "s", (cost.processor,)),
        Figure(f"{name}: memory", "MB", (cost.megabytes,), goal=MOST_MEGABYTES),
    ]


def of_training(ours: list[Cost], other: list[Cost]) -> list[Figure]:
    def figure(what: str, unit: str, member: str, goal: Goal) -> Figure:
        container, plain = (
            tuple(float(getattr(cost, member)) for cost in costs) for costs in (ours, other)
        )
        return Figure(f"training: {what}", unit, container, plain, goal)

    return [
        figure("seconds", "s", "seconds", at_most(1.1)),
        figure("seconds of processor time", "s", "processor", at_most(1.1)),
        figure("memory", "MB", "megabytes", at_most(1.1)),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--repeats", type=int, default=3, help="of training")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, local_aws() as aws:
        root = Path(folder)
        write_job(root, options.rows, options.rounds)
        size = (root / "input/data/train/train.csv").stat().st_size / 1e6
        training = trained(root, options.repeats)
        upload(aws, root)
        checked, plan = cost_of_handler("plan_tuning", planning_event(), aws.environment())
        predicted = cost_of(plain_xgboost("predict", root))
        seconds, memory = transformed(aws, root)
        verdict, found = decided(aws, plan, root, options.rounds)
    assert found["Verdict"]["Rows"] == options.rows, found
    publish(
        "large_data",
        f"{options.rows:,} rows, {size:,.0f} MB of CSV: check, train, transform, verdict",
        "plain XGBoost in a process of its own, on the same files with the same parameters",
        [
            *of_function("check (PlanTuning)", checked),
            *of_training(*training),
            Figure("transform job: seconds", "s", (seconds,), (predicted.seconds,)),
            Figure("transform job: memory of local AWS", "MB", (memory,), (predicted.megabytes,)),
            *of_function("verdict (Decide)", verdict),
        ],
        notes=(
            "A Lambda function of 512 MB has 0.29 of a processor: there the processor time takes "
            "three and a half times as long.",
            "SageMaker's transform jobs need nothing of local AWS; that one holds S3's objects in "
            "its memory.",
        ),
    )


if __name__ == "__main__":
    main()
