"""Injected faults: each kind as clients, functions and state machines meet it; and the calls."""

from __future__ import annotations

import os
import re
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError
from local_sagemaker.faults.operations import operation_of
from local_sagemaker.local_aws import LocalAws, RefusedError
from local_sagemaker.process.running import Running
from local_sagemaker.protocol.keys import random_pair
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from tests.local_aws.function_zip import create_function, invoke
from tests.local_aws.machine import jsonata, run
from tests.local_aws.served_model import (
    CSV,
    create_config,
    create_endpoint,
    settle,
    short,
    train_model,
)
from tests.local_sagemaker.processing import processing_request
from tests.local_sagemaker.server import BUCKET, training_request
from tests.local_sagemaker.waiting import ENDED, wait_until

pytestmark = pytest.mark.usefixtures("local_aws_faults")
ONCE = {"config": Config(retries={"total_max_attempts": 1})}


@pytest.fixture(scope="module")
def model(local_aws: LocalAws) -> str:
    return train_model(local_aws)


def error_of(raised: pytest.ExceptionInfo[Any]) -> tuple[str, int]:
    response = raised.value.response
    return response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"]


CALLS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "sagemaker": ("sagemaker", "list_models", {}),
    "stepfunctions": ("stepfunctions", "list_state_machines", {}),
    "s3": ("s3", "list_buckets", {}),
    "lambda": ("lambda", "invoke", {"FunctionName": "f"}),
    "sns": ("sns", "list_topics", {}),
    "cloudwatch": ("cloudwatch", "describe_alarms", {}),
    "sagemaker-runtime": ("sagemaker-runtime", "invoke_endpoint",
                          {"EndpointName": "e", "Body": b""}),
}  # fmt: skip
CODES = {
    "throttling": {"s3": ("SlowDown", 503), "lambda": ("TooManyRequestsException", 429),
                   "sns": ("Throttling", 400)},
    "access-denied": {"s3": ("AccessDenied", 403), "lambda": ("AccessDeniedException", 403),
                      "sns": ("AuthorizationError", 403)},
    "validation": {"s3": ("InvalidRequest", 400), "sns": ("InvalidParameter", 400),
                   "lambda": ("InvalidParameterValueException", 400),
                   "sagemaker-runtime": ("ValidationError", 400)},
    "service-failure": {"s3": ("InternalError", 500), "lambda": ("ServiceException", 500)},
}  # fmt: skip
USUAL = {
    "throttling": ("ThrottlingException", 400),
    "access-denied": ("AccessDeniedException", 400),
    "validation": ("ValidationException", 400),
    "service-failure": ("InternalFailure", 500),
}


@pytest.mark.parametrize("kind", USUAL)
@pytest.mark.parametrize(("service", "method", "request_"), CALLS.values(), ids=CALLS.keys())
def test_refusal_has_the_code_of_its_service(
    local_aws: LocalAws, kind: str, service: str, method: str, request_: dict[str, Any]
) -> None:
    local_aws.add_fault(kind, service=service)
    with pytest.raises(ClientError) as raised:
        getattr(local_aws.client(service, **ONCE), method)(**request_)
    expected = CODES[kind].get(service, USUAL[kind])
    if service == "sagemaker-runtime" and kind == "access-denied":
        expected = ("AccessDeniedException", 403)
    assert error_of(raised) == expected


QUOTAS = {
    "sagemaker": ("create_model_package_group", {"ModelPackageGroupName": "g"},
                  ("ResourceLimitExceeded", 400)),
    "application-autoscaling": (
        "put_scaling_policy",
        {"PolicyName": "p", "ServiceNamespace": "sagemaker", "ResourceId": "endpoint/e/variant/v",
         "ScalableDimension": "sagemaker:variant:DesiredInstanceCount"},
        ("LimitExceededException", 400)),
    "sns": ("create_topic", {"Name": "t"}, ("TopicLimitExceeded", 403)),
}  # fmt: skip


