"""Runs programs that use the SageMaker Python SDK v3, unmodified, against local AWS.

The SDK has an environment of its own, .venv-sdk: it cannot be installed beside moto. A program
gets its input as a JSON argument and writes its result as JSON to the file named second.
"""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

REPOSITORY = Path(__file__).parents[3]
PYTHON = REPOSITORY / ".venv-sdk" / "bin" / "python"
PROGRAMS = Path(__file__).parent / "programs"
BUCKET = "sagemaker-sdk-data"  # AmazonSageMakerFullAccess reaches no bucket without the word
ROLE = "sdk-training"

Program = Callable[..., Any]


@pytest.fixture(scope="session")
def program(local_aws: LocalAws, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """program("tune", bucket="...") runs tests/sdk/programs/tune.py and returns its result."""
    if not PYTHON.exists():
        pytest.skip("the SageMaker SDK is not installed: make .venv-sdk/.installed")
    home = tmp_path_factory.mktemp("home")

    def run(name: str, **given: Any) -> Any:
        result = home / f"{name}.json"
        done = subprocess.run(
            [PYTHON, PROGRAMS / f"{name}.py", json.dumps(given), result],
            env=local_aws.environment() | {"HOME": str(home)},
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
        return json.loads(result.read_text())

    return run


@pytest.fixture(scope="session")
def bucket(local_aws: LocalAws) -> str:
    """A bucket with a small data set: two classes that the first feature tells apart."""
    s3 = local_aws.client("s3")
    s3.create_bucket(Bucket=BUCKET)
    source = random.Random(1)
    for channel, count in (("train", 200), ("validation", 80)):
        rows = "".join(_row(source) for _ in range(count))
        s3.put_object(Bucket=BUCKET, Key=f"data/{channel}/rows.csv", Body=rows)
    return BUCKET


def _row(source: random.Random) -> str:
    x0, x1 = source.random(), source.random()
    return f"{int(x0 + source.gauss(0, 0.2) > 0.5)},{x0:.4f},{x1:.4f}\n"


@pytest.fixture(scope="session")
def role(local_aws: LocalAws) -> str:
    """A role as the SDK asks for it: trusted by SageMaker and allowed to work."""
    iam = local_aws.client("iam")
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "sagemaker.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    trust = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    created = iam.create_role(RoleName=ROLE, AssumeRolePolicyDocument=trust)["Role"]
    policy = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"
    iam.attach_role_policy(RoleName=ROLE, PolicyArn=policy)
    return str(created["Arn"])
