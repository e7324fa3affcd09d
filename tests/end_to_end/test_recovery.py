"""Recovery: what an execution has begun and could not prove is undone, once, and told once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from local_sagemaker.local_aws import LocalAws
from tuning.names import execution_name

from tests.end_to_end.conftest import Deployment, wait_until
from tests.end_to_end.leftovers import leftovers, running_jobs
from tests.end_to_end.recovery_record import recovery_record, wait_until_recovered
from tests.end_to_end.rollout import Messages, endless, serving, subscribe, tiny, wait_for

pytestmark = pytest.mark.usefixtures("local_aws_faults")
ENDPOINT = "retune-recovered"


@pytest.fixture(scope="module")
def messages(deployment: Deployment) -> Messages:
    return subscribe(deployment, "heard-of-recoveries")


@pytest.fixture(autouse=True)
def no_recovery_of_others(deployment: Deployment) -> None:
    """One that a test before has started and not waited for would meet the faults of this one."""
    listing = {"stateMachineArn": recovery_machine(deployment), "statusFilter": "RUNNING"}
    stepfunctions = deployment.client("stepfunctions")
    wait_until(lambda: not stepfunctions.list_executions(**listing)["executions"])


@pytest.fixture
def champion(deployment: Deployment, messages: Messages) -> str:
    """The config that serves before."""
    if not deployment.client("sagemaker").list_endpoints(NameContains=ENDPOINT)["Endpoints"]:
        described = deployment.run(tiny(ENDPOINT))
        assert described["status"] == "SUCCEEDED", described
    return serving(deployment, ENDPOINT)


def hold(local_aws: LocalAws, state: str, machine: str = "retune", seconds: float = 15) -> None:
    """The state's first call hangs for a while."""
    local_aws.add_fault("timeout", caller=f"states.{machine}.{state}", seconds=seconds)


def stop(deployment: Deployment, execution: str) -> None:
    deployment.client("stepfunctions").stop_execution(
        executionArn=execution, cause="The data was wrong."
    )


def start_recovery(deployment: Deployment, execution: str, status: str) -> str:
    """As EventBridge does; returns the ARN."""
    detail = {"executionArn": execution, "status": status}
    started = deployment.client("stepfunctions").start_execution(
        stateMachineArn=recovery_machine(deployment), input=json.dumps(detail)
    )
    return str(started["executionArn"])


def recovery_machine(deployment: Deployment) -> str:
    return f"{deployment.outputs['StateMachineArn']}-recovery"


def recoveries(deployment: Deployment, execution: str) -> list[str]:
    """ARNs of the executions of the recovery machine for an execution, newest first."""
    stepfunctions = deployment.client("stepfunctions")
    listed = stepfunctions.list_executions(stateMachineArn=recovery_machine(deployment))
    arns = [entry["executionArn"] for entry in listed["executions"]]
    return [
        arn
        for arn in arns
        if execution in stepfunctions.describe_execution(executionArn=arn)["input"]
    ]


@contextmanager
def events_lost(deployment: Deployment) -> Iterator[None]:
    """The rule that starts recovery is off."""
    events = deployment.client("events")
    # Other tests deploy stacks of their own to the same local AWS.
    rules = events.list_rules(NamePrefix="retune-RecoveryRule")["Rules"]
    (name,) = (rule["Name"] for rule in rules)
    events.disable_rule(Name=name)
    try:
        yield
    finally:
        events.enable_rule(Name=name)


@contextmanager
def time_limit(deployment: Deployment, seconds: int) -> Iterator[None]:
    """For executions that are started meanwhile; the workflow's own limit is months."""
    stepfunctions, arn = deployment.client("stepfunctions"), deployment.outputs["StateMachineArn"]
    deployed = stepfunctions.describe_state_machine(stateMachineArn=arn)["definition"]
    limited = json.dumps(json.loads(deployed) | {"TimeoutSeconds": seconds})
    stepfunctions.update_state_machine(stateMachineArn=arn, definition=limited)
    try:
        yield
    finally:
        stepfunctions.update_state_machine(stateMachineArn=arn, definition=deployed)


