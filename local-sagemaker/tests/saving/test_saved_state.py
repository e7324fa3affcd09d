"""What one server has saved, another has: nothing tells them apart but their keys."""

from __future__ import annotations

import json
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws, RefusedError
from local_sagemaker.process.free_port import free_port

from tests.local_aws import stacks
from tests.local_aws.machine import create_machine, finish, run
from tests.local_aws.resources import NAME
from tests.local_aws.served_model import CSV, create_config, settle
from tests.local_sagemaker import test_hosting_kinds as hosting_kinds
from tests.sagemaker_pipelines.definitions import finish as finish_pipeline
from tests.sagemaker_pipelines.definitions import steps_of, token
from tests.saving import kinds
from tests.saving.everything import fill, told
from tests.saving.servers import new_server


@dataclass(frozen=True)
class Loaded:
    """A server with a saved state, what it was before, and the file."""

    local_aws: LocalAws
    made: dict[str, str]
    before: dict[str, Any]
    file: Path


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    folder, port = tmp_path_factory.mktemp("saved"), free_port()
    file = folder / "state.zip"
    with new_server(folder / "first", port) as first:
        made = fill(first)
        first.save(file, wait=True)
        before = told(first, made)
        first.save(file, wait=True)
    with new_server(folder / "second", port) as second:
        assert second.load(file) == {}
        yield Loaded(second, made, before, file)


def test_each_service_tells_what_it_told_before(loaded: Loaded) -> None:
    after = told(loaded.local_aws, loaded.made)
    for question, answer in loaded.before.items():
        assert after[question] == answer, question


def test_only_its_owner_can_read_the_file(loaded: Loaded) -> None:
    assert stat.S_IMODE(loaded.file.stat().st_mode) == 0o600
    assert [each.name for each in loaded.file.parent.glob("*.new")] == []


def test_work_goes_on_from_there(loaded: Loaded) -> None:
    """Numbers of versions, events and messages, updates and redrives: as if nothing had been."""
    client, made = loaded.local_aws.client, loaded.made
    group = {"ModelPackageGroupName": "group"}
    (first,) = client("sagemaker").list_model_packages(**group)["ModelPackageSummaryList"]
    package = client("sagemaker").describe_model_package(ModelPackageName=first["ModelPackageArn"])
    second = client("sagemaker").create_model_package(
        **group, InferenceSpecification=package["InferenceSpecification"]
    )
    assert second["ModelPackageArn"].endswith("/2")

    url = client("sqs").get_queue_url(QueueName=NAME)["QueueUrl"]
    (message,) = client("sqs").receive_message(QueueUrl=url)["Messages"]
    assert message["Body"] == "a message"

    client("stepfunctions").redrive_execution(executionArn=made["execution"])
    described = finish(loaded.local_aws, made["execution"])
    assert (described["redriveCount"], described["status"]) == (1, "FAILED")
    assert run(loaded.local_aws, {"StartAt": "E", "States": {"E": {"Type": "Succeed"}}})

    client("sagemaker").retry_pipeline_execution(
        PipelineExecutionArn=made["run"], ClientRequestToken=token()
    )
    finish_pipeline(client("sagemaker"), made["run"])
    attempts = {
        name: each["AttemptCount"]
        for name, each in steps_of(client("sagemaker"), made["run"]).items()
    }
    assert attempts == {"Fail": 2, "Decide": 1}

    config = create_config(loaded.local_aws, made["model"], "Other")
    client("sagemaker").update_endpoint(EndpointName=made["endpoint"], EndpointConfigName=config)
    assert settle(loaded.local_aws, made["endpoint"])["EndpointConfigName"] == config
    answered = client("sagemaker-runtime").invoke_endpoint(
        EndpointName=made["endpoint"], Body="0.2,0.3", **CSV
    )
    assert answered["InvokedProductionVariant"] == "Other"