@pytest.mark.parametrize(("service", "request_"), QUOTAS.items(), ids=QUOTAS)
def test_limit_is_reached_with_the_error_of_the_operation(
    local_aws: LocalAws, service: str, request_: tuple[str, dict[str, Any], tuple[str, int]]
) -> None:
    method, arguments, expected = request_
    local_aws.add_fault("limit-reached", service=service)
    client = local_aws.client(service, **ONCE)
    if service == "sagemaker":
        client.list_models()  # an operation that meets no quota is let through
    with pytest.raises(ClientError) as raised:
        getattr(client, method)(**arguments)
    assert error_of(raised) == expected


def test_fault_happens_as_often_as_asked_and_is_listed(local_aws: LocalAws) -> None:
    rule = local_aws.add_fault("throttling", operation="ListModels", times=2)
    client = local_aws.client("sagemaker", **ONCE)
    for _ in range(2):
        with pytest.raises(ClientError, match="Rate exceeded"):
            client.list_models()
    client.list_models()
    (listed,) = local_aws.faults()
    assert (listed["id"], listed["hits"], listed["times"]) == (rule["id"], 2, 2)
    local_aws.remove_fault(rule["id"])
    assert local_aws.faults() == []


def test_timeout_hangs_and_breaks_the_connection(local_aws: LocalAws) -> None:
    local_aws.add_fault("timeout", operation="ListModels", seconds=0.5)
    started = time.monotonic()
    with pytest.raises(ConnectionClosedError):
        local_aws.client("sagemaker", **ONCE).list_models()
    assert time.monotonic() - started >= 0.5


def test_crash_after_has_had_its_effect(local_aws: LocalAws) -> None:
    local_aws.add_fault("crash-after", operation="CreateModelPackageGroup")
    client, name = local_aws.client("sagemaker", **ONCE), short("group")
    with pytest.raises(ConnectionClosedError):
        client.create_model_package_group(ModelPackageGroupName=name)
    assert client.describe_model_package_group(ModelPackageGroupName=name)


def test_only_the_named_caller_meets_the_fault(local_aws: LocalAws) -> None:
    source = """
    import boto3
    def handler(event, context):
        return len(boto3.client("sagemaker").list_models()["Models"])
    """
    hit, spared = create_function(local_aws, source), create_function(local_aws, source)
    local_aws.add_fault("access-denied", service="sagemaker", caller=f"lambda.{hit}", times=None)
    assert "errorMessage" not in str(invoke(local_aws, spared)[1])
    assert "is not authorized" in invoke(local_aws, hit)[1]["errorMessage"]
    denied = local_aws.calls(caller="lambda", caller_name=hit, operation="ListModels")
    assert {(call["status"], call["fault"]) for call in denied} == {(400, "access-denied")}


def test_task_meets_faults_under_its_state_and_with_the_java_sdks_names(
    local_aws: LocalAws,
) -> None:
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:sagemaker:listModels",
        "Arguments": {},
        "End": True,
    }
    endings = {}
    for kind in ("throttling", "access-denied", "service-failure", "timeout"):
        seconds = {"seconds": 0.1} if kind == "timeout" else {}
        local_aws.add_fault(kind, caller="states.*.Look Around", **seconds)
        endings[kind] = run(local_aws, jsonata({"Look Around": task}))["error"]
    assert endings == {
        "throttling": "SageMaker.SageMakerException",
        "access-denied": "SageMaker.SageMakerException",
        "service-failure": "SageMaker.SageMakerException",
        "timeout": "SageMaker.SdkClientException",
    }
    seen = local_aws.calls(caller="states", state="Look Around", operation="ListModels")
    assert [call["fault"] for call in seen[-4:]] == [*endings]
    assert seen[-1]["status"] == 0


def test_catch_and_retry_see_a_broken_connection(local_aws: LocalAws) -> None:
    """States.Runtime would pass both by."""
    function = create_function(local_aws, "def handler(event, context): return 1")
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Arguments": {"FunctionName": function},
        "Retry": [{"ErrorEquals": ["Lambda.SdkClientException"], "IntervalSeconds": 1,
                   "MaxAttempts": 1}],
        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Told",
                   "Output": "{% $states.errorOutput.Error %}"}],
        "End": True,
    }  # fmt: skip
    states = jsonata({"Ask": task, "Told": {"Type": "Succeed"}}, "Ask")
    local_aws.add_fault("crash-after", operation="Invoke", caller="states.*")
    assert run(local_aws, states)["output"]["StatusCode"] == 200
    local_aws.add_fault("crash-after", operation="Invoke", caller="states.*", times=2)
    assert run(local_aws, states)["output"] == "Lambda.SdkClientException"


