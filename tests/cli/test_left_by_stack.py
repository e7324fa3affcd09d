"""What `retune destroy` says that it leaves, and which bucket `retune deploy` finds again."""

from __future__ import annotations

import pytest
from tuning.names import state_machine_arn
from tuning.variables.cost import Cost

from retune.commands import destroy as command
from retune.deployment.deployed_template import deletes_bucket
from retune.deployment.left_by_stack import (
    LeftByStack,
    LeftEndpoint,
    delete_endpoints,
    empty,
    is_empty,
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
OF_THE_STACK = "arn:aws:iam::123456789012:role/retune-TrainingRole-1A"


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


@pytest.mark.parametrize("policy", ["Retain", "Delete"])
def test_bucket_stays_or_goes_as_it_was_deployed(policy: str) -> None:
    """The settings may say something else by now, or never have known of a `-c`."""
    bucket = {"Type": "AWS::S3::Bucket", "DeletionPolicy": policy}
    assert deletes_bucket({"Resources": {"DataBucket": bucket}}) == (policy == "Delete")


def test_template_without_a_bucket_deletes_none() -> None:
    """The settings have named one that was there."""
    assert not deletes_bucket({"Resources": {}})


def test_bucket_is_emptied_of_all_versions(account: Account) -> None:  # noqa: F811
    s3 = account.client("s3")
    s3.put_bucket_versioning(Bucket=account.bucket, VersioningConfiguration={"Status": "Enabled"})
    for content in ("1,2", "3,4"):
        account.put("data/train/rows.csv", content)
    s3.delete_object(Bucket=account.bucket, Key="data/train/rows.csv")
    assert not is_empty(account, account.bucket)  # type: ignore[arg-type]
    empty(account, account.bucket)  # type: ignore[arg-type]
    assert is_empty(account, account.bucket)  # type: ignore[arg-type]


@pytest.mark.parametrize(("yes", "answer"), [(True, True), (False, False)])
def test_objects_go_only_if_somebody_says_so(
    monkeypatch: pytest.MonkeyPatch, yes: bool, answer: bool
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr(command, "confirm", lambda question: answer)
    with pytest.raises(InputError, match=r"Nothing is destroyed.*data-bucket.*--empty-bucket"):
        command._agree_to_empty("data-bucket", asked=False, yes=yes)
    command._agree_to_empty("data-bucket", asked=True, yes=yes)


def left_with(*roles: str, retains_bucket: bool = True) -> LeftByStack:
    endpoint = LeftEndpoint("retune-bank", Cost(), frozenset(roles))
    return LeftByStack(STACK, (endpoint,), 1, 1, 0, retains_bucket=retains_bucket)


@pytest.mark.parametrize(
    "left",
    [left_with(OF_THE_STACK), left_with(), left_with(ROLE, retains_bucket=False)],
    ids=["its role goes", "its model is gone", "its bucket goes"],
)
def test_endpoint_does_not_stay_without_what_it_needs(left: LeftByStack) -> None:
    with pytest.raises(InputError, match=r"Nothing is destroyed: retune-bank .*--delete-endpoints"):
        command._refuse_to_leave(left, {"retune-TrainingRole-1A"})


def test_endpoint_with_a_role_of_its_own_may_stay() -> None:
    command._refuse_to_leave(left_with(ROLE), {"retune-TrainingRole-1A"})


@pytest.mark.usefixtures("machine")
def test_role_of_an_endpoint_is_that_of_its_models(account: Account) -> None:  # noqa: F811
    serve(account, "retune-bank", "retune", "ml.m5.large")
    (endpoint,) = read_left(STACK, retains_bucket=True).endpoints
    assert endpoint.roles == {ROLE}


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
