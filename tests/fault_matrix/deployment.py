"""Deploys a stack to play on, with the real CDK command line."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from local_sagemaker.local_aws import LocalAws

from tests.end_to_end.conftest import ROOT, customers
from tests.end_to_end.formats import queries
from tests.fault_matrix.stack import Stack

MODELS = str(Path(__file__).parent / "models")


def deploy(local: LocalAws, prefix: str, directory: Path, *, models: str = MODELS) -> Stack:
    """A stack of its own with a model and a little data.

    Raises CalledProcessError with the CDK's words.
    """
    environment = local.environment() | {
        "PATH": f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "CI": "1",
    }
    cdk = ["node_modules/.bin/cdk", "--output", str(directory / prefix)]
    settings = [f"name_prefix={prefix}", "retain_data=false", f"models={models}"]
    context = [part for setting in settings for part in ("-c", f"retune:{setting}")]
    for command in (
        ["bootstrap", "aws://123456789012/us-east-1"],
        ["deploy", "--require-approval", "never"],
    ):
        arguments = [*cdk, *command, *context]
        subprocess.run(arguments, cwd=ROOT, env=environment, check=True, capture_output=True)
    described = local.client("cloudformation").describe_stacks(StackName=prefix)["Stacks"][0]
    outputs = {o["OutputKey"]: o["OutputValue"] for o in described["Outputs"]}
    stack = Stack(local, prefix, outputs)
    upload(stack)
    return stack


def upload(stack: Stack) -> None:
    """Rows from which a second of training learns something."""
    bucket, s3 = stack.outputs["DataBucketName"], stack.client("s3")
    for channel, rows, seed in (("train", 200, 0), ("validation", 80, 1), ("test", 80, 2)):
        s3.put_object(Bucket=bucket, Key=f"matrix/{channel}/rows.csv", Body=customers(rows, seed))
    for seed, channel in enumerate(("train", "validation", "test")):
        s3.put_object(Bucket=bucket, Key=f"ranking/{channel}/rows", Body=queries(20, seed))
    table = f"label,a,b,c,d\n{customers(400, 3)}"
    s3.put_object(Bucket=bucket, Key="matrix/table/rows.csv", Body=table)
    body = "\n".join(_turned(row) for row in customers(80, 2).splitlines())
    s3.put_object(Bucket=bucket, Key="matrix/worse/rows.csv", Body=body)


def _turned(row: str) -> str:
    """With the other label: what was learned before is wrong of these rows."""
    label, features = row.split(",", 1)
    return f"{1 - int(label)},{features}"