@pytest.mark.parametrize(
    ("kind", "error", "message"),
    [
        ("out-of-memory", "Runtime.OutOfMemory", "signal: killed"),
        ("function-timeout", "Sandbox.Timedout", "Task timed out after 10.00 seconds"),
    ],
)
def test_function_ends_by_its_limits(
    local_aws: LocalAws, kind: str, error: str, message: str
) -> None:
    function = create_function(local_aws, "def handler(event, context): return 1")
    local_aws.add_fault(kind, name=function)
    payload = invoke(local_aws, function)[1]
    assert payload["errorType"] == error
    assert message in payload["errorMessage"]
    assert invoke(local_aws, function)[1] == 1


def trained_with(local_aws: LocalAws, fault: str) -> dict[str, Any]:
    """A training job that meets the fault, when it has ended."""
    sagemaker, name = local_aws.client("sagemaker"), short(fault)
    local_aws.add_fault(fault, name=name)
    sagemaker.create_training_job(**training_request(name))
    return wait_until(
        lambda: sagemaker.describe_training_job(TrainingJobName=name),
        lambda job: job["TrainingJobStatus"] in ENDED,
    )


@pytest.mark.usefixtures("model")
def test_training_finds_no_instance(local_aws: LocalAws) -> None:
    reason = trained_with(local_aws, "no-capacity")["FailureReason"]
    assert reason.startswith("CapacityError: Unable to provision")


@pytest.mark.usefixtures("model")
def test_training_is_killed(local_aws: LocalAws) -> None:
    job = trained_with(local_aws, "kill-training")
    assert job["TrainingJobStatus"] == "Failed"
    assert job["FailureReason"].endswith("exit code: 137")


@pytest.mark.usefixtures("model")
def test_training_tells_no_metric(local_aws: LocalAws) -> None:
    job = trained_with(local_aws, "no-metric")
    assert job["TrainingJobStatus"] == "Completed"
    assert job["FinalMetricDataList"] == []


@pytest.mark.parametrize(
    ("fault", "reason"),
    [("no-capacity", "CapacityError: Unable to"), ("kill-processing", "AlgorithmError: See job")],
)
@pytest.mark.usefixtures("model")
def test_processing_goes_wrong(local_aws: LocalAws, fault: str, reason: str) -> None:
    sagemaker, name = local_aws.client("sagemaker"), short(fault)
    local_aws.client("s3").put_object(Bucket=BUCKET, Key=f"code/{name}/run.py", Body="")
    local_aws.add_fault(fault, name=name)
    sagemaker.create_processing_job(**processing_request(name))
    job = wait_until(
        lambda: sagemaker.describe_processing_job(ProcessingJobName=name),
        lambda job: job["ProcessingJobStatus"] in ENDED,
    )
    assert job["ProcessingJobStatus"] == "Failed"
    assert job["FailureReason"].startswith(reason)