def sweep(deployment: Deployment) -> list[str]:
    """What the schedule does every hour; ARNs of the executions that it recovers."""
    answer = deployment.client("lambda").invoke(FunctionName="retune-SweepExecutions")
    swept: dict[str, list[str]] = json.load(answer["Payload"])
    assert "FunctionError" not in answer, swept
    return swept["Started"]


def told_once(messages: Messages, execution: str, outcome: str) -> str:
    """The only message about an execution."""
    (message,) = messages(execution)
    assert message["MessageAttributes"]["Outcome"]["Value"] == outcome
    return str(message["Message"])


def test_run_waits_until_recovery_has_taken_an_unproven_model_back(
    deployment: Deployment, local_aws: LocalAws, messages: Messages, champion: str
) -> None:
    """Else it would put back what has failed, or what recovery has deleted."""
    hold(local_aws, "VerifyEndpoint")
    hold(local_aws, "ReadProgress", "retune-recovery", seconds=20)
    stopped = deployment.start(tiny(ENDPOINT))
    wait_for(deployment, stopped, "VerifyEndpoint", "TaskScheduled")
    stop(deployment, stopped)
    unhealthy = deployment.start(tiny(ENDPOINT))
    wait_for(deployment, unhealthy, "WaitForEndpoint", "WaitStateEntered")
    assert serving(deployment, ENDPOINT) != champion
    local_aws.add_fault("answer-nan", name=ENDPOINT, times=1)
    failed = deployment.finish(unhealthy)
    assert failed["error"] == "EndpointUnhealthy", failed
    assert f"serves {champion} again, as before" in failed["cause"]
    assert serving(deployment, ENDPOINT) == champion
    assert leftovers(deployment, stopped) | leftovers(deployment, unhealthy) == set()


def recover_by_hand(deployment: Deployment, given: object) -> dict[str, str]:
    """Output of the recovery machine."""
    started = deployment.client("stepfunctions").start_execution(
        stateMachineArn=recovery_machine(deployment), input=json.dumps(given)
    )
    ended = deployment.finish(started["executionArn"])
    assert ended["status"] == "SUCCEEDED", ended
    output: dict[str, str] = json.loads(ended["output"])
    return output


def test_recovery_that_a_person_starts_says_what_is_wrong_with_its_input(
    deployment: Deployment, champion: str
) -> None:
    """Also about an execution that has deployed, whose model goes on serving."""
    nothings: tuple[object, ...] = ({}, [], None)
    for nothing in nothings:
        refused = recover_by_hand(deployment, nothing)
        assert refused["Outcome"] == "InputRefused"
        assert refused["Reason"].startswith("executionArn is not given: Recovery needs the ARN")
        assert "status is not given: Recovery needs the status" in refused["Reason"]
    (deployed, *_) = deployment.client("stepfunctions").list_executions(
        stateMachineArn=deployment.outputs["StateMachineArn"], statusFilter="SUCCEEDED"
    )["executions"]
    for status in ("FAILED", "SUCCEEDED"):
        given = {"executionArn": deployed["executionArn"], "status": status}
        reason = recover_by_hand(deployment, given)["Reason"]
        assert "This execution is SUCCEEDED: there is nothing to recover. Name one" in reason
    assert serving(deployment, ENDPOINT) == champion


@pytest.mark.parametrize("given", [{}, [], {"status": "RUNNING"}], ids=json.dumps)
def test_input_that_nobody_could_read_does_not_break_the_recovery_machine(
    deployment: Deployment, local_aws: LocalAws, given: object
) -> None:
    # Lambda.AWSLambdaException, as whatever Lambda's API does not name, is tried again.
    denied = {"service": "lambda", "caller": "states.*.ReadProgress"}
    fault = local_aws.add_fault("access-denied", **denied, times=None)
    assert "ReadProgress" in recover_by_hand(deployment, given)["Reason"]
    local_aws.remove_fault(fault["id"])


