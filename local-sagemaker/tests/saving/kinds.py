"""What is rarer than a model and its endpoint: kinds of endpoints, versions, nested stacks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from local_sagemaker.local_aws import LocalAws

from tests.local_aws import stacks
from tests.local_aws.machine import create_machine, finish
from tests.local_sagemaker import processing
from tests.local_sagemaker import server as jobs
from tests.local_sagemaker import test_hosting_kinds as hosting
from tests.local_sagemaker.hosting import variant
from tests.local_sagemaker.roles import make_role
from tests.local_sagemaker.scripts import archive

NAME = "kinds"
ECHO = {"StartAt": "Echo", "States": {"Echo": {"Type": "Pass", "End": True}}}
_TOPIC = {"Resources": {"T": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "inner"}}}}


@dataclass(frozen=True)
class Clients:
    """As the tests of the local SageMaker have them."""

    sagemaker: Any
    runtime: Any
    s3: Any

    @classmethod
    def of(cls, local_aws: LocalAws) -> Any:
        names = ("sagemaker", "sagemaker-runtime", "s3")
        return cls(*map(local_aws.client, names))


def fill(local_aws: LocalAws) -> dict[str, str]:
    """Make it all; the names of what is asked for later."""
    local = Clients.of(local_aws)
    make_role(local_aws.client("iam"), jobs.ROLE)
    jobs.put_data(local.s3)
    return {**_endpoints(local), **_jobs(local), **_machine(local_aws), **_stack(local_aws)}


def _endpoints(local: Any) -> dict[str, str]:
    many = f"s3://{jobs.BUCKET}/many/"
    hosting.put(local, "many/two.tar.gz", archive(factor="2"))
    two, three = (hosting.create_model(local, hosting.container(local, each)) for each in (2, 3))
    both = hosting.create_model(local, hosting.container(local, 2), hosting.container(local, 3))
    of_many = hosting.container(local, 0, Mode="MultiModel", ModelDataUrl=many)
    output = {"OutputConfig": {"S3OutputPath": f"s3://{jobs.BUCKET}/answers"}}
    return {
        "multiplier": two,
        "many": hosting.serve(local, hosting.create_model(local, of_many)),
        "pipeline": hosting.serve(local, both),
        "asynchronous": hosting.serve(local, two, AsyncInferenceConfig=output),
        "shadowed": hosting.serve(local, two, ShadowProductionVariants=[variant(three, "shadow")]),
    }


def _jobs(local: Any) -> dict[str, str]:
    model = hosting.create_model(local, hosting.container(local, 2))
    transformed = hosting.transform(local, model)
    processed = processing.process(local, "print('processed')")
    return {
        "transform": transformed["TransformJobName"],
        "processing": processed["ProcessingJobName"],
    }


def _machine(local_aws: LocalAws) -> dict[str, str]:
    """A machine with a version, an alias to it, and an execution by the alias."""
    sfn, machine = local_aws.client("stepfunctions"), create_machine(local_aws, ECHO)
    version = sfn.publish_state_machine_version(stateMachineArn=machine, description="first")
    route = {"stateMachineVersionArn": version["stateMachineVersionArn"], "weight": 100}
    alias = sfn.create_state_machine_alias(name="live", routingConfiguration=[route])
    arn = alias["stateMachineAliasArn"]
    execution = sfn.start_execution(stateMachineArn=arn, input='{"a": 1}')["executionArn"]
    finish(local_aws, execution)
    activity = sfn.create_activity(name=NAME)["activityArn"]
    return {"machine": machine, "alias": arn, "by alias": execution, "activity": activity}


def _stack(local_aws: LocalAws) -> dict[str, str]:
    """One with another inside, whose template is an object of S3."""
    s3 = local_aws.client("s3")
    s3.put_object(Bucket=jobs.BUCKET, Key="inner.json", Body=json.dumps(_TOPIC))
    url = f"https://{jobs.BUCKET}.s3.amazonaws.com/inner.json"
    inner = {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": url}}
    outer = {"Resources": {"Inner": inner}, "Outputs": {"Inner": {"Value": {"Ref": "Inner"}}}}
    made = stacks.create(local_aws, "outer", outer)
    assert made["StackStatus"] == "CREATE_COMPLETE", made
    return {"inner": stacks.outputs(made)["Inner"]}


def told(local_aws: LocalAws, made: dict[str, str]) -> dict[str, Any]:
    """What the services answer, by question."""
    endpoints = [made[kind] for kind in ("many", "pipeline", "asynchronous", "shadowed")]
    machine = {"stateMachineArn": made["machine"]}
    questions: list[tuple[str, str, dict[str, Any]]] = [
        *[("sagemaker", "describe_endpoint", {"EndpointName": name}) for name in endpoints],
        *[("sagemaker", "describe_endpoint_config", {"EndpointConfigName": n}) for n in endpoints],
        ("sagemaker", "list_models", {}),
        ("sagemaker", "describe_transform_job", {"TransformJobName": made["transform"]}),
        ("sagemaker", "describe_processing_job", {"ProcessingJobName": made["processing"]}),
        ("stepfunctions", "list_state_machine_versions", machine),
        ("stepfunctions", "describe_state_machine_alias", {"stateMachineAliasArn": made["alias"]}),
        ("stepfunctions", "describe_execution", {"executionArn": made["by alias"]}),
        ("stepfunctions", "get_execution_history", {"executionArn": made["by alias"]}),
        ("stepfunctions", "list_executions", {"stateMachineArn": made["alias"]}),
        ("stepfunctions", "describe_activity", {"activityArn": made["activity"]}),
        ("cloudformation", "describe_stacks", {"StackName": made["inner"]}),
        ("cloudformation", "describe_stack_events", {"StackName": made["inner"]}),
    ]
    answers = {}
    for service, method, request in questions:
        answer = getattr(local_aws.client(service), method)(**request)
        answer.pop("ResponseMetadata")
        answers[f"{method} {request}"] = answer
    return answers