def test_rules_alarms_and_activities_go_on(loaded: Loaded) -> None:
    client = loaded.local_aws.client
    client("events").put_events(
        Entries=[{"Source": "shop", "DetailType": "sold", "Detail": json.dumps({"n": 1})}]
    )
    (stack,) = client("cloudformation").describe_stacks(StackName="stack")["Stacks"]
    received = client("sqs").receive_message(
        QueueUrl=stack["Outputs"][0]["OutputValue"], WaitTimeSeconds=10
    )
    assert '"sold"' in received["Messages"][0]["Body"]
    client("cloudformation").delete_stack(StackName="stack")
    client("cloudformation").get_waiter("stack_delete_complete").wait(
        StackName="stack", WaiterConfig={"Delay": 1}
    )
    assert "stacked" not in [each["Name"] for each in client("s3").list_buckets()["Buckets"]]


def test_functions_still_take_the_messages_of_their_queues(loaded: Loaded) -> None:
    sqs = loaded.local_aws.client("sqs")
    url = sqs.get_queue_url(QueueName="mapped")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="a message")
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    deadline = time.monotonic() + 30
    while {"0"} != set(
        sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"].values()
    ):
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_each_kind_of_endpoint_answers(loaded: Loaded) -> None:
    local, made = kinds.Clients.of(loaded.local_aws), loaded.made
    assert hosting_kinds.ask(local, made["many"], TargetModel="two.tar.gz") == "[[2.0]]"
    assert hosting_kinds.ask(local, made["pipeline"]) == "[6.0]"
    assert hosting_kinds.ask(local, made["shadowed"]) == "[2.0]"
    source = hosting_kinds.put(local, "in.json", b"[4]")
    asked = {"EndpointName": made["asynchronous"], "InputLocation": source, **hosting_kinds.JSON}
    answered = local.runtime.invoke_endpoint_async(**asked)["OutputLocation"]
    bucket, _, key = answered.removeprefix("s3://").partition("/")
    local.s3.get_waiter("object_exists").wait(
        Bucket=bucket, Key=key, WaiterConfig={"Delay": 1, "MaxAttempts": 30}
    )
    assert hosting_kinds.read(local, answered) == "[8.0]"


def test_work_goes_on_with_versions_activities_and_nested_stacks(loaded: Loaded) -> None:
    local_aws, made = loaded.local_aws, loaded.made
    job = hosting_kinds.transform(kinds.Clients.of(local_aws), made["multiplier"])
    assert job["TransformJobStatus"] == "Completed"
    sfn = local_aws.client("stepfunctions")
    by_alias = sfn.start_execution(stateMachineArn=made["alias"], input="{}")["executionArn"]
    assert finish(local_aws, by_alias)["stateMachineAliasArn"] == made["alias"]
    changed = json.dumps(kinds.ECHO | {"Comment": "changed"})
    sfn.update_state_machine(stateMachineArn=made["machine"], definition=changed)
    second = sfn.publish_state_machine_version(stateMachineArn=made["machine"])
    assert second["stateMachineVersionArn"].endswith(":2")
    asking = {"Type": "Task", "Resource": made["activity"], "End": True}
    waiting = create_machine(local_aws, {"StartAt": "Ask", "States": {"Ask": asking}})
    execution = sfn.start_execution(stateMachineArn=waiting, input='{"n": 1}')["executionArn"]
    task = sfn.get_activity_task(activityArn=made["activity"])
    sfn.send_task_success(taskToken=task["taskToken"], output=task["input"])
    assert finish(local_aws, execution)["output"] == {"n": 1}
    assert stacks.delete(local_aws, "outer")["StackStatus"] == "DELETE_COMPLETE"
    assert stacks.ended(local_aws, made["inner"])["StackStatus"] == "DELETE_COMPLETE"


def test_a_server_that_has_been_used_takes_no_state(loaded: Loaded) -> None:
    with pytest.raises(RefusedError, match=r"^Local AWS is not empty. .* stop it, and start it ag"):
        loaded.local_aws.load(loaded.file)
