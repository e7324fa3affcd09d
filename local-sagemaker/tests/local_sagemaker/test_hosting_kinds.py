"""Endpoints of many models, of several containers, with input in S3, and with shadow variants."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from local_sagemaker.sagemaker.hosting import multi_model, serving_process

from tests.local_sagemaker.hosting import create_config, variant
from tests.local_sagemaker.roles import services_may
from tests.local_sagemaker.scripts import SCIKIT_LEARN, archive, put_code
from tests.local_sagemaker.server import BUCKET, REGION, ROLE, LocalSageMaker, new_name
from tests.local_sagemaker.waiting import ENDED, log_lines, wait_for_endpoint, wait_until

# A model is a number, by which its container multiplies those that it gets.
MULTIPLY = """
    def model_fn(directory):
        return float(open(f"{directory}/factor").read())

    def predict_fn(data, factor):
        return data * factor
    """
BUSY = """import os
        if not os.path.exists("asked"):
            open("asked", "w").close()
            raise OSError("ask again")
        return data"""
WAITING = """import os, time
        if factor == 2:
            open("{asked}", "w").close()
            while not os.path.exists("{go}"):
                time.sleep(0.02)
        return data"""
JSON = {"ContentType": "application/json"}


@pytest.fixture(autouse=True)
def no_docker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def put(local: LocalSageMaker, key: str, body: bytes) -> str:
    local.s3.put_object(Bucket=BUCKET, Key=key, Body=body)
    return f"s3://{BUCKET}/{key}"


def container(local: LocalSageMaker, factor: float, **members: Any) -> dict[str, Any]:
    data = put(local, f"{new_name('data')}/model.tar.gz", archive(factor=str(factor)))
    environment = {
        "SAGEMAKER_PROGRAM": "serve.py",
        "SAGEMAKER_SUBMIT_DIRECTORY": put_code(local, serve__py=MULTIPLY),
    }
    given = {"Image": SCIKIT_LEARN, "ModelDataUrl": data, "Environment": environment} | members
    return {name: value for name, value in given.items() if value is not None}


def create_model(local: LocalSageMaker, *containers: dict[str, Any]) -> str:
    name = new_name("model")
    given: dict[str, Any] = {"Containers": [*containers]}
    if len(containers) == 1:
        given = {"PrimaryContainer": containers[0]}
    local.sagemaker.create_model(ModelName=name, ExecutionRoleArn=ROLE, **given)
    return name


def serve(local: LocalSageMaker, model: str, **config: Any) -> str:
    name = new_name("kind")
    local.sagemaker.create_endpoint_config(
        EndpointConfigName=name, ProductionVariants=[variant(model)], **config
    )
    local.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
    endpoint = wait_for_endpoint(local, name)
    assert endpoint["EndpointStatus"] == "InService", endpoint["FailureReason"]
    return name


def ask(local: LocalSageMaker, endpoint: str, body: str = "[1]", **options: Any) -> str:
    answer = local.runtime.invoke_endpoint(EndpointName=endpoint, Body=body, **JSON | options)
    return str(answer["Body"].read().decode())


def test_multi_model_endpoint_loads_the_model_that_is_asked(local: LocalSageMaker) -> None:
    prefix = new_name("models")
    given = container(local, 0, Mode="MultiModel", ModelDataUrl=f"s3://{BUCKET}/{prefix}/")
    endpoint = serve(local, create_model(local, given))
    for name, factor in (("two.tar.gz", 2), ("below/three.tar.gz", 3)):
        put(local, f"{prefix}/{name}", archive(factor=str(factor)))
        # As in the image, one row is a table for the models of such an endpoint.
        assert ask(local, endpoint, TargetModel=name) == f"[[{factor}.0]]"
    assert ask(local, endpoint, TargetModel="two.tar.gz") == "[[2.0]]"


def test_model_that_could_not_be_loaded_is_loaded_when_it_is_asked_again(
    local: LocalSageMaker,
) -> None:
    prefix = new_name("models")
    given = container(local, 0, Mode="MultiModel", ModelDataUrl=f"s3://{BUCKET}/{prefix}/")
    endpoint = serve(local, create_model(local, given))
    put(local, f"{prefix}/a.tar.gz", archive(other="1"))
    with pytest.raises(ClientError, match=r"Model a\.tar\.gz cannot be loaded"):
        ask(local, endpoint, TargetModel="a.tar.gz")
    put(local, f"{prefix}/a.tar.gz", archive(factor="4"))
    assert ask(local, endpoint, TargetModel="a.tar.gz") == "[[4.0]]"


def test_model_that_makes_room_answers_first_who_has_asked_it(
    local: LocalSageMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(multi_model, "_MOST_LOADED", 1)
    asked, go = tmp_path / "asked", tmp_path / "go"
    prefix = new_name("models")
    given = container(local, 0, Mode="MultiModel", ModelDataUrl=f"s3://{BUCKET}/{prefix}/")
    waiting = MULTIPLY.replace("return data", WAITING.format(asked=asked, go=go))
    given["Environment"]["SAGEMAKER_SUBMIT_DIRECTORY"] = put_code(local, serve__py=waiting)
    endpoint = serve(local, create_model(local, given))
    for name, factor in (("two", 2), ("three", 3)):
        put(local, f"{prefix}/{name}", archive(factor=str(factor)))
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(ask, local, endpoint, TargetModel="two")
        wait_until(lambda: {"asked": asked.exists()}, lambda seen: bool(seen["asked"]))
        quick = ask(local, endpoint, TargetModel="three")
        go.touch()
        assert (quick, slow.result()) == ("[[3.0]]", "[[2.0]]")


def test_multi_model_endpoint_names_a_model_that_is_missing(local: LocalSageMaker) -> None:
    given = container(local, 0, Mode="MultiModel", ModelDataUrl=f"s3://{BUCKET}/none/")
    endpoint = serve(local, create_model(local, given))
    with pytest.raises(ClientError, match=f"there is an object at s3://{BUCKET}/none/a.tar.gz"):
        ask(local, endpoint, TargetModel="a.tar.gz")
    with pytest.raises(ClientError, match="is missing a target model header"):
        ask(local, endpoint)


def test_target_model_is_for_multi_model_endpoints(local: LocalSageMaker) -> None:
    endpoint = serve(local, create_model(local, container(local, 2)))
    with pytest.raises(ClientError, match="is not a multi-model endpoint and does not support"):
        ask(local, endpoint, TargetModel="a.tar.gz")
    for member in ("TargetContainerHostname", "InferenceComponentName", "SessionId"):
        with pytest.raises(ClientError, match=f"Local AWS has no {member}"):
            ask(local, endpoint, **{member: "a"})


def test_containers_of_a_pipeline_answer_one_after_the_other(local: LocalSageMaker) -> None:
    named = container(local, 3, ContainerHostname="last")
    model = create_model(local, container(local, 2), named)
    described = local.sagemaker.describe_model(ModelName=model)
    assert described["InferenceExecutionConfig"] == {"Mode": "Serial"}
    assert len(described["Containers"]) == 2
    endpoint = serve(local, model)
    assert ask(local, endpoint, "[1, 2]", Accept="text/csv") == "6.0\n12.0\n"
    with pytest.raises(local.runtime.exceptions.ModelError, match="from container-1 with message"):
        ask(local, endpoint, "x")
    with pytest.raises(local.runtime.exceptions.ModelError, match="from last with message"):
        ask(local, endpoint, Accept="image/png")
    streams = local.logs.describe_log_streams(logGroupName=f"/aws/sagemaker/Endpoints/{endpoint}")
    names = {stream["logStreamName"].split("/")[2] for stream in streams["logStreams"]}
    assert names == {"container-1", "last"}


def transform(local: LocalSageMaker, model: str, **options: Any) -> dict[str, Any]:
    """A transform job of one object, a.json, to its end."""
    name = new_name("kind")
    source = {"S3DataType": "S3Prefix", "S3Uri": put(local, f"{name}/in/a.json", b"[1]")}
    local.sagemaker.create_transform_job(
        TransformJobName=name,
        ModelName=model,
        TransformInput={"DataSource": {"S3DataSource": source}, **JSON},
        TransformOutput={"S3OutputPath": f"s3://{BUCKET}/{name}/out"},
        TransformResources={"InstanceType": "ml.m5.large", "InstanceCount": 1},
        **options,
    )
    return wait_until(
        lambda: local.sagemaker.describe_transform_job(TransformJobName=name),
        lambda seen: seen["TransformJobStatus"] not in ("InProgress", "Stopping"),
    )


def test_pipeline_transforms_too(local: LocalSageMaker) -> None:
    ended = transform(local, create_model(local, container(local, 2), container(local, 5)))
    assert ended["TransformJobStatus"] == "Completed", ended["FailureReason"]
    assert read(local, f"{ended['TransformOutput']['S3OutputPath']}/a.json.out") == "[10.0]"


def test_transform_job_waits_for_an_answer_as_long_as_it_says(local: LocalSageMaker) -> None:
    slow = container(local, 3)
    code = put_code(
        local, serve__py=MULTIPLY.replace("return data", "import time; time.sleep(9); return data")
    )
    slow["Environment"]["SAGEMAKER_SUBMIT_DIRECTORY"] = code
    limit = {"InvocationsTimeoutInSeconds": 1}
    ended = transform(local, create_model(local, slow), ModelClientConfig=limit)
    assert ended["FailureReason"] == "ClientError: timed out"


@pytest.mark.parametrize("compression", ["Gzip", "None"])
def test_model_data_source_is_an_archive_or_a_prefix(
    local: LocalSageMaker, compression: str
) -> None:
    name = new_name("source")
    if compression == "Gzip":
        uri = put(local, f"{name}/any.tar.gz", archive(factor="7"))
    else:
        uri = put(local, f"{name}/factor", b"7").removesuffix("factor")
    kind = "S3Object" if compression == "Gzip" else "S3Prefix"
    source = {"S3Uri": uri, "S3DataType": kind, "CompressionType": compression}
    given = container(local, 0, ModelDataUrl=None, ModelDataSource={"S3DataSource": source})
    assert ask(local, serve(local, create_model(local, given))) == "[7.0]"


def test_models_that_only_endpoints_serve_are_not_transformed(local: LocalSageMaker) -> None:
    source = {"S3Uri": f"s3://{BUCKET}/data/", "S3DataType": "S3Prefix", "CompressionType": "None"}
    given = container(local, 0, ModelDataUrl=None, ModelDataSource={"S3DataSource": source})
    with pytest.raises(ClientError, match="which use ModelDataSource attribute"):
        transform(local, create_model(local, given))
    many = container(local, 0, Mode="MultiModel", ModelDataUrl=f"s3://{BUCKET}/none/")
    with pytest.raises(ClientError, match="is of Mode MultiModel"):
        transform(local, create_model(local, many))


REFUSED_SOURCES = {
    "missing": ({"S3Uri": f"s3://{BUCKET}/missing/"}, "Could not find model data"),
    "no slash": ({"S3Uri": f"s3://{BUCKET}/data"}, "must end with a slash"),
    "packed prefix": ({"CompressionType": "Gzip"}, "is for an archive"),
    "access": ({"ModelAccessConfig": {"AcceptEula": True}}, "Local AWS has no ModelDataSource"),
}


@pytest.mark.parametrize(("change", "words"), REFUSED_SOURCES.values(), ids=REFUSED_SOURCES)
def test_model_data_source_is_refused(
    local: LocalSageMaker, change: dict[str, Any], words: str
) -> None:
    source = {
        "S3Uri": f"s3://{BUCKET}/data/",
        "S3DataType": "S3Prefix",
        "CompressionType": "None",
    }
    given = {"S3DataSource": source | change}
    with pytest.raises(ClientError, match=words):
        create_model(local, container(local, 0, ModelDataUrl=None, ModelDataSource=given))


def test_model_has_its_data_from_one_place(local: LocalSageMaker) -> None:
    source = {"S3Uri": "s3://a/b/", "S3DataType": "S3Prefix", "CompressionType": "None"}
    with pytest.raises(ClientError, match="either ModelDataUrl or ModelDataSource"):
        create_model(local, container(local, 0, ModelDataSource={"S3DataSource": source}))


def asynchronous(local: LocalSageMaker) -> dict[str, Any]:
    """A config whose topics reach a queue, `queue`, in the same account."""
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    reached: dict[str, Any] = {"endpoint_url": local.s3.meta.endpoint_url, **keys}
    sns = boto3.client("sns", REGION, **reached)
    sqs = boto3.client("sqs", REGION, **reached)
    name = new_name("told")
    queue = sqs.create_queue(
        QueueName=name, Attributes={"Policy": services_may("sqs:SendMessage")}
    )["QueueUrl"]
    topic = sns.create_topic(Name=name)["TopicArn"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn["QueueArn"])
    output = {
        "S3OutputPath": f"s3://{BUCKET}/{name}/out",
        "S3FailurePath": f"s3://{BUCKET}/{name}/failed",
        "NotificationConfig": {"SuccessTopic": topic, "ErrorTopic": topic},
    }
    return {"sqs": sqs, "queue": queue, "config": {"OutputConfig": output}}


def told(target: dict[str, Any]) -> dict[str, Any]:
    """The next message of the queue."""
    receive = target["sqs"].receive_message
    answer = wait_until(
        lambda: receive(QueueUrl=target["queue"], MaxNumberOfMessages=1),
        lambda seen: "Messages" in seen,
    )
    (message,) = answer["Messages"]
    target["sqs"].delete_message(QueueUrl=target["queue"], ReceiptHandle=message["ReceiptHandle"])
    return dict(json.loads(json.loads(message["Body"])["Message"]))


def read(local: LocalSageMaker, uri: str) -> str:
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    return str(local.s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode())


def test_asynchronous_endpoint_answers_in_s3_and_tells_topics(local: LocalSageMaker) -> None:
    target = asynchronous(local)
    model = create_model(local, container(local, 2))
    endpoint = serve(local, model, AsyncInferenceConfig=target["config"])
    described = local.sagemaker.describe_endpoint(EndpointName=endpoint)
    assert described["AsyncInferenceConfig"] == target["config"]
    assert told(target)["eventName"] == "TestNotification"
    source = put(local, f"{endpoint}/in.json", b"[4]")
    started = local.runtime.invoke_endpoint_async(
        EndpointName=endpoint, InputLocation=source, **JSON
    )
    message = told(target)
    assert message["invocationStatus"] == "Completed"
    assert message["inferenceId"] == started["InferenceId"]
    assert message["requestParameters"]["inputLocation"] == source
    assert message["responseParameters"]["outputLocation"] == started["OutputLocation"]
    assert read(local, started["OutputLocation"]) == "[8.0]"


@pytest.mark.parametrize(
    ("key", "words"), [("bad.json", "Received server error (500)"), ("none.json", "NoSuchKey")]
)
def test_asynchronous_failure_is_written_and_told(
    local: LocalSageMaker, key: str, words: str
) -> None:
    target = asynchronous(local)
    model = create_model(local, container(local, 2))
    endpoint = serve(local, model, AsyncInferenceConfig=target["config"])
    told(target)  # the test
    put(local, f"{endpoint}/bad.json", b"x")
    started = local.runtime.invoke_endpoint_async(
        EndpointName=endpoint, InputLocation=f"s3://{BUCKET}/{endpoint}/{key}", **JSON
    )
    message = told(target)
    assert message["invocationStatus"] == "Failed"
    assert words in message["failureReason"]
    assert words in read(local, started["FailureLocation"])


def test_each_kind_of_endpoint_has_its_own_call(local: LocalSageMaker) -> None:
    model = create_model(local, container(local, 2))
    usual = serve(local, model)
    later = serve(local, model, AsyncInferenceConfig=asynchronous(local)["config"])
    with pytest.raises(ClientError, match="is no asynchronous endpoint"):
        local.runtime.invoke_endpoint_async(EndpointName=usual, InputLocation="s3://a/b", **JSON)
    with pytest.raises(ClientError, match="use InvokeEndpointAsync"):
        ask(local, later)


def test_models_that_are_not_kept_are_loaded_for_each_request(local: LocalSageMaker) -> None:
    prefix = new_name("models")
    place = {"Mode": "MultiModel", "ModelDataUrl": f"s3://{BUCKET}/{prefix}/"}
    setting = {"MultiModelConfig": {"ModelCacheSetting": "Disabled"}}
    endpoint = serve(local, create_model(local, container(local, 0, **place, **setting)))
    for factor in (2, 3):
        put(local, f"{prefix}/one.tar.gz", archive(factor=str(factor)))
        assert ask(local, endpoint, TargetModel="one.tar.gz") == f"[[{factor}.0]]"


def test_container_has_the_time_to_start_that_its_variant_gives_it(
    local: LocalSageMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving_process, "HEALTHY_WITHIN_SECONDS", 0.3)
    slow = container(local, 2)
    slowly = "import time; time.sleep(1); return float"
    code = put_code(local, serve__py=MULTIPLY.replace("return float", slowly))
    slow["Environment"]["SAGEMAKER_SUBMIT_DIRECTORY"] = code
    model, statuses = create_model(local, slow), []
    for given in ({}, {"ContainerStartupHealthCheckTimeoutInSeconds": 60}):
        name = create_config(local, variant(model) | given)
        local.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
        statuses.append(wait_for_endpoint(local, name)["EndpointStatus"])
    assert statuses == ["Failed", "InService"]


def test_transform_job_asks_again_after_errors_of_the_container(local: LocalSageMaker) -> None:
    failing = container(local, 2)
    code = put_code(local, serve__py=MULTIPLY.replace("return data", BUSY))
    failing["Environment"]["SAGEMAKER_SUBMIT_DIRECTORY"] = code
    model, ended = create_model(local, failing), {}
    source = {"S3DataType": "S3Prefix", "S3Uri": put(local, f"{new_name('in')}/a.json", b"[1]")}
    for retries in (0, 1):
        name = new_name("again")
        local.sagemaker.create_transform_job(
            TransformJobName=name,
            ModelName=model,
            ModelClientConfig={"InvocationsMaxRetries": retries},
            TransformInput={
                "DataSource": {"S3DataSource": source},
                "ContentType": "application/json",
            },
            TransformOutput={"S3OutputPath": f"s3://{BUCKET}/{name}"},
            TransformResources={"InstanceType": "ml.m5.large", "InstanceCount": 1},
        )
        described = wait_until(
            partial(local.sagemaker.describe_transform_job, TransformJobName=name),
            lambda job: job["TransformJobStatus"] in ENDED,
        )
        ended[retries] = described["TransformJobStatus"]
    assert ended == {0: "Failed", 1: "Completed"}


def test_shadow_variant_is_asked_and_its_answer_thrown_away(local: LocalSageMaker) -> None:
    printing = container(local, 3)
    code = put_code(local, serve__py=MULTIPLY.replace("return data", "print(data); return data"))
    printing["Environment"]["SAGEMAKER_SUBMIT_DIRECTORY"] = code
    shadow = variant(create_model(local, printing), "shadow")
    usual = create_model(local, container(local, 2))
    endpoint = serve(local, usual, ShadowProductionVariants=[shadow])
    described = local.sagemaker.describe_endpoint(EndpointName=endpoint)
    assert described["ShadowProductionVariants"][0]["VariantName"] == "shadow"
    assert len(described["ProductionVariants"]) == 1
    assert ask(local, endpoint, "[1234]") == "[2468.0]"
    group = f"/aws/sagemaker/Endpoints/{endpoint}"
    wait_until(
        lambda: {"log": log_lines(local, group, "shadow/")},
        lambda seen: any("1234" in line for line in seen["log"]),
    )
    with pytest.raises(ClientError, match="Variant shadow was not found"):
        ask(local, endpoint, TargetVariant="shadow")


def test_kinds_that_do_not_go_together_are_refused(local: LocalSageMaker) -> None:
    model = create_model(local, container(local, 2))
    pipeline = create_model(local, container(local, 2), container(local, 3))
    many = container(local, 0, Mode="MultiModel", ModelDataUrl=f"s3://{BUCKET}/none/")
    serverless = {"ServerlessConfig": {"MemorySizeInMB": 1024, "MaxConcurrency": 1}}

    def served(name: str) -> dict[str, Any]:
        return {"VariantName": "all", "ModelName": name} | serverless

    for refused in (pipeline, create_model(local, many)):
        with pytest.raises(ClientError, match="not supported for serverless variants"):
            create_config(local, served(refused))
    shadows = [variant(model, "a"), variant(model, "b")]
    with pytest.raises(ClientError, match="one in ShadowProductionVariants"):
        serve(local, model, ShadowProductionVariants=shadows)
    scaled = variant(model) | {"ManagedInstanceScaling": {"Status": "ENABLED"}}
    with pytest.raises(ClientError, match="Local AWS has no ManagedInstanceScaling of a variant"):
        create_config(local, scaled)
    dumped = variant(model) | {"CoreDumpConfig": {"DestinationS3Uri": f"s3://{BUCKET}/dumps"}}
    with pytest.raises(ClientError, match="Local AWS has no CoreDumpConfig of a variant"):
        create_config(local, dumped)
    with pytest.raises(ClientError, match="Local AWS has no MetricsConfig"):
        serve(local, model, MetricsConfig={"EnableEnhancedMetrics": True})
    with pytest.raises(ClientError, match="Local AWS has no ContainerMetricsConfig"):
        create_model(local, container(local, 2, ContainerMetricsConfig={"MetricsEndpoints": []}))
    with pytest.raises(ClientError, match="MultiModelConfig is for a container of Mode MultiMod"):
        create_model(local, container(local, 2, MultiModelConfig={}))
    with pytest.raises(ClientError, match="alone, and not in a pipeline"):
        create_model(local, many, container(local, 2))
    with pytest.raises(ClientError, match="set it to Serial"):
        local.sagemaker.create_model(
            ModelName=new_name("direct"),
            ExecutionRoleArn=ROLE,
            Containers=[container(local, 1), container(local, 2)],
            InferenceExecutionConfig={"Mode": "Direct"},
        )
