"""What memory local AWS keeps of executions that have ended.

    python -m benchmarks.server_memory [--executions 1000]

Their histories can be asked for, as AWS lets one for 90 days; so some memory is each one's.
"""

from __future__ import annotations

import argparse
import json
import time
from typing import Any

from local_sagemaker.local_aws import LocalAws

from benchmarks.harness.figure import Figure, at_most
from benchmarks.harness.local import local_aws, process_of
from benchmarks.harness.result import publish

PASS = {"StartAt": "Pass", "States": {"Pass": {"Type": "Pass", "End": True}}}
SERVICE = {"Service": "states.amazonaws.com"}
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": SERVICE, "Action": "sts:AssumeRole"}],
}


def memory_behind(executions: int) -> tuple[float, float]:
    """Megabytes after the first tenth of the executions, and after all of them."""
    with local_aws() as server:
        machine = make_machine(server)
        first = run(server, machine, executions // 10)
        return first, run(server, machine, executions - executions // 10)


def make_machine(server: LocalAws) -> str:
    role = server.client("iam").create_role(
        RoleName="states", AssumeRolePolicyDocument=json.dumps(TRUST)
    )
    made: dict[str, Any] = server.client("stepfunctions").create_state_machine(
        name="pass", definition=json.dumps(PASS), roleArn=role["Role"]["Arn"]
    )
    return str(made["stateMachineArn"])


def run(server: LocalAws, machine: str, count: int) -> float:
    states = server.client("stepfunctions")
    for _ in range(count):
        states.start_execution(stateMachineArn=machine, input="{}")
    while states.list_executions(stateMachineArn=machine, statusFilter="RUNNING")["executions"]:
        time.sleep(0.05)
    return process_of(server).memory_info().rss / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--executions", type=int, default=1000)
    count = parser.parse_args().executions
    before, after = memory_behind(count)
    each = 1000 * (after - before) / (count - count // 10)
    publish(
        "server_memory",
        "Local AWS with executions behind it",
        "the same server after a tenth of them",
        [
            Figure(f"memory after {count:,} executions", "MB", (after,), (before,), at_most(1.05)),
            Figure("of which an execution keeps", "KB", (each,)),
        ],
    )


if __name__ == "__main__":
    main()