@pytest.mark.parametrize("missing", ["plan.json", "deployment.json"])
def test_recovery_without_a_file_of_the_execution_says_so_and_is_tried_again(
    deployment: Deployment, local_aws: LocalAws, champion: str, missing: str
) -> None:
    hold(local_aws, "VerifyEndpoint", seconds=5)
    local_aws.add_fault("answer-nan", name=ENDPOINT, times=1)
    execution = deployment.start(tiny(ENDPOINT))
    wait_for(deployment, execution, "VerifyEndpoint", "TaskScheduled")
    s3, bucket = deployment.client("s3"), deployment.outputs["DataBucketName"]
    key = f"runs/{execution.rsplit(':', 1)[-1]}/{missing}"
    kept = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
    s3.delete_object(Bucket=bucket, Key=key)
    failed = deployment.finish(execution)
    assert f"Somebody has deleted {missing}" in failed["cause"], failed
    assert not recovery_record(deployment, execution)["Complete"]
    s3.put_object(Bucket=bucket, Key=key, Body=kept)
    assert execution in sweep(deployment)
    wait_until_recovered(deployment, execution)
    assert serving(deployment, ENDPOINT) == champion


@pytest.mark.parametrize("state", ["CreateEndpointConfig", "DeployEndpoint", "VerifyEndpoint"])
def test_execution_that_is_stopped_before_the_proof_leaves_everything_as_it_was(
    deployment: Deployment, local_aws: LocalAws, messages: Messages, champion: str, state: str
) -> None:
    hold(local_aws, state)
    execution = deployment.start(tiny(ENDPOINT))
    wait_for(deployment, execution, state, "TaskScheduled")
    stop(deployment, execution)
    recovered = wait_until_recovered(deployment, execution)
    assert recovered["Outcome"] == "Cancelled"
    assert serving(deployment, ENDPOINT) == champion
    assert leftovers(deployment, execution) == set()
    assert "The data was wrong." in told_once(messages, execution, "Cancelled")
    assert deployment.finish(execution)["status"] == "ABORTED"


@pytest.mark.parametrize("state", ["WriteReport", "Notify"])
def test_execution_that_is_stopped_after_the_proof_leaves_the_new_model(
    deployment: Deployment, local_aws: LocalAws, messages: Messages, champion: str, state: str
) -> None:
    hold(local_aws, state)
    execution = deployment.start(tiny(ENDPOINT))
    wait_for(deployment, execution, state, "TaskScheduled")
    stop(deployment, execution)
    wait_until_recovered(deployment, execution)
    assert serving(deployment, ENDPOINT) in leftovers(deployment, execution)
    assert serving(deployment, ENDPOINT) != champion
    assert "serves the new model" in told_once(messages, execution, "Cancelled")


def test_execution_that_is_out_of_time_is_told_so(
    deployment: Deployment, messages: Messages
) -> None:
    with time_limit(deployment, seconds=10):
        execution = deployment.start(endless("retune-never"))
    assert deployment.finish(execution)["status"] == "TIMED_OUT"
    wait_until_recovered(deployment, execution)
    wait_until(lambda: not running_jobs(deployment))
    told = told_once(messages, execution, "TimedOut")
    bucket, key = (
        deployment.outputs["DataBucketName"],
        f"runs/{execution_name(execution)}/report.html",
    )
    assert f"Report: s3://{bucket}/{key}" in told.splitlines()
    page = deployment.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read().decode()
    assert "TimedOut" in page


def test_execution_that_is_stopped_while_it_recovers_is_recovered_all_the_same(
    deployment: Deployment, local_aws: LocalAws, messages: Messages, champion: str
) -> None:
    """The recovery that it waits for is stopped with it, when it is about to restore."""
    hold(local_aws, "RestorePrevious", machine="retune-recovery")
    local_aws.add_fault("answer-nan", name=ENDPOINT, times=1)
    execution = deployment.start(tiny(ENDPOINT))
    wait_until(lambda: bool(recoveries(deployment, execution)), seconds=60)
    (first,) = recoveries(deployment, execution)
    wait_for(deployment, first, "RestorePrevious", "TaskScheduled")
    stop(deployment, execution)
    wait_until_recovered(deployment, execution)
    assert deployment.finish(first)["status"] == "ABORTED"
    assert serving(deployment, ENDPOINT) == champion
    assert leftovers(deployment, execution) == set()
    told_once(messages, execution, "Cancelled")


