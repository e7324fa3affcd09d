"""Functions that read every training job of a tuning job: does their time grow with the jobs alone?

    python -m benchmarks.many_jobs [--jobs 75 750 10000] [--repeats 3]

SelectBest and WriteReport are called as Lambda calls them, each in a process of its own, and
`retune results` as a person calls it. SageMaker is benchmarks/programs/planted_jobs.py, which
answers a call after 20 milliseconds; objects go to local AWS. What a job takes must not become more
where there are more of them. How the report's page opens is benchmarks/report_page.py's.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise

from local_sagemaker.local_aws import LocalAws
from local_sagemaker.process.free_port import free_port
from tuning.trials.trials import Trial

from benchmarks.harness.figure import Figure, at_most
from benchmarks.harness.handler import ACCOUNT, ENVIRONMENT, REGION, cost_of_handler
from benchmarks.harness.local import BIN, environment_of, local_aws
from benchmarks.harness.result import publish
from benchmarks.harness.timing import Cost, cost_of
from benchmarks.programs.planted_jobs import NAME
from tests.tuning.report_runs import lesson_trials, payload

SELECT, LIST, REPORT = "select (SelectBest)", "list (retune results)", "report (WriteReport)"
BUCKET = ENVIRONMENT["BUCKET"]
NAMES = (SELECT, LIST, REPORT)
EVENT = payload(Trial.parse(lesson_trials()[0]), "Maximize")


@contextmanager
def planted(jobs: int, environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The environment of clients whose SageMaker has so many training jobs."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.programs.planted_jobs", str(port), str(jobs)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout is not None
            assert server.stdout.readline() == b"ready\n"
            address = f"http://localhost:{port}"
            names = ("SAGEMAKER", "CLOUDWATCH_LOGS")
            yield {**environment, **{f"AWS_ENDPOINT_URL_{name}": address for name in names}}
        finally:
            server.terminate()


def make_stack(aws: LocalAws) -> None:
    """The data bucket, and of the rest of the stack as much as the command line looks for."""
    machine = f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:retune"
    outputs = {"DataBucketName": BUCKET, "StateMachineArn": machine, "EndpointName": "retune"}
    bucket = {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": BUCKET}}
    template = {
        "Resources": {"Data": bucket},
        "Outputs": {name: {"Value": value} for name, value in outputs.items()},
    }
    cloudformation = aws.client("cloudformation")
    cloudformation.create_stack(StackName="retune", TemplateBody=json.dumps(template))
    cloudformation.get_waiter("stack_create_complete").wait(
        StackName="retune", WaiterConfig={"Delay": 1}
    )


def selected(environment: Mapping[str, str]) -> tuple[Cost, str]:
    """Also the name of the best training job."""
    event = {"TuningJobName": NAME, "TopK": 1}
    cost, winner = cost_of_handler("select_best", event, environment)
    return cost, winner["TrainingJobName"]


def reported(environment: Mapping[str, str], best: str) -> Cost:
    winner = {"TrainingJobName": best, "TunedHyperParameters": {}, "Value": 0.9}
    event = EVENT | {"TuningJobName": NAME}
    event["Winner"] = event["Winner"] | winner
    event["Model"] = event["Model"] | {"TrainingJobName": best}
    cost, _ = cost_of_handler("write_report", event, environment)
    return cost


def listed(environment: Mapping[str, str]) -> Cost:
    return cost_of([str(BIN / "retune"), "results", NAME], env=environment)


def measured(jobs: int, environment: Mapping[str, str], repeats: int) -> dict[str, list[Cost]]:
    costs: dict[str, list[Cost]] = {name: [] for name in NAMES}
    with planted(jobs, environment) as with_jobs:
        for _ in range(repeats):
            cost, best = selected(with_jobs)
            for name, spent in zip(
                NAMES, (cost, listed(with_jobs), reported(with_jobs, best)), strict=True
            ):
                costs[name].append(spent)
    return costs


def figures(found: dict[int, dict[str, list[Cost]]]) -> Iterator[Figure]:
    """Of a job each is the processor time, the start of the process included."""
    fewest, *more = sorted(found)
    for name in NAMES:
        for jobs in more:
            costs, what = found[jobs][name], f"{name}, {jobs:,} jobs"
            seconds = tuple(cost.seconds for cost in costs)
            megabytes = tuple(cost.megabytes for cost in costs)
            is_function = name != LIST
            longest, most = (at_most(plus=60), at_most(plus=512)) if is_function else (None, None)
            yield Figure(f"{what}: seconds", "s", seconds, goal=longest)
            yield Figure(f"{what}: memory", "MB", megabytes, goal=most)
        for few, many in pairwise([fewest, *more]):
            ours, other = (of_a_job(found[jobs][name], jobs) for jobs in (many, few))
            what = f"{name}: a job of {many:,} beside one of {few:,}"
            yield Figure(what, "ms", ours, other, at_most(1))


def of_a_job(costs: list[Cost], jobs: int) -> tuple[float, ...]:
    """Milliseconds of processor time."""
    return tuple(1000 * cost.processor / jobs for cost in costs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, nargs="+", default=[75, 750, 10_000])
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    with local_aws() as aws:
        make_stack(aws)
        environment = environment_of(aws)
        found = {jobs: measured(jobs, environment, options.repeats) for jobs in options.jobs}
    publish(
        "many_jobs",
        f"Tuning jobs of {', '.join(f'{jobs:,}' for jobs in options.jobs)} training jobs",
        "a tuning job of fewer training jobs",
        list(figures(found)),
        notes=(
            "SageMaker answers from memory after 20 ms; in an account a call may take longer, and "
            "there are two for each hundred training jobs.",
        ),
    )


if __name__ == "__main__":
    main()
