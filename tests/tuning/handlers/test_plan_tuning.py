"""The handler PlanTuning against S3."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from preparation import encoder
from preparation.description import FILE_NAME, Number
from tuning.aws import models, objects
from tuning.aws.endpoint_folder import EndpointFolder
from tuning.aws.run_folder import PLAN, RunFolder
from tuning.data.s3_location import S3Location
from tuning.deployed_settings import DeployedSettings
from tuning.errors import InvalidInput, MissingData
from tuning.handlers import plan_tuning
from tuning.handlers.plan_tuning import handler
from tuning.variables.plan import Plan

from tests.preparation.descriptions import description
from tests.tuning.account import Account
from tests.tuning.handlers.deployments import deploy
from tests.tuning.handlers.plan_events import EVENT, upload
from tests.tuning.lambda_context import CONTEXT

KEPT = (FILE_NAME, "encoder.py")
OWN_CONFIG = "retune-261101-1a2b3c4d-00-001"
KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def test_handler_returns_the_plan_with_the_deployed_defaults(bucket: Account) -> None:
    upload(bucket, "train", "validation")
    plan = handler(EVENT, CONTEXT)
    config = plan["TuningJob"]["HyperParameterTuningJobConfig"]
    assert config["ResourceLimits"]["MaxNumberOfTrainingJobs"] == 7
    assert plan["Samples"]["Key"] == "data/validation/validation.csv"


def test_description_of_the_table_and_its_encoder_are_kept_for_the_models_clients(
    bucket: Account,
) -> None:
    upload(bucket, "train", "validation")
    text = description(Number("age")).to_json()
    bucket.put(f"data/{FILE_NAME}", text)
    plan = handler(EVENT, CONTEXT)
    bucket.put(f"data/{FILE_NAME}", "of another preparation")
    assert plan["TableDescription"]["Kept"] == f"s3://data-bucket/runs/monday/{FILE_NAME}"
    kept = {name: S3Location("data-bucket", f"runs/monday/{name}") for name in KEPT}
    assert objects.read_text(kept[FILE_NAME]) == text
    assert objects.read_text(kept["encoder.py"]) == Path(encoder.__file__).read_text()


def test_recovery_finds_the_plan_in_the_folder_of_the_execution(bucket: Account) -> None:
    upload(bucket, "train", "validation")
    plan = handler(EVENT, CONTEXT)
    assert RunFolder("data-bucket", "runs/monday/").read(PLAN) == plan


def test_input_that_is_refused_leaves_no_plan(bucket: Account) -> None:
    with pytest.raises(MissingData):
        handler(EVENT, CONTEXT)
    assert RunFolder("data-bucket", "runs/monday/").read(PLAN) is None


def test_handler_raises_missing_data_by_its_wire_name(bucket: Account) -> None:
    upload(bucket, "train")
    with pytest.raises(MissingData, match=r"Channels\.validation"):
        handler(EVENT, CONTEXT)


def test_handler_names_every_channel_in_a_bucket_that_is_not_there(bucket: Account) -> None:
    channels = {"train": "s3://no-such-bucket/train/", "validation": "s3://no-such-bucket/other/"}
    with pytest.raises(MissingData) as missing:
        handler({**EVENT, "Input": {"Channels": channels}}, CONTEXT)
    fix = "There is no such bucket. Check the name, and that it is in this account."
    assert str(missing.value).splitlines() == [
        f"Channels.train = 's3://no-such-bucket/train/': {fix}",
        f"Channels.validation = 's3://no-such-bucket/other/': {fix}",
    ]


def test_handler_refuses_an_impossible_input(bucket: Account) -> None:
    with pytest.raises(InvalidInput, match="max_depth is a hyperparameter"):
        handler({**EVENT, "Input": {"max_depth": 3}}, CONTEXT)


def test_handler_refuses_a_plan_that_no_state_could_be_handed(
    bucket: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(bucket, "train", "validation")
    monkeypatch.setattr(plan_tuning, "MAX_PLAN_BYTES", 1000)
    with pytest.raises(InvalidInput, match=r"bytes': The requests .* have at most 1000 bytes"):
        handler(EVENT, CONTEXT)


def test_sibling_prefix_is_seen_in_s3(bucket: Account) -> None:
    upload(bucket, "train", "train-old", "validation")
    channels = {
        "train": "s3://data-bucket/data/train",
        "validation": "s3://data-bucket/data/validation/",
    }
    with pytest.raises(InvalidInput, match="also data/train-old/"):
        handler({**EVENT, "Input": {"Channels": channels}}, CONTEXT)


def test_brackets_without_end_are_refused_before_anything_reads_them(bucket: Account) -> None:
    channels: Any = []
    for _ in range(5_000):
        channels = [channels]
    with pytest.raises(InvalidInput, match="Channels = 'more than 32 levels'"):
        handler({**EVENT, "Input": {"Channels": channels}}, CONTEXT)


def test_what_serves_is_compared_before_anything_is_claimed(bucket: Account) -> None:
    upload(bucket, "train", "validation")
    deploy(bucket, "champion")
    folder = EndpointFolder("data-bucket", "retune")
    first = Plan.parse(handler(EVENT, CONTEXT))
    assert first.interface is not None
    assert "It is not recorded what champion takes" in " ".join(first.warnings)
    bucket.client("s3").delete_object(Bucket=bucket.bucket, Key="endpoints/retune/running.json")
    folder.keep_interface("champion", first.interface.model_copy(update={"feature_columns": 2}))
    with pytest.raises(InvalidInput, match="'1 feature columns': The endpoint retune serves 2"):
        handler(EVENT, CONTEXT)
    assert objects.read_if_there(S3Location("data-bucket", "endpoints/retune/running.json")) is None


class TestQuotas:
    """Of the account, which are read before anything is paid for."""

    @pytest.fixture(autouse=True)
    def data(self, bucket: Account) -> None:
        upload(bucket, "train", "validation")

    def test_run_whose_endpoint_cannot_be_made_is_refused(self, bucket: Account) -> None:
        bucket.quotas["ml.m5.large for endpoint usage"] = 0
        with pytest.raises(InvalidInput, match=r"'ml\.m5\.large for endpoint usage' is 0"):
            handler(EVENT, CONTEXT)
        assert RunFolder("data-bucket", "runs/monday/").read(PLAN) is None

    def test_update_counts_beside_what_serves(self, bucket: Account) -> None:
        deploy(bucket, "champion")
        bucket.quotas["ml.m5.large for endpoint usage"] = 1
        with pytest.raises(InvalidInput, match="an update, which starts new instances beside"):
            handler(EVENT, CONTEXT)

    def test_next_update_that_has_no_room_is_a_warning(self, bucket: Account) -> None:
        bucket.quotas["ml.m5.large for endpoint usage"] = 1
        (warning,) = [w for w in handler(EVENT, CONTEXT)["Warnings"] if "quota" in w]
        assert "the next update" in warning

    def test_quotas_that_cannot_be_read_are_a_warning(self, bucket: Account) -> None:
        denied = ("AccessDeniedException", "User is not authorized")
        bucket.refuse("service-quotas", "ListServiceQuotas", *denied)
        (warning,) = [w for w in handler(EVENT, CONTEXT)["Warnings"] if "quota" in w]
        assert "could not be read (AccessDeniedException)" in warning


@pytest.fixture
def schedules(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Inputs of EventBridge Scheduler's schedules by name."""
    held: dict[str, str] = {}

    class Scheduler:
        def get_schedule(self, Name: str) -> dict[str, Any]:
            if Name not in held:
                error: Any = {"Error": {"Code": "ResourceNotFoundException", "Message": "no"}}
                raise ClientError(error, "GetSchedule")
            return {"Name": Name, "Target": {"Input": held[Name]}}

    monkeypatch.setattr(models, "client", lambda service: Scheduler())
    return held


