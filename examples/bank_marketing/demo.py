"""The main job on this machine, told step by step: `make demo`.

Every step is a command that a person could type; the demo prints it, runs it and says how long it
took. Only fetching the table, picking customers to ask about and counting who bought is code of
its own.
"""

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3
from preparation.description import FILE_NAME

from examples.bank_marketing import gains
from examples.bank_marketing.customers import CUSTOMERS, TEST_SET, write_customers
from examples.bank_marketing.table import DROPPED, LABEL, ROOT, TABLE, fetch_table
from retune.local_server import default_directory, require_running

OPTIONS = ("--label", LABEL, "--drop", DROPPED)
MODEL = "bank"  # models/bank.yaml
INPUT = Path("runs/input.json")  # what `retune prepare` suggests; the model has its own
ANSWERS = Path("runs/answers.csv")
PORT = os.environ.get("RETUNE_PORT", "4566")
INTERRUPTED = 130  # the exit code that shells give for Ctrl-C


def main() -> None:
    os.chdir(ROOT)
    os.environ["PATH"] = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    started = time.monotonic()
    with step("Local AWS: a SageMaker that trains on this machine"):
        retune("local", "start", "--port", PORT)
    talk_to_local_aws()
    with step("Deploy the CDK app to it with the CDK command line"):
        retune("deploy", "--yes")
    with step("UCI Bank Marketing: will a customer buy? Make channels of the table"):
        prepare()
    with step("Tune, choose, prove on the test set, deploy, verify: one execution"):
        retune("start", MODEL, "--watch")
    with step("The training jobs, best first"):
        retune("results")
    with step("Ask about customers of the test set as the table has them: 5 bought, 5 did not"):
        write_customers()
        retune("predict", str(CUSTOMERS), "--label-column", LABEL, "--model", MODEL)
    with step("Whom to call? Ask about all of the test set, and rank them"):
        retune("predict", str(TEST_SET), "--label-column", LABEL, "--model", MODEL, into=ANSWERS)
        print(gains.told(gains.read_answers(ANSWERS)))
    seconds = round(time.monotonic() - started)
    print(NEXT.format(seconds=seconds, port=PORT, report=latest_report().resolve().as_uri()))


def talk_to_local_aws() -> None:
    """What `eval "$(retune local env)"` does, so that a real account is out of reach."""
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
        os.environ.pop(name, None)
    os.environ.update(require_running(default_directory()).variables)


@contextmanager
def step(title: str) -> Iterator[None]:
    print(f"\n\033[1m{title}\033[0m" if sys.stdout.isatty() else f"\n{title}", flush=True)
    started = time.monotonic()
    yield
    print(f"  ({time.monotonic() - started:.0f} s)", flush=True)


def retune(*arguments: str, into: Path | None = None) -> None:
    """Runs the `retune` command, and ends the demo with its exit code when it fails."""
    command = ["retune", *arguments]
    print(f"$ {shlex.join(command)}{f' > {into}' if into else ''}", flush=True)
    ended = subprocess.run(command, stdout=subprocess.PIPE if into else None, check=False)
    if ended.returncode:
        sys.exit(ended.returncode)
    if into:
        into.write_bytes(ended.stdout)


def prepare() -> None:
    """Puts the channels into data/ of the stack's bucket, where the model finds them, once."""
    fetch_table()
    stack = boto3.client("cloudformation").describe_stacks(StackName="retune")["Stacks"][0]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    bucket = outputs["DataBucketName"]
    described = {"Bucket": bucket, "Prefix": f"data/{FILE_NAME}"}
    if "Contents" in boto3.client("s3").list_objects_v2(**described):
        print(f"  s3://{bucket}/data/ has the channels already.")
        return
    table, target = str(TABLE.relative_to(ROOT)), f"s3://{bucket}/data/"
    INPUT.parent.mkdir(exist_ok=True)
    retune("prepare", table, target, *OPTIONS, into=INPUT)
    print(f"  The model {MODEL} has a search space of its own, so that it needs no input.json.")


def latest_report() -> Path:
    return max(Path("runs").glob("*/report.html"), key=lambda file: file.stat().st_mtime)


NEXT = """
Done in {seconds} s. What tuning found, to work with in a browser:

  {report}

Local AWS keeps running on http://localhost:{port}, so you can go on:

  source .venv/bin/activate          this shell knows retune and aws from now on,
  eval "$(retune local env)"         and talks to it
  retune start bank --max-jobs 6 --watch   another run: deployed if it beats this one
  retune ui                          executions, models and charts live in the browser
  retune results --format csv        the training jobs as data
  aws sagemaker list-training-jobs   any AWS client works
  retune local stop                  stop it; `make clean` removes everything

The lesson goes through it step by step: docs/lesson.md. In your account: docs/deployment.md."""


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nThe demo is stopped. Local AWS keeps running: .venv/bin/retune local stop")
        sys.exit(INTERRUPTED)