def test_endpoint_fails_to_start_and_a_model_answers_nan(local_aws: LocalAws, model: str) -> None:
    config = create_config(local_aws, model, "Main")
    local_aws.add_fault("fail-serving", name=config)
    failed = create_endpoint(local_aws, config)
    described = settle(local_aws, failed)
    assert described["EndpointStatus"] == "Failed"
    assert "did not pass the ping health check" in described["FailureReason"]
    endpoint = create_endpoint(local_aws, config)
    local_aws.add_fault("answer-nan", name=endpoint)
    runtime = local_aws.client("sagemaker-runtime")
    answers = [
        runtime.invoke_endpoint(EndpointName=endpoint, Body=b"0.9,0.5\n", **CSV)["Body"].read()
        for _ in range(2)
    ]
    assert answers[0].strip() == b"NaN"
    assert float(answers[1]) > 0.5


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ({"kind": "flood"}, "kind 'flood' is none of throttling"),
        ({"kind": ["timeout"]}, "kind ['timeout'] is none of throttling"),
        ({"kind": "throttling", "name": "x"}, "of kind throttling does not look at name"),
        ({"kind": "throttling", "seconds": 1}, "of kind throttling does not look at seconds"),
        ({"kind": "answer-nan", "service": "x"}, "of kind answer-nan does not look at service"),
        ({"kind": "throttling", "seldom": 2, "often": 2},
         "no member often or seldom; it has kind, service, operation, caller, name, times, second"),
        ({"kind": "throttling", "service": 3}, "service must be text; it is 3."),
        ({"kind": "answer-nan", "name": None}, "name must be text; it is None."),
        ({"kind": "limit-reached", "service": "sagemaker", "operation": "DescribeEndpoint"},
         "operation 'DescribeEndpoint' of sagemaker meets no quota"),
        ({"kind": "throttling", "times": 0}, "times must be 1 or more, or null for always"),
        ({"kind": "throttling", "times": True}, "times must be 1 or more, or null for always"),
        ({"kind": "timeout", "seconds": "x"}, "must be a number from 0 to 86400; it is 'x'"),
        ({"kind": "timeout", "seconds": -1}, "seconds must be a number from 0 to 86400; it is -1"),
        ({"kind": "timeout", "seconds": float("nan")}, "seconds must be a number from 0 to 86400"),
        ({"kind": "timeout", "seconds": True}, "seconds must be a number from 0 to 86400"),
    ],
)  # fmt: skip
def test_rule_that_cannot_be_meant_is_refused(
    local_aws: LocalAws, rule: dict[str, Any], text: str
) -> None:
    with pytest.raises(RefusedError, match=re.escape(text)):
        local_aws.add_fault(**rule)


def test_refused_rule_takes_no_number(local_aws: LocalAws) -> None:
    before = int(local_aws.add_fault("throttling")["id"])
    with pytest.raises(RefusedError):
        local_aws.add_fault("no-such-kind")
    assert int(local_aws.add_fault("throttling")["id"]) == before + 1


def test_calls_are_recorded_with_service_and_operation(local_aws: LocalAws) -> None:
    local_aws.forget_calls()
    s3, bucket = local_aws.client("s3"), f"bucket-{uuid.uuid4().hex[:8]}"
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="a/b c", Body=b"x")
    s3.copy_object(Bucket=bucket, Key="d", CopySource={"Bucket": bucket, "Key": "a/b c"})
    s3.list_objects_v2(Bucket=bucket, Prefix="a")
    s3.get_object(Bucket=bucket, Key="a/b c")
    s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "d"}]})
    local_aws.client("sts").get_caller_identity()
    with pytest.raises(ClientError):
        local_aws.client("sagemaker").describe_model(ModelName="nothing")
    recorded = local_aws.calls(caller="client")
    assert [f"{call['service']}:{call['operation']} {call['status']}" for call in recorded] == [
        "s3:CreateBucket 200",
        "s3:PutObject 200",
        "s3:CopyObject 200",
        "s3:ListObjectsV2 200",
        "s3:GetObject 200",
        "s3:DeleteObjects 200",
        "sts:GetCallerIdentity 200",
        "sagemaker:DescribeModel 400",
    ]
    assert recorded[-1]["error"] == "ValidationException"
    assert "Boto3" in recorded[-1]["user_agent"]


def test_calls_are_asked_for_by_the_members_that_they_have(local_aws: LocalAws) -> None:
    with pytest.raises(RefusedError, match="A call has no member operaton; it has number, time, s"):
        local_aws.calls(operaton="CreateModel")


def test_defect_of_the_server_is_no_refusal(tmp_path: Path) -> None:
    server = make_server("127.0.0.1", 0, Response("<p>Oh dear", status=500))
    threading.Thread(target=server.handle_request).start()
    local = LocalAws(Running(server.port, os.getpid(), tmp_path, random_pair()))
    with pytest.raises(OSError, match="HTTP Error 500"):
        local.faults()
    server.server_close()


def test_unsigned_request_is_nobodys_call() -> None:
    assert operation_of({"PATH_INFO": "/", "REQUEST_METHOD": "GET"}) is None
