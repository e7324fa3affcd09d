"""Functions beside the runs, of which the fault matrix plays none: no fault of AWS is swallowed.

ListModels, NotifyFleet, StartOnArrival, StartDueModels and MeasureModels begin runs or tell of
them, and RunTuning and ResumeTuning are of few deployments. Step Functions or Lambda calls them
again after an error; one that was taken for an answer would be silence. Only quotas that ListModels
cannot read are no error: the fleet's message says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError
from tuning.aws.endpoint_folder import EndpointFolder
from tuning.aws.last_look import write_last_look
from tuning.aws.shared_models import read_shared_models
from tuning.deployed_settings import DeployedSettings
from tuning.handlers import (
    list_models,
    measure_models,
    notify_fleet,
    resume_tuning,
    run_tuning,
    start_due_models,
    start_on_arrival,
)
from tuning.names import execution_id

from tests.tuning.account import Account
from tests.tuning.handlers.deployments import ROLE
from tests.tuning.lambda_context import CONTEXT

MODEL = {
    "ModelName": "bank",
    "EndpointName": "retune-bank",
    "QuietInSeconds": 300,
    "MaxWaitInSeconds": 3600,
}
SHARED = {
    "Document": {"ModelName": "churn"},
    "Expression": "cron(* * * * ? *)",
    "TimeZone": "UTC",
    "State": "ENABLED",
}
TUNING_JOB = "retune-tuning-00"
TUNING = {
    "HyperParameterTuningJobConfig": {
        "Strategy": "Random",
        "ResourceLimits": {"MaxParallelTrainingJobs": 1},
    }
}
FLEET = "arn:aws:states:eu-west-1:123456789012:execution:retune-fleet:monday"


def arrive(later: timedelta = timedelta()) -> None:
    came = (datetime.now(UTC) + later).isoformat()
    event = {"Model": MODEL, "Bucket": "lake", "Key": "a.csv", "Time": came}
    start_on_arrival.handler(event, CONTEXT)


def arrive_again() -> None:
    arrive(timedelta(minutes=1))


def arrive_long_ago() -> None:
    arrive(timedelta(minutes=-6))


def be_quiet() -> None:
    start_on_arrival.handler({"Model": MODEL, "CallId": "1"}, CONTEXT)


def list_all() -> None:
    list_models.handler(
        {"ExecutionName": "monday", "Settings": DeployedSettings().to_text()}, CONTEXT
    )


def tell_of_fleet() -> None:
    notify_fleet.handler({"Runs": [], "Ended": [], "ExecutionId": FLEET}, CONTEXT)


def measure() -> None:
    measure_models.handler({}, CONTEXT)


def start_due() -> None:
    event = {"Bucket": "data-bucket", "Key": "assets/models.json"}
    start_due_models.handler(event, CONTEXT)


def start_tuning() -> None:
    request = {"HyperParameterTuningJobName": TUNING_JOB, **TUNING}
    report = {"Bucket": "data-bucket", "Prefix": "runs/tuning/"}
    run_tuning.handler({"TaskToken": "token", "Request": request, "Report": report}, CONTEXT)


def resume() -> None:
    resume_tuning.handler({}, CONTEXT)


Deed = Callable[[], None]
Call = tuple[str, str]
BEFORE: dict[Deed, Deed] = {
    arrive_again: arrive,
    be_quiet: arrive_long_ago,
    resume: start_tuning,
}
# What each asks of AWS. A new call is missing here until its fault is seen to be told of, too.
CALLS: dict[Deed, set[Call]] = {
    list_all: {("scheduler", "ListSchedules"), ("scheduler", "GetSchedule")},
    start_due: {("s3", "GetObject"), ("s3", "PutObject"), ("stepfunctions", "StartExecution")},
    tell_of_fleet: {("sns", "Publish")},
    arrive: {
        ("scheduler", "GetSchedule"),
        ("s3", "GetObject"),
        ("stepfunctions", "DescribeExecution"),
        ("scheduler", "CreateSchedule"),
    },
    arrive_again: {("scheduler", "GetSchedule"), ("scheduler", "UpdateSchedule")},
    be_quiet: {
        ("scheduler", "GetSchedule"),
        ("s3", "GetObject"),
        ("stepfunctions", "DescribeExecution"),
        ("scheduler", "DeleteSchedule"),
        ("stepfunctions", "StartExecution"),
    },
    start_tuning: {("s3", "PutObject"), ("sagemaker", "CreateHyperParameterTuningJob")},
    resume: {
        ("stepfunctions", "ListExecutions"),
        ("s3", "GetObject"),
        ("sagemaker", "DescribeHyperParameterTuningJob"),
        ("stepfunctions", "SendTaskSuccess"),
        ("s3", "PutObject"),
    },
    measure: {
        ("scheduler", "ListSchedules"),
        ("scheduler", "GetSchedule"),
        ("s3", "HeadObject"),
        ("stepfunctions", "ListExecutions"),
        ("s3", "GetObject"),
        ("stepfunctions", "DescribeExecution"),
        ("cloudwatch", "PutMetricData"),
    },
}
EACH = [(deed, *call) for deed, calls in CALLS.items() for call in sorted(calls)]


@pytest.fixture(autouse=True)
def deployed(account: Account, machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model with a schedule, whose last run was stopped, and the object of many."""
    topic = account.client("sns").create_topic(Name="retune-executions")["TopicArn"]
    for name, value in {
        "TOPIC_ARN": topic,
        "STATE_MACHINE_ARN": machine,
        "FLEET_CONCURRENCY": "3",
        "SCHEDULE_ROLE_ARN": ROLE,
        "UNDELIVERED_ARN": "arn:aws:sqs:eu-west-1:123456789012:undelivered",
    }.items():
        monkeypatch.setenv(name, value)
    scheduler, stepfunctions = account.client("scheduler"), account.client("stepfunctions")
    scheduler.create_schedule_group(Name="retune-arrivals")
    scheduler.create_schedule(
        Name="retune-bank",
        ScheduleExpression="rate(7 days)",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={"Arn": machine, "RoleArn": ROLE, "Input": '{"ModelName": "bank"}'},
    )
    stepfunctions.start_execution(stateMachineArn=machine, name="stopped", input="{}")
    stopped = execution_id(machine, "stopped")
    stepfunctions.stop_execution(executionArn=stopped)
    stepfunctions.start_execution(stateMachineArn=machine, name="tuning", input="{}")
    account.accept("stepfunctions", "SendTaskSuccess")
    EndpointFolder(account.bucket, "retune-bank").claim(stopped)
    account.put("assets/models.json", json.dumps({"Models": [SHARED]}))
    write_last_look(account.bucket, datetime.now(UTC) - timedelta(minutes=30))
    read_shared_models.cache_clear()


