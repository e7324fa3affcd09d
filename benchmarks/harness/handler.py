"""A Lambda function's handler in a process of its own, as Lambda has it, and what it cost there."""

from __future__ import annotations

import importlib
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from benchmarks.harness.timing import Cost, cost_of

# What the stack tells functions.
ACCOUNT, REGION = "123456789012", "us-east-1"
ENVIRONMENT = {
    "NAME_PREFIX": "retune",
    "BUCKET": "data-bucket",
    "ALARM_NAMES": "[]",
    "PREPARATION_PROGRAM": "s3://data-bucket/prepare.pyz",
    "TRAINING_ROLE_ARN": f"arn:aws:iam::{ACCOUNT}:role/retune-training",
    "POWERTOOLS_SERVICE_NAME": "retune",
    "POWERTOOLS_LOG_LEVEL": "WARNING",
}


def cost_of_handler(
    name: str, event: dict[str, Any], environment: Mapping[str, str]
) -> tuple[Cost, dict[str, Any]]:
    """What the call cost, start of the process and imports included, and what it returned.

    `name` is that of the file in tuning.handlers.
    """
    with tempfile.TemporaryDirectory() as folder:
        asked, answered = Path(folder, "event.json"), Path(folder, "answer.json")
        asked.write_text(json.dumps(event))
        files = str(asked), str(answered)
        command = [sys.executable, "-m", "benchmarks.harness.handler", name, *files]
        cost = cost_of(command, env={**environment, **ENVIRONMENT})
        answer: dict[str, Any] = json.loads(answered.read_text())
        return cost, answer


def main() -> None:
    """`... NAME EVENT ANSWER`: a call of a handler, its event and its answer as files."""
    name, asked, answered = sys.argv[1:]
    handler = importlib.import_module(f"tuning.handlers.{name}").handler
    context = SimpleNamespace(
        function_name="retune-Function",
        memory_limit_in_mb=512,
        invoked_function_arn=f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:retune-Function",
        aws_request_id="c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
    )
    answer = handler(json.loads(Path(asked).read_text()), context)
    Path(answered).write_text(json.dumps(answer))


if __name__ == "__main__":
    main()
