"""What a deployment may not exceed in an account it may not exceed here, in the same words."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import stacks
from tests.local_aws.function_zip import ROLE, create_function, create_role
from tests.local_sagemaker.roles import TRUST

READ = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket/key"}
FUNCTION = {
    "Runtime": "python3.14",
    "Handler": "index.handler",
    "Role": ROLE,
    "Code": {"ZipFile": "def handler(*_): pass"},
}


def document(count: int, **more: Any) -> dict[str, Any]:
    statements = [{**READ, "Sid": f"Number{number:03}", **more} for number in range(count)]
    return {"Version": "2012-10-17", "Statement": statements}


def of_all(count: int) -> dict[str, Any]:
    return document(count, Principal="*")


def resource(kind: str, **properties: Any) -> dict[str, Any]:
    return {"Type": kind, "Properties": properties}


def role(**properties: Any) -> dict[str, Any]:
    return resource("AWS::IAM::Role", **{"AssumeRolePolicyDocument": TRUST, **properties})


def inline(*counts: int) -> list[dict[str, Any]]:
    return [
        {"PolicyName": f"policy-{index}", "PolicyDocument": document(count)}
        for index, count in enumerate(counts)
    ]


MANAGED = [resource("AWS::IAM::ManagedPolicy", PolicyDocument=document(1)) for _ in range(11)]
TOO_MUCH: dict[str, tuple[dict[str, Any], str]] = {
    "4 KB of variables": (
        resource(
            "AWS::Lambda::Function", **FUNCTION, Environment={"Variables": {"LONG": "a" * 4090}}
        ),
        'exceeded the 4KB limit. String measured: {"LONG":"aaa',
    ),
    "five layers": (
        resource("AWS::Lambda::Function", **FUNCTION, Layers=[f"{ROLE}:{n}" for n in range(6)]),
        "You cannot reference more than 5 layers.",
    ),
    "a function's name": (
        resource("AWS::Lambda::Function", **FUNCTION, FunctionName="a" * 65),
        "at 'functionName' failed to satisfy constraint: Member must have length less than or "
        "equal to 64",
    ),
    "a role's inline policies together": (
        role(Policies=inline(60, 60)),
        "Maximum policy size of 10240 bytes exceeded for role",
    ),
    "a trust policy": (
        role(AssumeRolePolicyDocument={**TRUST, "Statement": [*TRUST["Statement"]] * 15}),
        "Cannot exceed quota for ACLSizePerRole: 2048",
    ),
    "a managed policy": (
        resource("AWS::IAM::ManagedPolicy", PolicyDocument=document(70)),
        "Cannot exceed quota for PolicySize: 6144",
    ),
    "managed policies of a role": (
        role(ManagedPolicyArns=[{"Ref": f"Policy{number}"} for number in range(11)]),
        "Cannot exceed quota for PoliciesPerRole: 10",
    ),
    "a bucket's policy": (
        resource("AWS::S3::BucketPolicy", Bucket={"Ref": "Bucket"}, PolicyDocument=of_all(200)),
        "The policy exceeds the maximum size of 20480 bytes",
    ),
    "a topic's policy": (
        resource("AWS::SNS::TopicPolicy", Topics=[{"Ref": "Topic"}], PolicyDocument=of_all(300)),
        "Policy exceeds the maximum size of 30720 bytes",
    ),
    "statements of a queue's policy": (
        resource("AWS::SQS::QueuePolicy", Queues=[{"Ref": "Queue"}], PolicyDocument=of_all(21)),
        "21 statements were found in the submitted policy, max allowed is 20",
    ),
    "a rule's pattern": (
        resource("AWS::Events::Rule", EventPattern={"source": ["a" * 2048]}),
        "The requested resource exceeds the maximum number allowed.",
    ),
    "a schedule's input": (
        resource(
            "AWS::Scheduler::Schedule",
            FlexibleTimeWindow={"Mode": "OFF"},
            ScheduleExpression="rate(1 day)",
            Target={"Arn": {"Fn::GetAtt": ["Queue", "Arn"]}, "RoleArn": ROLE, "Input": "LONG"},
        ),
        "a schedule's has 262144 at most",
    ),
}


@pytest.mark.parametrize("what", TOO_MUCH)
def test_stack_fails_that_exceeds_a_quota(local_aws: LocalAws, what: str) -> None:
    create_role(local_aws)
    exceeding, words = TOO_MUCH[what]
    members = {
        "Exceeding": exceeding,
        "Bucket": {"Type": "AWS::S3::Bucket"},
        "Topic": {"Type": "AWS::SNS::Topic"},
        "Queue": {"Type": "AWS::SQS::Queue"},
        **{f"Policy{number}": policy for number, policy in enumerate(MANAGED)},
    }
    text = json.dumps({"Resources": members}).replace('LONG"}', json.dumps("a" * 262_145)[1:] + "}")
    local_aws.client("s3").create_bucket(Bucket="quotas")
    local_aws.client("s3").put_object(Bucket="quotas", Key="template", Body=text)
    name = stacks.new_name("quota")
    local_aws.client("cloudformation").create_stack(
        StackName=name,
        TemplateURL="https://s3.amazonaws.com/quotas/template",
        Capabilities=["CAPABILITY_NAMED_IAM"],
    )
    assert stacks.ended(local_aws, name)["StackStatus"] == "ROLLBACK_COMPLETE"
    assert words in stacks.reason(local_aws, name, "Exceeding")


def test_code_that_is_too_large_with_its_layers_is_refused(local_aws: LocalAws) -> None:
    functions, name = local_aws.client("lambda"), create_function(local_aws, "handler = print")
    layers = [
        functions.publish_layer_version(
            LayerName=f"half-{half}", Content={"ZipFile": _zip_of_bytes(140_000_000)}
        )["LayerVersionArn"]
        for half in range(2)
    ]
    functions.update_function_configuration(FunctionName=name, Layers=layers[:1])
    with pytest.raises(ClientError, match="Function code combined with layers exceeds") as refused:
        functions.update_function_configuration(FunctionName=name, Layers=layers)
    assert "The actual size is 280000015 bytes." in str(refused.value)
    with pytest.raises(ClientError, match="Function code combined with layers exceeds"):
        create_function(local_aws, "handler = print", Layers=layers)
    with pytest.raises(ClientError, match="Function code combined with layers exceeds"):
        functions.update_function_code(FunctionName=name, ZipFile=_zip_of_bytes(140_000_000))
    assert functions.get_function_configuration(FunctionName=name)["Layers"][0]["Arn"] == layers[0]


def _zip_of_bytes(size: int) -> bytes:
    """Of zeros, which come to little."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(size))
    return content.getvalue()