@pytest.fixture
def made(account: Account) -> Iterator[set[Call]]:
    """The calls that are made from now on."""
    found: set[Call] = set()
    services = sorted({service for _, service, _ in EACH})

    def recorder(service: str) -> Callable[..., None]:
        return lambda model, **_: found.add((service, model.name))

    for service in services:
        account.client(service).meta.events.register_first(
            "before-call", recorder(service), unique_id="made"
        )
    yield found
    for service in services:
        account.client(service).meta.events.unregister("before-call", unique_id="made")


@pytest.mark.parametrize("deed", CALLS)
def test_each_call_of_theirs_is_known_here(deed: Deed, made: set[Call]) -> None:
    if deed in BEFORE:
        BEFORE[deed]()
        made.clear()
    deed()
    assert made == CALLS[deed]


@pytest.mark.parametrize(("deed", "service", "operation"), EACH)
def test_what_aws_denies_is_not_taken_for_an_answer(
    deed: Deed, service: str, operation: str, account: Account
) -> None:
    if deed in BEFORE:
        BEFORE[deed]()
    account.refuse(service, operation, "AccessDeniedException", "no")
    with pytest.raises(ClientError, match="AccessDenied"):
        deed()


def test_fleet_whose_iteration_failed_itself_is_told_of_all_the_same() -> None:
    """AWS documents for some settings that its description then stands in the place of its end."""
    description = {"ExecutionArn": "x", "Status": "TIMED_OUT", "Input": "{}"}
    runs = [{"ModelName": "bank", "ExecutionName": "monday-bank"}]
    event = {"Runs": runs, "Ended": [description], "ExecutionId": FLEET}
    assert notify_fleet.handler(event, CONTEXT)["Outcomes"] == {"WorkflowFailed": ["bank"]}