def test_end_that_no_event_has_announced_is_found_by_the_sweep(
    deployment: Deployment, messages: Messages
) -> None:
    execution = deployment.start(endless("retune-never"))
    wait_until(lambda: bool(running_jobs(deployment)))
    with events_lost(deployment):
        stop(deployment, execution)
    assert recoveries(deployment, execution) == []
    assert execution in sweep(deployment)
    wait_until_recovered(deployment, execution)
    wait_until(lambda: not running_jobs(deployment))
    told_once(messages, execution, "Cancelled")
    assert execution not in sweep(deployment)


def test_event_that_comes_twice_is_told_once_and_does_no_harm(
    deployment: Deployment, local_aws: LocalAws, messages: Messages, champion: str
) -> None:
    hold(local_aws, "VerifyEndpoint")
    execution = deployment.start(tiny(ENDPOINT))
    wait_for(deployment, execution, "VerifyEndpoint", "TaskScheduled")
    with events_lost(deployment):
        stop(deployment, execution)
    both = [start_recovery(deployment, execution, "ABORTED") for _ in range(2)]
    outputs = [json.loads(deployment.finish(arn)["output"]) for arn in both]
    assert {output["Outcome"] for output in outputs} == {"Cancelled"}
    assert serving(deployment, ENDPOINT) == champion
    assert leftovers(deployment, execution) == set()
    told_once(messages, execution, "Cancelled")


def test_recovery_that_is_stopped_itself_is_made_good_by_the_sweep(
    deployment: Deployment, local_aws: LocalAws, messages: Messages
) -> None:
    execution = deployment.start(endless("retune-never"))
    wait_until(lambda: bool(running_jobs(deployment)))
    hold(local_aws, "CleanUp", machine="retune-recovery")
    stop(deployment, execution)
    wait_until(lambda: bool(recoveries(deployment, execution)))
    (recovery,) = recoveries(deployment, execution)
    wait_for(deployment, recovery, "CleanUp", "TaskScheduled")
    stop(deployment, recovery)
    assert messages(execution) == []
    assert execution in sweep(deployment)
    wait_until_recovered(deployment, execution)
    told_once(messages, execution, "Cancelled")


def test_function_that_cannot_undo_is_told_and_tried_again_by_the_sweep(
    deployment: Deployment, local_aws: LocalAws, messages: Messages
) -> None:
    execution = deployment.start(endless("retune-never"))
    wait_until(lambda: bool(running_jobs(deployment)))
    fault = local_aws.add_fault("function-timeout", name="*CleanUp", times=None)
    stop(deployment, execution)
    wait_until(lambda: bool(messages(execution)))
    local_aws.remove_fault(fault["id"])
    assert "could not be cleaned up" in messages(execution)[0]["Message"]
    assert recovery_record(deployment, execution)["Complete"] is False
    assert execution in sweep(deployment)
    wait_until_recovered(deployment, execution)
    assert len(messages(execution)) == 2


def test_failure_of_prune_changes_no_outcome(
    deployment: Deployment, local_aws: LocalAws, messages: Messages, champion: str
) -> None:
    local_aws.add_fault("function-timeout", name="*Prune", times=None)
    described = deployment.run(tiny(ENDPOINT))
    assert described["status"] == "SUCCEEDED", described
    output = json.loads(described["output"])
    assert output["Outcome"] == "Deployed"
    assert "Task timed out" in output["Pruned"]["Error"]
    message = told_once(messages, described["executionArn"], "Deployed")
    assert "Not pruned: " in message
    assert serving(deployment, ENDPOINT) == output["ModelName"]


def test_execution_whose_recovery_cannot_be_started_is_recovered_by_the_event(
    deployment: Deployment, local_aws: LocalAws, messages: Messages
) -> None:
    """The reason that people read is the first failure, not that of starting recovery."""
    local_aws.add_fault("access-denied", caller="states.retune.Recover", times=None)
    execution = deployment.start({"Colour": "red"})
    described = deployment.finish(execution)
    assert described["status"] == "FAILED"
    assert described["error"].startswith("StepFunctions.")
    wait_until_recovered(deployment, execution)
    assert "PlanTuning: Colour = 'red'" in told_once(messages, execution, "InputRefused")
