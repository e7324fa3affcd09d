"""One deployment of the real app to the session's local AWS, with a small data set uploaded."""

import fcntl
import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from local_sagemaker.local_aws import LocalAws

ROOT = Path(__file__).parents[2]

Client = Callable[[str], Any]

CDK_ENVIRONMENT = {
    "PATH": f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
    "CI": "1",
}

# Small enough for a second of training, and its label really depends on the features.
SMALL_RUN: dict[str, Any] = {
    "StaticHyperParameters": {
        "objective": "binary:logistic",
        "eval_metric": "auc",
        "num_round": "10",
    },
    "ResourceLimits": {"MaxNumberOfTrainingJobs": 5, "MaxParallelTrainingJobs": 2},
    "RandomSeed": 3,
}


@dataclass(frozen=True)
class Deployment:
    """What a test needs of a deployed stack."""

    client: Client
    environment: dict[str, str]
    outputs: dict[str, str]
    directory: Path

    def cdk(self, *arguments: str, app: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Runs the pinned CDK command line as a user would, unless the app was synthesized."""
        assembly = ["--app", app] if app else ["--output", self.directory / "cdk.out"]
        return run_cdk(self.environment, *arguments, *map(str, assembly))

    def retune(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs the command line of this project, which must succeed."""
        run = subprocess.run(
            ["retune", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        succeed(run)
        return run

    def aws(self, *arguments: str) -> Any:
        """Runs the AWS command line and returns its JSON."""
        run = subprocess.run(
            ["aws", *arguments, "--output", "json"],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(run.stdout) if run.stdout.strip() else None

    def start(self, document: dict[str, Any]) -> str:
        """Starts an execution and returns its ARN."""
        started = self.client("stepfunctions").start_execution(
            stateMachineArn=self.outputs["StateMachineArn"], input=json.dumps(document)
        )
        return str(started["executionArn"])

    def finish(self, execution: str, seconds: float = 120) -> dict[str, Any]:
        """Waits for an execution and returns its description."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            described: dict[str, Any] = self.client("stepfunctions").describe_execution(
                executionArn=execution
            )
            if described["status"] != "RUNNING":
                return described
            time.sleep(0.3)
        raise TimeoutError(f"{execution} still runs after {seconds} s")

    def run(self, document: dict[str, Any]) -> dict[str, Any]:
        return self.finish(self.start(document))


@pytest.fixture(scope="session")
def deployment(local_aws: LocalAws, tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    client, folder = local_aws.client, tmp_path_factory.mktemp("deployment")
    return Deployment(client, environment_of(local_aws), outputs_of(client), folder)


@pytest.fixture(scope="session")
def local_aws(local_aws: LocalAws, cloud_assembly: Path) -> LocalAws:
    """With the app deployed: one process of the test run deploys it, the others load that."""
    state = cloud_assembly.parent / "deployed.zip"
    with _alone(state):
        if state.exists():
            local_aws.load(state)
        else:
            deploy(local_aws, cloud_assembly)
            local_aws.save(state, wait=True)
    return local_aws


def deploy(local_aws: LocalAws, assembly: Path, account: str = "123456789012") -> None:
    """From nothing, with the CDK's own command line."""
    environment = environment_of(local_aws)
    place = ("bootstrap", f"aws://{account}/us-east-1")
    for command in (place, ("deploy", "--require-approval", "never")):
        succeed(run_cdk(environment, *command, "--app", str(assembly)))
    upload_customers(local_aws.client("s3"), outputs_of(local_aws.client)["DataBucketName"])


def environment_of(local_aws: LocalAws) -> dict[str, str]:
    """For programs, without what test processes side by side have."""
    environment = {**local_aws.environment(), **CDK_ENVIRONMENT}
    environment.pop("COLUMNS", None)
    return environment


def outputs_of(client: Client, name: str = "retune") -> dict[str, str]:
    (stack,) = client("cloudformation").describe_stacks(StackName=name)["Stacks"]
    return {each["OutputKey"]: each["OutputValue"] for each in stack["Outputs"]}


@pytest.fixture(scope="session")
def cloud_assembly(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The app, synthesized once for all processes of the test run."""
    folder = tmp_path_factory.getbasetemp()
    assembly = (folder if worker_id == "master" else folder.parent) / "cdk.out"
    with _alone(assembly):
        if not (assembly / "manifest.json").exists():
            environment = {**os.environ, **CDK_ENVIRONMENT}
            succeed(run_cdk(environment, "synth", "--quiet", "--output", str(assembly)))
    return assembly


@contextmanager
def _alone(made: Path) -> Iterator[None]:
    """While no other process of the test run looks for this file or makes it."""
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def run_cdk(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["node_modules/.bin/cdk", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def succeed(run: subprocess.CompletedProcess[str]) -> None:
    assert run.returncode == 0, run.stdout + run.stderr


def upload_customers(s3: Any, bucket: str) -> None:
    for channel, rows, seed in (("train", 400, 0), ("validation", 200, 1), ("larger", 900, 2)):
        s3.put_object(
            Bucket=bucket, Key=f"data/{channel}/customers.csv", Body=customers(rows, seed)
        )


def customers(rows: int, seed: int) -> str:
    random = np.random.default_rng(seed)
    features = random.normal(size=(rows, 4)).round(4)
    noise = random.normal(scale=0.7, size=rows)
    labels = (features[:, 0] + features[:, 1] * features[:, 2] + noise > 0).astype(int)
    return "\n".join(
        ",".join(map(str, (label, *row))) for label, row in zip(labels, features, strict=True)
    )


def wait_until(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.2)
