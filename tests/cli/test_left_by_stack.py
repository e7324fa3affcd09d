"""What `retune destroy` says that it leaves, and which bucket `retune deploy` finds again."""

from __future__ import annotations

import pytest
from tuning.names import state_machine_arn

from retune.commands import destroy as command
from retune.deployment.left_by_stack import (
    LeftByStack,
    delete_endpoints,
    left_buckets,
    read_left,
)
from retune.errors import InputError
from retune.stack import Stack
from tests.tuning.account import Account
from tests.tuning.conftest import account  # noqa: F401 - a fixture
from tests.tuning.handlers.conftest import machine  # noqa: F401 - a fixture
from tests.tuning.handlers.deployments import ROLE, deploy
from tests.tuning.plans import EXECUTION

OUTPUTS = {
    "StateMachineArn": state_machine_arn(EXECUTION.id),
    "EndpointName": "retune",
    "DataBucketName": "retune-databucket-1a2b",
}
STACK = Stack("retune", OUTPUTS)


def serve(account: Account, name: str, prefix: str, instance_type: str) -> None:  # noqa: F811
    """An endpoint with two instances."""
    sagemaker = account.client("sagemaker")
    kind = {"InstanceType": instance_type, "InitialInstanceCount": 2}
    sagemaker.create_model(
        ModelName=name, PrimaryContainer={"Image": "1.dkr/image"}, ExecutionRoleArn=ROLE
    )
    sagemaker.create_endpoint_config(
        EndpointConfigName=name,
        ProductionVariants=[{"VariantName": "AllTraffic", "ModelName": name, **kind}],
    )
    tags = [{"Key": "retune:prefix", "Value": prefix}]
    sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name, Tags=tags)


@pytest.mark.usefixtures("machine")
def test_every_endpoint_of_the_app_is_listed_with_its_price_of_a_month(
    account: Account,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = {EXECUTION.region: {"Currency": "USD", "Published": "2026-11-01"}}
    table[EXECUTION.region]["Hosting"] = {"ml.m5.large": 0.1}  # type: ignore[assignment]
    monkeypatch.setattr("tuning.prices.price_list._table", lambda: table)
    serve(account, "retune-bank", "retune", "ml.m5.large")
    serve(account, "retune-rare", "retune", "ml.m5.4xlarge")
    serve(account, "retune-b-other", "retune-b", "ml.m5.large")  # of another app
    found = {each.name: each.month for each in read_left(STACK, retains_bucket=True).endpoints}
    assert set(found) == {"retune-bank", "retune-rare"}
    assert found["retune-bank"].amount == 146.0
    assert "has no Hosting price of ml.m5.4xlarge" in str(found["retune-rare"])


@pytest.mark.usefixtures("machine")
def test_what_costs_nothing_is_listed_too(account: Account) -> None:  # noqa: F811
    deploy(account, "retune-1")
    configs, bucket = read_left(STACK, retains_bucket=True).without_endpoints()
    assert configs.startswith("1 endpoint configurations and 1 models: they cost nothing.")
    assert 'data_bucket = "retune-databucket-1a2b" in retune.toml' in bucket
    assert len(read_left(STACK, retains_bucket=False).without_endpoints()) == 1


def test_endpoints_are_gone_before_the_stack_goes(account: Account) -> None:  # noqa: F811
    serve(account, "retune-bank", "retune", "ml.m5.large")
    delete_endpoints(account, ["retune-bank"])  # type: ignore[arg-type]
    assert account.client("sagemaker").list_endpoints()["Endpoints"] == []


def test_bucket_of_an_earlier_stack_of_this_name_is_found(account: Account) -> None:  # noqa: F811
    for name in ("retune-databucket-1a2b", "retune-b-databucket-3c4d", "retune-logs"):
        account.client("s3").create_bucket(
            Bucket=name, CreateBucketConfiguration={"LocationConstraint": EXECUTION.region}
        )
    assert left_buckets(account, "retune") == ["retune-databucket-1a2b"]  # type: ignore[arg-type]


def test_bucket_stays_or_goes_as_it_was_deployed(
    account: Account,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The settings may say something else by now, or never have known of a `-c`."""
    stack = Stack("retune", OUTPUTS | {"DataBucketName": account.bucket})
    bucket = {"Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain"}
    template = {"Resources": {"DataBucket": bucket}}
    monkeypatch.setattr(command, "deployed_template", lambda *_: template)
    assert command._retains_bucket(account, stack)  # type: ignore[arg-type]
    bucket["DeletionPolicy"] = "Delete"
    assert not command._retains_bucket(account, stack)  # type: ignore[arg-type]
    template["Resources"] = {}  # the settings have named one that was there
    assert command._retains_bucket(account, stack)  # type: ignore[arg-type]


def test_stack_whose_bucket_could_not_go_with_it_is_not_destroyed(
    account: Account,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account.put("data/train/rows.csv", "1,2")
    stack = Stack("retune", OUTPUTS | {"DataBucketName": account.bucket})
    template = {"Resources": {"DataBucket": {"Type": "AWS::S3::Bucket"}}}
    monkeypatch.setattr(command, "deployed_template", lambda *_: template)
    with pytest.raises(InputError, match=f"Nothing is destroyed.*{account.bucket}.*Empty it"):
        command._retains_bucket(account, stack)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "yes", "deleted"),
    [(True, True, True), (False, False, False), (None, True, False), (True, False, True)],
)
def test_options_answer_for_machines(asked: bool | None, yes: bool, deleted: bool) -> None:
    assert command._endpoints_go_first(asked, yes=yes) is deleted


def test_nothing_is_destroyed_when_nobody_can_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    with pytest.raises(InputError, match="--delete-endpoints or --keep-endpoints"):
        command._endpoints_go_first(None, yes=False)


def test_stack_that_leaves_nothing_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    command._tell(LeftByStack(STACK, (), 0, 0, 0, retains_bucket=False))
    assert capsys.readouterr().err == ""
