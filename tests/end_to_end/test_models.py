"""A model of `models/` from its schedule, its name and the command line to its own endpoint."""

from __future__ import annotations

import json
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.end_to_end.conftest import Deployment, wait_until

SMALL: dict[str, Any] = {
    "ResourceLimits": {"MaxNumberOfTrainingJobs": 2, "MaxParallelTrainingJobs": 2},
    "Promotion": None,  # there is no test channel here
    "StaticHyperParameters": {
        "objective": "binary:logistic",
        "eval_metric": "auc",
        "num_round": "5",
    },
}
SCHEDULE_IN = 3  # seconds


def test_name_is_a_run_of_the_model_that_deploys_to_its_endpoint(deployment: Deployment) -> None:
    ended = deployment.run({"ModelName": "bank", **SMALL})
    assert ended["status"] == "SUCCEEDED", ended
    sagemaker = deployment.client("sagemaker")
    endpoint = sagemaker.describe_endpoint(EndpointName="retune-bank")
    assert endpoint["EndpointStatus"] == "InService"
    tags = sagemaker.list_tags(ResourceArn=endpoint["EndpointArn"])["Tags"]
    assert {"Key": "retune:model", "Value": "bank"} in tags
    assert {"Key": "retune:owner", "Value": "retune-demo"} in tags
    began = json.loads(ended["output"])["WarmStart"]  # the default of models
    assert began["Reason"] == "No earlier tuning job for the endpoint retune-bank is known."


def test_command_line_shows_how_each_model_stands(deployment: Deployment) -> None:
    (bank,) = json.loads(deployment.retune("models", "--format", "json").stdout)
    endpoint = deployment.client("sagemaker").describe_endpoint(EndpointName="retune-bank")
    assert (bank["ModelName"], bank["Owner"]) == ("bank", "retune-demo")
    assert bank["Champion"] == endpoint["EndpointConfigName"]
    assert bank["LastRun"]["Outcome"] == "Deployed"
    assert bank["NextRun"] is None  # the file turns the schedule off
    assert bank["CostThisMonth"]["Amount"] > 0
    serving = json.loads(deployment.retune("endpoint", "status", "bank", "--format", "json").stdout)
    assert serving["EndpointConfigName"] == bank["Champion"]
    assert (serving["ModelName"], serving["Instances"]) == ("bank", ["1 ml.m5.large"])
    table = deployment.retune("models").stdout
    assert "Deployed" in table
    assert "off" in table


def test_schedule_starts_a_run_of_its_model(deployment: Deployment) -> None:
    scheduler = deployment.client("scheduler")
    held = scheduler.get_schedule(Name="retune-bank")
    given = ("Name", "FlexibleTimeWindow", "Target", "ScheduleExpressionTimezone")
    request = {name: held[name] for name in given}
    document = json.loads(held["Target"]["Input"]) | SMALL
    request["Target"] = held["Target"] | {"Input": json.dumps(document)}
    when = datetime.now(UTC) + timedelta(seconds=SCHEDULE_IN)
    request |= {"State": "ENABLED", "ScheduleExpression": f"at({when:%Y-%m-%dT%H:%M:%S})"}
    before = {each["executionArn"] for each in executions(deployment)}
    scheduler.update_schedule(**request | {"ScheduleExpressionTimezone": "UTC"})
    try:
        wait_until(lambda: bool(new(deployment, before)))
    finally:
        scheduler.update_schedule(
            **request
            | {
                "State": "DISABLED",
                "Target": held["Target"],
                "ScheduleExpression": held["ScheduleExpression"],
            }
            | {"ScheduleExpressionTimezone": held["ScheduleExpressionTimezone"]}
        )
    (started,) = new(deployment, before)
    machine = deployment.client("stepfunctions")
    described = machine.describe_execution(executionArn=started)
    assert json.loads(described["input"])["ModelName"] == "bank"
    wait_until(lambda: "PlanTuning" in left(machine, started))
    machine.stop_execution(executionArn=started)


def test_name_that_is_not_deployed_is_refused(deployment: Deployment) -> None:
    ended = deployment.run({"ModelName": "churn"})
    assert ended["error"] == "InputRefused"
    assert "No model of this name is deployed under retune." in ended["cause"]


def test_command_line_starts_lists_and_stops_a_run_of_a_model(
    deployment: Deployment, tmp_path: Path
) -> None:
    endless = {**SMALL["StaticHyperParameters"], "num_round": "100000"}
    document = tmp_path / "input.json"
    document.write_text(json.dumps({**SMALL, "StaticHyperParameters": endless}))
    arn = deployment.retune("start", "bank", "--input", str(document)).stdout.strip()
    (listed,) = json.loads(
        deployment.retune("list", "bank", "--status", "running", "--format", "json").stdout
    )
    assert (listed["ExecutionArn"], listed["ModelName"]) == (arn, "bank")
    stopped = deployment.retune("stop", listed["Name"], "--yes", "--reason", "The wrong rows")
    assert stopped.stdout.strip() == arn
    assert "no endpoint uses are deleted" in stopped.stderr
    ended = deployment.finish(arn)
    assert (ended["status"], ended["cause"]) == ("ABORTED", "The wrong rows")
    newest = deployment.retune("list", "bank", "--last", "1").stdout
    assert "Cancelled" in newest
    assert listed["Name"] in newest


def test_command_line_starts_nothing_that_would_be_refused(deployment: Deployment) -> None:
    before = executions(deployment)
    command = ["retune", "start", "bank", "--train", "s3://none/t/", "--validation", "s3://none/v/"]
    refused = subprocess.run(
        command, env=deployment.environment, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 2
    assert "Channels.test is not given: Promotion compares" in refused.stderr  # the file has one
    assert refused.stderr.endswith("Nothing was started.\n")
    assert executions(deployment) == before


def executions(deployment: Deployment) -> list[Any]:
    page = deployment.client("stepfunctions").list_executions(
        stateMachineArn=deployment.outputs["StateMachineArn"]
    )
    return list(page["executions"])


def new(deployment: Deployment, before: set[str]) -> list[str]:
    found = [each["executionArn"] for each in executions(deployment)]
    return [arn for arn in found if arn not in before]


def left(machine: Any, execution: str) -> set[str]:
    """The states that an execution has been through."""
    time.sleep(0.2)
    events = machine.get_execution_history(executionArn=execution)["events"]
    return {
        each["stateExitedEventDetails"]["name"]
        for each in events
        if "stateExitedEventDetails" in each
    }
