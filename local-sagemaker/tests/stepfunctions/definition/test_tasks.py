"""What is refused of Task states."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stepfunctions.definition.machines import FUNCTION, LAMBDA, machine, one, said, schema

ACTIVITY = "arn:aws:states:us-east-1:123456789012:activity:a"
INVOKE = {"FunctionName": "f"}


def task(resource: str, **fields: Any) -> dict[str, Any]:
    return one(**{"Type": "Task", "Resource": resource, "Parameters": {}, **fields})


@pytest.mark.parametrize(
    "resource",
    [
        "arn:aws:states:::lambda:invoke.sync",
        "arn:aws:states:::lambda:listFunctions",
        "arn:aws:states:::dynamodb:query",
        "arn:aws:states:::dynamodb:putItem.waitForTaskToken",
        "arn:aws:states:::sagemaker:createTrainingJob.sync:2",
        "arn:aws:states:::sagemaker:createModel.sync",
        "arn:aws:states:::nothing:invoke",
        "arn:aws:states:::aws-sdk:nothing:call",
        "arn:aws:states:::aws-sdk:s3:nothing",
        "arn:aws:states:::aws-sdk:s3:ListBuckets",
        "arn:aws:states:::aws-sdk:logs:describeLogGroups",
        "arn:aws:states:::aws-sdk:s3:listBuckets.sync",
        "arn:aws:sqs:us-east-1:123456789012:queue",
    ],
)
def test_a_resource_that_there_is_none_of_is_refused(resource: str) -> None:
    message = (
        f"The resource provided {resource} is not recognized. The value is not a valid resource "
        "ARN, or the resource is not available in this region."
    )
    assert said(machine(task(resource))) == schema(message, "/States/A/Resource")


@pytest.mark.parametrize(
    "resource",
    [
        FUNCTION,
        f"{FUNCTION}:3",
        ACTIVITY,
        "arn:aws:states:::aws-sdk:cloudwatchlogs:describeLogGroups",
        "arn:aws:states:::aws-sdk:sfn:sendTaskSuccess",
        "arn:aws:states:::aws-sdk:s3:listBuckets.waitForTaskToken",
        "arn:aws-cn:states:::aws-sdk:sagemaker:describeEndpoint",
    ],
)
def test_a_resource_that_is_there_is_taken(resource: str) -> None:
    assert said(machine(task(resource))) == []


def test_what_is_no_arn_is_no_resource() -> None:
    found = said(machine(task("createToken")))
    assert found == schema("Value is not a valid resource ARN", "/States/A/Resource")


@pytest.mark.parametrize(
    ("resource", "complaint"),
    [
        ("states:startExecution.sync", "'.sync' service integration"),
        # Step Functions puts one space more after it.
        ("sqs:sendMessage.waitForTaskToken", "'.waitForTaskToken' service integration "),
    ],
)
def test_an_express_machine_waits_for_nothing(resource: str, complaint: str) -> None:
    needs = {"StateMachineArn": "m", "QueueUrl": "q", "MessageBody": "b"}
    own = {"states": ["StateMachineArn"], "sqs": ["QueueUrl", "MessageBody"]}
    parameters = {name: needs[name] for name in own[resource.split(":")[0]]}
    definition = machine(task(f"arn:aws:states:::{resource}", Parameters=parameters))
    assert said(definition) == []
    message = f"Express state machine does not support {complaint}"
    assert said(definition, express=True) == schema(message, "/States/A/Resource")


def test_an_express_machine_has_no_activities() -> None:
    found = said(machine(task(ACTIVITY)), express=True)
    message = "Express state machine does not support Activity ARN"
    assert found == schema(message, "/States/A/Resource")


def test_an_integration_has_parameters() -> None:
    message = f"Parameters field is required for resource ARN: {LAMBDA}"
    found = said(machine(one(Type="Task", Resource=LAMBDA)))
    assert found == schema(message, "/States/A/Resource")
    message = f"Arguments field is required for resource ARN: {LAMBDA}"
    found = said(machine(one(Type="Task", Resource=LAMBDA), QueryLanguage="JSONata"))
    assert found == schema(message, "/States/A/Resource")


@pytest.mark.parametrize(
    ("resource", "given", "missing"),
    [
        ("lambda:invoke", {}, "FunctionName"),
        ("sqs:sendMessage", {"QueueUrl.$": "$.url"}, "MessageBody"),
        ("sns:publish", {}, "Message"),
        ("dynamodb:putItem", {"TableName": "t"}, "Item"),
        ("states:startExecution", {}, "StateMachineArn"),
        ("events:putEvents", {}, "Entries"),
    ],
)
def test_parameters_have_what_the_api_requires(
    resource: str, given: dict[str, Any], missing: str
) -> None:
    found = said(machine(task(f"arn:aws:states:::{resource}", Parameters=given)))
    message = f"The field '{missing}' is required but was missing"
    assert found == schema(message, "/States/A/Parameters")


def test_fields_that_sagemaker_lacks_are_refused_however_deep() -> None:
    resource = "arn:aws:states:::sagemaker:createModel"
    tags = [{"key": "k", "Value": "v"}]
    parameters = {"ModelName.$": "$.name", "ExecutionRoleArn": "r", "Tags": tags}
    found = said(machine(task(resource, Parameters=parameters)))
    message = 'The field "key" is not supported by Step Functions'
    assert found == schema(message, "/States/A/Parameters")


@pytest.mark.parametrize("credentials", [{}, {"roleArn": "r"}])
def test_credentials_name_a_role(credentials: dict[str, Any]) -> None:
    found = said(machine(task(LAMBDA, Parameters=INVOKE, Credentials=credentials)))
    message = "The field 'RoleArn' is required but was missing"
    assert found == schema(message, "/States/A/Credentials")


def test_an_activity_has_no_credentials() -> None:
    found = said(machine(task(ACTIVITY, Credentials={"RoleArn": "r"})))
    message = "The field 'Credentials' is not supported for activities"
    assert found == schema(message, "/States/A/Credentials")


@pytest.mark.parametrize(
    ("fields", "message", "location"),
    [
        ({"TimeoutSeconds": 0}, "Minimum value is 1", "/TimeoutSeconds"),
        (
            {"TimeoutSeconds": 5, "TimeoutSecondsPath": "$.t"},
            "There should only be one of the following fields: "
            "[TimeoutSeconds, TimeoutSecondsPath]",
            "",
        ),
        (
            {"TimeoutSeconds": 5, "HeartbeatSeconds": 5},
            "The field 'HeartbeatSeconds' must be smaller than 'TimeoutSeconds'",
            "/HeartbeatSeconds",
        ),
    ],
)
def test_time_limits_are_seconds(fields: dict[str, Any], message: str, location: str) -> None:
    found = said(machine(task(FUNCTION, **fields)))
    assert found == schema(message, f"/States/A{location}")


@pytest.mark.parametrize(
    "resource",
    [
        "ecs:runTask.sync",
        "http:invoke",
        "glue:startJobRun",
        "aws-sdk:glue:startJobRun",
        "aws-sdk:comprehend:detectSentiment",
        "aws-sdk:translate:translateText",
    ],
)
def test_what_only_aws_runs_is_refused_by_name(resource: str) -> None:
    arn = f"arn:aws:states:::{resource}"
    found = said(machine(task(arn)))
    assert found == [f"INVALID_RESOURCE: Local AWS does not run {arn} at /States/A/Resource"]
