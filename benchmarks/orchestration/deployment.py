"""The app deployed to a local AWS of its own, and executions of it with their bills."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from local_sagemaker.local_aws import LocalAws
from local_sagemaker.process import background

from benchmarks.orchestration.bill import EVENT_BYTES, Bill

ROOT = Path(__file__).parent.parent.parent
CDK = str(ROOT / "node_modules/.bin/cdk")
ACCOUNT = "aws://123456789012/us-east-1"
MOST_SECONDS = 300.0
# Its functions' log groups, and the state machines'.
LOGS = re.compile("retune", re.IGNORECASE)
REPORT = re.compile(r"Billed Duration: (\d+) ms\tMemory Size: (\d+) MB")


@dataclass(frozen=True)
class Deployment:
    """Retune in a running local AWS."""

    local: LocalAws
    outputs: dict[str, str]

    def run(self, jobs: int) -> Bill:
        """The bill of an execution with so many training jobs, to a new endpoint."""
        began = time.time()
        self.local.forget_calls()
        machine = self.local.client("stepfunctions")
        started = machine.start_execution(
            stateMachineArn=self.outputs["StateMachineArn"],
            input=json.dumps(document(jobs, f"retune-{time.time_ns()}")),
        )
        name = str(started["executionArn"])
        wait_for(machine, name)
        time.sleep(2)  # for the last lines of logs
        calls = self.local.calls()
        events, gb_seconds = self._logged(began)
        of_functions = Counter(
            f"{call['service']} {call['operation']}" for call in calls if call["caller"] == "lambda"
        )
        invoked = [
            call for call in calls if call["caller"] == "states" and call["service"] == "lambda"
        ]
        return Bill(
            transitions=transitions(machine, name),
            invocations=len(invoked),
            gb_seconds=gb_seconds,
            log_bytes=sum(len(text.encode()) + EVENT_BYTES for text in events),
            calls=dict(of_functions),
        )

    def _logged(self, since: float) -> tuple[list[str], float]:
        """Messages in the log groups of functions and state machines, and GB-seconds."""
        logs = self.local.client("logs")
        messages: list[str] = []
        for page in logs.get_paginator("describe_log_groups").paginate():
            for group in page["logGroups"]:
                if not LOGS.search(group["logGroupName"]) or "sagemaker" in group["logGroupName"]:
                    continue
                events = logs.get_paginator("filter_log_events").paginate(
                    logGroupName=group["logGroupName"], startTime=int(since * 1000)
                )
                messages += [event["message"] for page in events for event in page["events"]]
        reports = [found for message in messages if (found := REPORT.search(message))]
        return messages, sum(int(ms) / 1000 * int(mb) / 1024 for ms, mb in map(_groups, reports))


def _groups(found: re.Match[str]) -> tuple[str, str]:
    return found[1], found[2]


def document(jobs: int, endpoint: str) -> dict[str, Any]:
    """The input of an execution of cheap jobs."""
    return {
        "StaticHyperParameters": {
            "objective": "binary:logistic",
            "eval_metric": "auc",
            "num_round": "3",
        },
        "ResourceLimits": {"MaxNumberOfTrainingJobs": jobs, "MaxParallelTrainingJobs": 3},
        "RandomSeed": 3,
        "Endpoint": {"EndpointName": endpoint},
    }


def wait_for(machine: Any, execution: str) -> None:
    """Raises RuntimeError for one that does not succeed."""
    until = time.monotonic() + MOST_SECONDS
    while time.monotonic() < until:
        described = machine.describe_execution(executionArn=execution)
        if described["status"] == "SUCCEEDED":
            return
        if described["status"] != "RUNNING":
            raise RuntimeError(f"{described['status']}: {described.get('cause')}")
        time.sleep(1)
    raise RuntimeError(f"{execution} has not ended within {MOST_SECONDS:.0f} s")


def transitions(machine: Any, execution: str) -> int:
    """Each state that was entered, and each further attempt of a task."""
    pages = machine.get_paginator("get_execution_history").paginate(executionArn=execution)
    kinds = Counter(event["type"] for page in pages for event in page["events"])
    entered = sum(count for kind, count in kinds.items() if kind.endswith("StateEntered"))
    return entered + max(0, kinds["TaskScheduled"] - kinds["TaskStateEntered"])


@contextmanager
def deployed(directory: Path, port: int) -> Iterator[Deployment]:
    """From nothing, by the CDK's command line; local AWS ends with the block."""
    local = LocalAws(background.start(port, directory / "aws", with_parent=True))
    environment = {
        **local.environment(),
        "PATH": f"{ROOT}/.venv/bin{os.pathsep}{os.environ['PATH']}",
    }
    for command in (("bootstrap", ACCOUNT), ("deploy", "--require-approval", "never")):
        subprocess.run(
            [CDK, *command, "--output", str(directory / "cdk.out")],
            cwd=ROOT, env=environment, check=True, capture_output=True,
        )  # fmt: skip
    (stack,) = local.client("cloudformation").describe_stacks(StackName="retune")["Stacks"]
    outputs = {each["OutputKey"]: each["OutputValue"] for each in stack["Outputs"]}
    for seed, channel in enumerate(("train", "validation")):
        local.client("s3").put_object(
            Bucket=outputs["DataBucketName"], Key=f"data/{channel}/rows.csv", Body=rows(seed)
        )
    yield Deployment(local, outputs)
    background.stop(directory / "aws")


def rows(seed: int) -> bytes:
    """CSV as SageMaker's XGBoost reads it, the label first."""
    random = np.random.default_rng(seed)
    features = random.normal(size=(400, 4)).round(4)
    labels = features[:, 0] + features[:, 1] * features[:, 2] + random.normal(size=400) > 0
    lines = (
        ",".join(map(str, (int(label), *row))) for label, row in zip(labels, features, strict=True)
    )
    return "\n".join(lines).encode()
