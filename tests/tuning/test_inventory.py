"""The inventory while other executions delete: what goes between list and look is not there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from tuning.aws import clients, inventory, pagination
from tuning.leftovers.resources import Selection

from tests.tuning.offline import offline_client

MACHINE = "arn:aws:states:eu-west-1:123456789012:stateMachine:retune"
CREATED = datetime(2026, 11, 24, tzinfo=UTC)


def model(name: str) -> dict[str, Any]:
    arn = f"arn:aws:sagemaker:eu-west-1:123456789012:model/{name}"
    return {"ModelName": name, "ModelArn": arn, "CreationTime": CREATED}


@pytest.fixture
def sagemaker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stubber]:
    """No configs and two models; the first one's tags are asked for next."""
    client = offline_client("sagemaker")
    for module in (clients, inventory, pagination):
        monkeypatch.setattr(module, "client", {"sagemaker": client}.__getitem__)
    monkeypatch.setattr(inventory, "running_executions", lambda state_machine_arn: [])
    with Stubber(client) as stub:
        stub.add_response("list_endpoint_configs", {"EndpointConfigs": []})
        stub.add_response("list_models", {"Models": [model("retune-gone"), model("retune-here")]})
        yield stub


def test_model_that_was_deleted_meanwhile_is_not_there(sagemaker: Stubber) -> None:
    sagemaker.add_client_error("list_tags", "ValidationException", "Could not find resource")
    sagemaker.add_response("list_tags", {"Tags": [{"Key": "retune:prefix", "Value": "retune"}]})
    packages = [
        {
            "ModelPackageArn": f"arn:aws:sagemaker:eu-west-1:123456789012:model-package/retune/{n}",
            "CreationTime": CREATED,
            "ModelPackageStatus": "Completed",
        }
        for n in (1, 2)
    ]
    sagemaker.add_response("list_model_packages", {"ModelPackageSummaryList": packages})
    sagemaker.add_client_error(
        "describe_model_package", "ValidationException", "ModelPackage ... does not exist."
    )
    status: dict[str, Any] = {"ValidationStatuses": []}
    described = {"ModelPackageName": "retune", "ModelPackageStatusDetails": status}
    sagemaker.add_response("describe_model_package", {**packages[1], **described})
    sagemaker.add_response("list_endpoints", {"Endpoints": []})
    found = inventory.read_inventory("retune", MACHINE)
    assert [resource.name for resource in found.models] == ["retune-here"]
    assert [resource.name for resource in found.packages] == [packages[1]["ModelPackageArn"]]


def test_denied_look_is_not_taken_for_a_missing_model(sagemaker: Stubber) -> None:
    sagemaker.add_client_error("list_tags", "AccessDeniedException", "is not authorized")
    with pytest.raises(ClientError, match="not authorized"):
        inventory.read_inventory("retune", MACHINE)


def test_models_of_configs_that_somebody_made_by_hand_are_in_use(sagemaker: Stubber) -> None:
    for _ in range(2):
        sagemaker.add_response("list_tags", {"Tags": []})
    sagemaker.add_response("list_model_packages", {"ModelPackageSummaryList": []})
    arn = "arn:aws:sagemaker:eu-west-1:123456789012:endpoint"
    times = {"CreationTime": CREATED, "LastModifiedTime": CREATED}
    endpoint = {"EndpointName": "retune", "EndpointArn": f"{arn}/retune", **times}
    status = {"EndpointStatus": "InService"}
    sagemaker.add_response("list_endpoints", {"Endpoints": [{**endpoint, **status}]})
    config = {"EndpointConfigName": "by-hand"}
    sagemaker.add_response("describe_endpoint", {**endpoint, **status, **config})
    variants = [{"VariantName": "A", "ModelName": "retune-1"}, {"VariantName": "B"}]
    described = {**config, "EndpointConfigArn": f"{arn}-config/by-hand", "CreationTime": CREATED}
    sagemaker.add_response(
        "describe_endpoint_config", {**described, "ProductionVariants": variants}, config
    )
    assert inventory.read_inventory("retune", MACHINE).served_by_others == {"retune-1"}


def test_package_tells_by_its_properties_whose_it_is_and_is_deleted_by_its_arn(
    sagemaker: Stubber,
) -> None:
    """Versions of a group carry no tags of their own."""
    for _ in range(2):
        sagemaker.add_response("list_tags", {"Tags": []})
    arn = "arn:aws:sagemaker:eu-west-1:123456789012:model-package/retune/7"
    package = {"ModelPackageArn": arn, "CreationTime": CREATED, "ModelPackageStatus": "Completed"}
    sagemaker.add_response("list_model_packages", {"ModelPackageSummaryList": [package]})
    status: dict[str, Any] = {"ModelPackageStatusDetails": {"ValidationStatuses": []}}
    properties = {"Execution": "monday", "Endpoint": "retune", "TrainingJob": "retune-1"}
    described = {**package, **status, "ModelPackageName": "retune"}
    sagemaker.add_response(
        "describe_model_package", {**described, "CustomerMetadataProperties": properties}
    )
    sagemaker.add_response("list_endpoints", {"Endpoints": []})
    (found,) = inventory.read_inventory("retune", MACHINE).packages
    execution = MACHINE.replace("stateMachine", "execution") + ":monday"
    assert (found.execution, found.endpoint, found.models) == (execution, "retune", ("retune-1",))
    sagemaker.add_response("delete_model_package", {}, {"ModelPackageName": arn})
    assert inventory.delete(Selection(packages=(arn,))) == ["model-package/retune/7"]


def test_group_that_no_run_has_made_yet_has_no_packages(sagemaker: Stubber) -> None:
    for _ in range(2):
        sagemaker.add_response("list_tags", {"Tags": []})
    words = "ModelPackageGroup retune does not exist."
    sagemaker.add_client_error("list_model_packages", "ValidationException", words)
    sagemaker.add_response("list_endpoints", {"Endpoints": []})
    assert inventory.read_inventory("retune", MACHINE).packages == ()
