"""Models, endpoint configs and endpoints in moto's account, made as an execution makes them."""

from __future__ import annotations

from tuning.names import Execution
from tuning.tags import app_tags

from tests.tuning.account import Account
from tests.tuning.plans import EXECUTION
from tests.tuning.recorded import IMAGE

ROLE = "arn:aws:iam::123456789012:role/retune"
EARLIER = Execution(f"{EXECUTION.id}-earlier", "earlier", EXECUTION.start_time)


def make_model(account: Account, name: str, execution: Execution = EXECUTION) -> None:
    account.client("sagemaker").create_model(
        ModelName=name,
        PrimaryContainer={"Image": IMAGE},
        ExecutionRoleArn=ROLE,
        Tags=execution.tags("retune", "retune"),
    )


def make_config(account: Account, name: str, execution: Execution = EXECUTION) -> None:
    """With the name of its model."""
    variant = {
        "VariantName": "AllTraffic",
        "ModelName": name,
        "InstanceType": "ml.m5.large",
        "InitialInstanceCount": 1,
    }
    account.client("sagemaker").create_endpoint_config(
        EndpointConfigName=name,
        ProductionVariants=[variant],
        Tags=execution.tags("retune", "retune"),
    )


def deploy(
    account: Account,
    name: str,
    execution: Execution = EARLIER,
    *,
    prefix: str | None = None,
    endpoint: str = "retune",
) -> None:
    """A model with its config, which the endpoint serves from now on; `prefix` is the name prefix
    in its tag, which it has not when a person has made it."""
    make_model(account, name, execution)
    make_config(account, name, execution)
    sagemaker = account.client("sagemaker")
    if sagemaker.list_endpoints()["Endpoints"]:
        sagemaker.delete_endpoint(EndpointName=endpoint)  # moto has no UpdateEndpoint
    tags = app_tags(prefix) if prefix else []
    sagemaker.create_endpoint(EndpointName=endpoint, EndpointConfigName=name, Tags=tags)


def deployed(account: Account) -> tuple[list[str], list[str]]:
    """Names of the configs and models that there are."""
    sagemaker = account.client("sagemaker")
    configs = sagemaker.list_endpoint_configs()["EndpointConfigs"]
    models = sagemaker.list_models()["Models"]
    return (
        sorted(entry["EndpointConfigName"] for entry in configs),
        sorted(entry["ModelName"] for entry in models),
    )
