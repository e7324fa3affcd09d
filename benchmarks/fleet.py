"""A fleet retunes every model: how near it comes to an ideal packing of the same runs.

    python -m benchmarks.fleet [--models 30] [--wait-scale 0.1]

The app is deployed to local AWS with as many models as asked, each with one training job and an
endpoint. First as many others run one by one, then the fleet runs. Ideal is the sum of what its
runs took divided by how many went on at a time, or the longest where that is more.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local_sagemaker.local_aws import LocalAws

from benchmarks.harness.figure import Figure, at_most
from benchmarks.harness.local import local_aws
from benchmarks.harness.result import publish
from tests.end_to_end.conftest import CDK_ENVIRONMENT, deploy, outputs_of, run_cdk, succeed

MODEL: dict[str, Any] = {
    "ResourceLimits": {"MaxNumberOfTrainingJobs": 1, "MaxParallelTrainingJobs": 1},
    "Promotion": None,  # there is no test channel
    "StaticHyperParameters": {
        "objective": "binary:logistic",
        "eval_metric": "auc",
        "num_round": "5",
    },
    "ParameterRanges": {"max_depth": {"MinValue": 3, "MaxValue": 6}},
}


@dataclass(frozen=True)
class Deployed:
    """The app on local AWS."""

    aws: LocalAws
    outputs: dict[str, str]

    @contextmanager
    def models(self, names: list[str]) -> Iterator[None]:
        """These and no others are deployed, as schedules that are off."""
        scheduler = self.aws.client("scheduler")
        bank = scheduler.get_schedule(Name="retune-bank")
        given = ("FlexibleTimeWindow", "ScheduleExpression", "ScheduleExpressionTimezone", "State")
        request = {name: bank[name] for name in given}
        scheduler.delete_schedule(Name="retune-bank")
        for name in names:
            document = {"ModelName": name, "Endpoint": {"EndpointName": f"retune-{name}"}, **MODEL}
            target = bank["Target"] | {"Input": json.dumps(document)}
            scheduler.create_schedule(Name=f"retune-{name}", Target=target, **request)
        yield
        for name in names:
            scheduler.delete_schedule(Name=f"retune-{name}")
        scheduler.create_schedule(Name="retune-bank", Target=bank["Target"], **request)

    def seconds_of(self, machine: str, document: dict[str, Any]) -> tuple[str, float]:
        """Of an execution, which has to succeed, with its name."""
        steps = self.aws.client("stepfunctions")
        arn = self.outputs[machine]
        execution = steps.start_execution(stateMachineArn=arn, input=json.dumps(document))
        while (found := steps.describe_execution(executionArn=execution["executionArn"]))[
            "status"
        ] == "RUNNING":
            time.sleep(0.2)
        assert found["status"] == "SUCCEEDED", found
        return str(found["name"]), (found["stopDate"] - found["startDate"]).total_seconds()

    def run_seconds(self, fleet: str) -> list[float]:
        """Of each run that a fleet has started."""
        pages = self.aws.client("stepfunctions").get_paginator("list_executions")
        return [
            (run["stopDate"] - run["startDate"]).total_seconds()
            for page in pages.paginate(stateMachineArn=self.outputs["StateMachineArn"])
            for run in page["executions"]
            if run["name"].startswith(fleet)
        ]


@contextmanager
def deployed(wait_scale: float) -> Iterator[Deployed]:
    with tempfile.TemporaryDirectory() as folder, local_aws(wait_scale) as aws:
        assembly = Path(folder, "cdk.out")
        environment = {**aws.environment(), **CDK_ENVIRONMENT}
        succeed(run_cdk(environment, "synth", "--quiet", "--output", str(assembly)))
        deploy(aws, assembly)
        yield Deployed(aws, outputs_of(aws.client))


def concurrency(app: Deployed) -> int:
    """How many models a fleet retunes at a time."""
    function = app.aws.client("lambda").get_function_configuration(FunctionName="retune-ListModels")
    return int(function["Environment"]["Variables"]["FLEET_CONCURRENCY"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", type=int, default=9)
    parser.add_argument("--wait-scale", type=float, default=0.1, help="of local AWS's waits")
    options = parser.parse_args()
    with deployed(options.wait_scale) as app:
        alone = [f"alone-{number}" for number in range(options.models)]
        with app.models(alone):
            single = [app.seconds_of("StateMachineArn", {"ModelName": name})[1] for name in alone]
        with app.models([f"fleet-{number}" for number in range(options.models)]):
            name, fleet = app.seconds_of("FleetStateMachineArn", {})
            runs = app.run_seconds(name)
        at_a_time = concurrency(app)
    assert len(runs) == options.models, runs
    ideal = max(sum(runs) / at_a_time, max(runs))
    publish(
        "fleet",
        f"A fleet of {options.models} models, {at_a_time} at a time",
        "an ideal packing of the same runs; and as many runs one by one",
        [
            Figure("fleet beside ideal packing of its runs", "s", (fleet,), (ideal,), at_most(1.1)),
            Figure("fleet beside runs one by one", "s", (fleet,), (sum(single),)),
            Figure("a run in the fleet beside a run alone", "s", tuple(runs), tuple(single)),
        ],
        notes=(
            f"Waits of local AWS take {options.wait_scale:g} of their time.",
            "Runs side by side share the processors of one machine and the one process of local "
            "AWS, which makes each of them longer; in an account they do not.",
        ),
    )


if __name__ == "__main__":
    main()
