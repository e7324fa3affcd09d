"""Endpoints that really serve a trained model."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any

import psutil
import pytest

from tests.local_sagemaker.hosting import broken_model_data, create_config, create_model, variant
from tests.local_sagemaker.server import LocalSageMaker, new_name, training_request
from tests.local_sagemaker.waiting import (
    log_lines,
    wait_for_endpoint,
    wait_for_training,
    wait_until,
)

ROWS = "0.9,0.5\n0.1,0.5\n"


@pytest.fixture(scope="session")
def model_data(local: LocalSageMaker) -> str:
    name = new_name("served")
    local.sagemaker.create_training_job(**training_request(name))
    return str(wait_for_training(local, name)["ModelArtifacts"]["S3ModelArtifacts"])


@pytest.fixture(scope="session")
def config(local: LocalSageMaker, model_data: str) -> str:
    return create_config(local, variant(create_model(local, model_data)))


@pytest.fixture(scope="session")
def endpoint(local: LocalSageMaker, config: str) -> str:
    """An endpoint that tests only invoke."""
    return create_endpoint(local, config)


def create_endpoint(local: LocalSageMaker, config: str) -> str:
    name = new_name("endpoint")
    local.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=config)
    assert wait_for_endpoint(local, name)["EndpointStatus"] == "InService"
    return name


def invoke(local: LocalSageMaker, endpoint: str, body: str = ROWS, **options: Any) -> Any:
    options = {"ContentType": "text/csv"} | options
    return local.runtime.invoke_endpoint(EndpointName=endpoint, Body=body.encode(), **options)


def error_of(raised: pytest.ExceptionInfo[Any]) -> dict[str, Any]:
    return dict(raised.value.response["Error"])


def test_endpoint_predicts_with_the_trained_model(local: LocalSageMaker, endpoint: str) -> None:
    answer = invoke(local, endpoint)
    assert answer["InvokedProductionVariant"] == "AllTraffic"
    assert answer["ContentType"].startswith("text/csv")
    high, low = map(float, answer["Body"].read().split())
    assert high > 0.5 > low


def test_container_answers_nobody_but_local_aws(local: LocalSageMaker, endpoint: str) -> None:
    """A page that posts a form to its port, or another user of the machine."""
    ports = listening()
    assert ports
    for port in ports:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("POST", "/invocations", ROWS, {"Content-Type": "text/csv"})
        assert connection.getresponse().status == 403
        connection.close()


def listening() -> set[int]:
    """The ports of all containers; other tests have servers of their own."""
    containers = [
        process
        for process in psutil.Process().children(recursive=True)
        if any("local_sagemaker.containers" in word for word in process.cmdline())
    ]
    sockets = [socket for process in containers for socket in process.net_connections("inet")]
    return {socket.laddr.port for socket in sockets if socket.status == psutil.CONN_LISTEN}


def test_accept_reaches_the_container(local: LocalSageMaker, endpoint: str) -> None:
    answer = invoke(local, endpoint, Accept="application/json")
    assert answer["ContentType"].startswith("application/json")
    assert answer["Body"].read().startswith(b'{"predictions"')


def test_container_error_is_a_model_error_with_the_containers_status(
    local: LocalSageMaker, endpoint: str
) -> None:
    with pytest.raises(local.runtime.exceptions.ModelError) as raised:
        invoke(local, endpoint, '{"a": 1}', ContentType="application/json")
    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 424
    assert raised.value.response["OriginalStatusCode"] == 415
    assert raised.value.response["LogStreamArn"].endswith(f"/aws/sagemaker/Endpoints/{endpoint}")
    assert "Received client error (415) from primary" in error_of(raised)["Message"]


def test_unknown_endpoint_is_a_validation_error(local: LocalSageMaker) -> None:
    with pytest.raises(local.runtime.exceptions.ClientError) as raised:
        invoke(local, "nowhere")
    assert error_of(raised) == {
        "Code": "ValidationError",
        "Message": "Endpoint nowhere of account 123456789012 not found.",
    }


def test_body_above_six_megabytes_is_refused(local: LocalSageMaker, endpoint: str) -> None:
    with pytest.raises(
        local.runtime.exceptions.ClientError, match="exceeded 6291456 bytes"
    ) as error:
        invoke(local, endpoint, "1" * 6_291_457)
    assert error_of(error)["Code"] == "413"


def test_target_variant_chooses_the_variant(local: LocalSageMaker, model_data: str) -> None:
    model = create_model(local, model_data)
    pair = create_config(local, variant(model, "a", 1.0), variant(model, "b", 0.0))
    name = create_endpoint(local, pair)
    assert invoke(local, name)["InvokedProductionVariant"] == "a"
    assert invoke(local, name, TargetVariant="b")["InvokedProductionVariant"] == "b"
    with pytest.raises(local.runtime.exceptions.ClientError, match="Variant c was not found"):
        invoke(local, name, TargetVariant="c")


def test_container_log_goes_to_the_endpoints_group(local: LocalSageMaker, endpoint: str) -> None:
    group = f"/aws/sagemaker/Endpoints/{endpoint}"
    wait_until(
        lambda: {"lines": log_lines(local, group, "AllTraffic/")}, lambda seen: bool(seen["lines"])
    )


def test_endpoint_whose_model_cannot_be_loaded_fails_with_the_reason(local: LocalSageMaker) -> None:
    model = create_model(local, broken_model_data(local))
    name = new_name("endpoint")
    local.sagemaker.create_endpoint(
        EndpointName=name, EndpointConfigName=create_config(local, variant(model))
    )
    failed = wait_for_endpoint(local, name)
    assert failed["EndpointStatus"] == "Failed"
    assert "Failed to load the model data at s3://" in failed["FailureReason"]
    local.sagemaker.delete_endpoint(EndpointName=name)


def test_update_moves_to_the_new_config_and_answers_meanwhile(
    local: LocalSageMaker, config: str, model_data: str
) -> None:
    name = create_endpoint(local, config)
    new = create_config(local, variant(create_model(local, model_data), "Next"))
    local.sagemaker.update_endpoint(EndpointName=name, EndpointConfigName=new)
    answered = []
    while local.sagemaker.describe_endpoint(EndpointName=name)["EndpointStatus"] == "Updating":
        answered.append(invoke(local, name)["InvokedProductionVariant"])
    assert answered[0] == "AllTraffic"
    assert local.sagemaker.describe_endpoint(EndpointName=name)["EndpointConfigName"] == new
    assert invoke(local, name)["InvokedProductionVariant"] == "Next"


def test_failing_update_rolls_back_to_the_config_in_service(
    local: LocalSageMaker, config: str
) -> None:
    name = create_endpoint(local, config)
    bad = create_config(local, variant(create_model(local, broken_model_data(local))))
    local.sagemaker.update_endpoint(EndpointName=name, EndpointConfigName=bad)
    rolled_back = wait_for_endpoint(local, name)
    assert rolled_back["EndpointStatus"] == "InService"
    assert rolled_back["EndpointConfigName"] == config
    assert "Failed to load the model data" in rolled_back["FailureReason"]
    assert float(invoke(local, name, "0.9,0.5\n")["Body"].read()) > 0.5


def test_endpoint_in_progress_can_be_neither_updated_nor_deleted(
    local: LocalSageMaker, config: str
) -> None:
    name = new_name("endpoint")
    local.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=config)
    with pytest.raises(local.sagemaker.exceptions.ClientError, match="in-progress endpoint"):
        local.sagemaker.update_endpoint(EndpointName=name, EndpointConfigName=config)
    with pytest.raises(local.sagemaker.exceptions.ClientError, match="in-progress endpoint"):
        local.sagemaker.delete_endpoint(EndpointName=name)
    wait_for_endpoint(local, name)


def test_endpoint_whose_config_is_deleted_serves_on_and_cannot_be_changed(
    local: LocalSageMaker, model_data: str, config: str
) -> None:
    served = create_config(local, variant(create_model(local, model_data)))
    name = create_endpoint(local, served)
    local.sagemaker.delete_endpoint_config(EndpointConfigName=served)
    assert invoke(local, name)["ResponseMetadata"]["HTTPStatusCode"] == 200
    described = local.sagemaker.describe_endpoint(EndpointName=name)
    assert described["EndpointConfigName"] == served
    changed = {"VariantName": "AllTraffic", "DesiredWeight": 2.0}
    words = f'Could not find endpoint configuration ".*/{served}"'
    with pytest.raises(local.sagemaker.exceptions.ClientError, match=words):
        local.sagemaker.update_endpoint(EndpointName=name, EndpointConfigName=config)
    with pytest.raises(local.sagemaker.exceptions.ClientError, match=words):
        local.sagemaker.update_endpoint_weights_and_capacities(
            EndpointName=name, DesiredWeightsAndCapacities=[changed]
        )
    local.sagemaker.delete_endpoint(EndpointName=name)


def test_deleted_endpoint_answers_no_more(local: LocalSageMaker, config: str) -> None:
    name = create_endpoint(local, config)
    local.sagemaker.delete_endpoint(EndpointName=name)
    with pytest.raises(local.sagemaker.exceptions.ClientError, match="Could not find endpoint"):
        local.sagemaker.describe_endpoint(EndpointName=name)
    with pytest.raises(local.runtime.exceptions.ClientError, match="not found"):
        invoke(local, name)


def test_update_lets_the_old_fleet_finish_the_requests_it_has(
    local: LocalSageMaker, config: str, model_data: str
) -> None:
    name = create_endpoint(local, config)
    new = create_config(local, variant(create_model(local, model_data), "Next"))
    long_to_answer = ROWS * 20_000
    local.sagemaker.update_endpoint(EndpointName=name, EndpointConfigName=new)

    def invoke_until_next() -> int:
        """The number of requests that the old fleet answered; raises if one got no answer."""
        count = 0
        while invoke(local, name, long_to_answer)["InvokedProductionVariant"] == "AllTraffic":
            count += 1
        return count

    with ThreadPoolExecutor(4) as clients:
        answered = [clients.submit(invoke_until_next) for _ in range(4)]
        assert all(client.result() > 0 for client in answered)
