"""The shape of slalom-ggp's ml-ops: new data, a threshold, and an endpoint by a second machine."""

from __future__ import annotations

import json
import uuid

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.machine import finish
from tests.local_sagemaker.waiting import wait_until
from tests.pipelines.deployed import content, deploy, latest_execution, put, rows, run_to_end

VALIDATION = rows(100, labelled=True, seed=2)


def start_with_data(
    local_aws: LocalAws, machine: str, bucket: str, *, validation: str = VALIDATION
) -> str:
    """Bring new data; the execution that its arrival has started."""
    put(
        local_aws,
        bucket,
        {
            "data/validate/validate.csv": validation,
            "data/new/new.csv": rows(20, labelled=False, seed=3),
            "data/train/train.csv": rows(300, labelled=True),
        },
    )
    client = local_aws.client("stepfunctions")
    wait_until(
        lambda: client.list_executions(stateMachineArn=machine)["executions"],
        lambda executions: len(executions) == 1,
    )
    return latest_execution(local_aws, machine)


def test_new_data_becomes_an_endpoint_and_scores(local_aws: LocalAws) -> None:
    name = f"retention-{uuid.uuid4().hex[:8]}"
    machines = deploy(local_aws, "gated_endpoint.yaml", BucketName=name, EndpointName=name)

    training = finish(local_aws, start_with_data(local_aws, machines["Training"], name))
    assert training["status"] == "SUCCEEDED", training
    made = finish(local_aws, training["output"]["ExecutionArn"])
    assert made["status"] == "SUCCEEDED", made
    given = json.loads(made["input"])
    assert given["AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID"] == training["executionArn"]

    sagemaker, runtime = local_aws.client("sagemaker"), local_aws.client("sagemaker-runtime")
    in_service = sagemaker.get_waiter("endpoint_in_service")
    in_service.wait(EndpointName=name, WaiterConfig={"Delay": 1})
    answer = runtime.invoke_endpoint(
        EndpointName=name, ContentType="text/csv", Body="0.9,0.9,0.5,0.5"
    )
    assert float(answer["Body"].read()) > 0.5

    updated = run_to_end(local_aws, machines["Endpoint"], {"modelName": given["modelName"]})
    assert updated["status"] == "SUCCEEDED", updated
    in_service.wait(EndpointName=name, WaiterConfig={"Delay": 1})

    scoring = run_to_end(local_aws, machines["Scoring"], {"modelName": given["modelName"]})
    assert scoring["status"] == "SUCCEEDED", scoring
    assert len(content(local_aws, name, "scores/scores.csv").split()) == 20


def test_model_below_the_threshold_gets_to_no_endpoint(local_aws: LocalAws) -> None:
    name = f"retention-{uuid.uuid4().hex[:8]}"
    machines = deploy(local_aws, "gated_endpoint.yaml", BucketName=name, EndpointName=name)
    wrong = "\n".join(f"{1 - int(row[0])}{row[1:]}" for row in VALIDATION.split())
    started = start_with_data(local_aws, machines["Training"], name, validation=wrong)
    assert finish(local_aws, started)["status"] == "FAILED"
    with pytest.raises(ClientError, match="Could not find endpoint"):
        local_aws.client("sagemaker").describe_endpoint(EndpointName=name)