def test_code_of_more_than_50_mb_does_not_come_in_a_request(local_aws: LocalAws) -> None:
    words = "Request must be smaller than 70167211 bytes"
    functions, name = local_aws.client("lambda"), create_function(local_aws, "handler = print")
    with pytest.raises(ClientError, match=words):
        functions.update_function_code(FunctionName=name, ZipFile=bytes(53_000_000))


def test_policy_of_a_function_ends_at_20_kb_and_stays_as_it_was(local_aws: LocalAws) -> None:
    functions, name = local_aws.client("lambda"), create_function(local_aws, "handler = print")

    def permit_many() -> None:
        for number in range(100):
            functions.add_permission(
                FunctionName=name,
                StatementId=f"{number:0>90}",
                Action="lambda:InvokeFunction",
                Principal="events.amazonaws.com",
                SourceArn=f"arn:aws:events:us-east-1:123456789012:rule/{number:0>60}",
            )

    with pytest.raises(ClientError, match=r"The final policy size \(\d+\) is bigger") as full:
        permit_many()
    assert full.value.response["Error"]["Code"] == "PolicyLengthExceededException"
    policy = json.loads(functions.get_policy(FunctionName=name)["Policy"])
    assert 20_000 < len(json.dumps(policy, separators=(",", ":"))) <= 20_480