def test_name_of_a_model_is_a_run_of_what_its_schedule_holds(
    bucket: Account, schedules: dict[str, str]
) -> None:
    upload(bucket, "train", "validation")
    document = {"ModelName": "bank", "Endpoint": {"EndpointName": "retune-bank"}}
    schedules["retune-bank"] = json.dumps(document)
    plan = handler({**EVENT, "Input": {"ModelName": "bank"}}, CONTEXT)
    assert plan["Endpoint"]["EndpointName"] == "retune-bank"


@pytest.mark.parametrize("held", ['{"ModelName": "other"}', "{}", "[]", "no json"])
def test_schedule_that_is_not_of_this_model_is_no_model(
    bucket: Account, schedules: dict[str, str], held: str
) -> None:
    """`retune-dev-bank` may be the model bank of the prefix retune-dev."""
    schedules["retune-dev-bank"] = held
    for name in ("dev-bank", "churn"):
        with pytest.raises(InvalidInput, match="No model of this name is deployed"):
            handler({**EVENT, "Input": {"ModelName": name}}, CONTEXT)


@pytest.mark.parametrize("prefix", ["retune", None])
def test_endpoint_of_this_deployment_or_of_a_person_is_planned_for(
    bucket: Account, prefix: str | None
) -> None:
    upload(bucket, "train", "validation")
    deploy(bucket, "champion", prefix=prefix)
    assert handler(EVENT, CONTEXT)["Endpoint"]["EndpointName"] == "retune"


def test_endpoint_of_another_deployment_is_refused(bucket: Account) -> None:
    upload(bucket, "train", "validation")
    deploy(bucket, "champion", prefix="retune-prod")
    with pytest.raises(InvalidInput) as refused:
        handler(EVENT, CONTEXT)
    assert str(refused.value) == (
        "Endpoint.EndpointName = 'retune': This endpoint is of the deployment 'retune-prod', by "
        "its tag retune:prefix. Choose another name, or set that tag to retune to take the "
        "endpoint over."
    )
    assert RunFolder("data-bucket", "runs/monday/").read(PLAN) is None


@pytest.mark.parametrize(
    ("name", "required", "settings"),
    [
        (OWN_CONFIG, {"KmsKeyId": KEY}, ["retune:kms_key"]),
        (OWN_CONFIG, {"EnableNetworkIsolation": True}, ["retune:network_isolation"]),
        (OWN_CONFIG, {}, None),
        ("made-by-hand", {"KmsKeyId": KEY}, None),  # no role may look at its model
    ],
)
def test_what_serves_and_lacks_what_is_asked_of_every_run_is_known(
    bucket: Account, name: str, required: dict[str, Any], settings: list[str] | None
) -> None:
    upload(bucket, "train", "validation")
    deploy(bucket, name)
    within = DeployedSettings({}, required=required).to_text()
    weak = handler({**EVENT, "Settings": within}, CONTEXT).get("WeakChampion")
    assert (weak and weak["Settings"]) == settings
