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
from tuning.errors import InvalidInput, MissingData
from tuning.handlers import plan_tuning
from tuning.handlers.plan_tuning import handler
from tuning.variables.last_run import LastRun
from tuning.variables.plan import Plan
from tuning.variables.rollback import Rollback

from tests.preparation.descriptions import description
from tests.tuning.account import Account
from tests.tuning.handlers.deployments import deploy
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.plans import ENVIRONMENT, EXECUTION

KEPT = (FILE_NAME, "encoder.py")
EVENT = {
    "Input": {},
    "ExecutionId": EXECUTION.id,
    "ExecutionName": "monday",
    "StartTime": "2026-11-24T06:30:00.123Z",
}


@pytest.fixture
def bucket(account: Account, monkeypatch: pytest.MonkeyPatch) -> Account:
    """The data bucket, and what else PlanTuning reads from its environment."""
    monkeypatch.setenv("ALARM_NAMES", "[]")
    monkeypatch.setenv("IMAGE_REPOSITORIES", "[]")
    monkeypatch.setenv("PREPARATION_PROGRAM", "s3://data-bucket/prepare.pyz")
    monkeypatch.setenv("TRAINING_ROLE_ARN", ENVIRONMENT.training_role_arn)
    defaults = {"ResourceLimits": {"MaxNumberOfTrainingJobs": 7}}
    monkeypatch.setenv("DEFAULT_INPUT", json.dumps(defaults))
    return account


def upload(bucket: Account, *names: str) -> None:
    for name in names:
        bucket.put(f"data/{name}/{name}.csv", "1,2\n0,3\n")


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


SUNDAY = f"{EXECUTION.id}-before"


class TestSkipping:
    """A run that would be for nothing."""

    @pytest.fixture(autouse=True)
    def data(self, bucket: Account) -> None:
        upload(bucket, "train", "validation")

    def plan(self, execution: str = EXECUTION.id, **document: Any) -> Plan:
        return Plan.parse(handler({**EVENT, "ExecutionId": execution, "Input": document}, CONTEXT))

    def keep_verdict(self) -> None:
        """Of a run on Sunday, with what lies in the bucket now."""
        last = LastRun(
            execution_id=SUNDAY,
            outcome="KeptChampion",
            fingerprint=self.plan(DryRun=False).fingerprint,
        )
        EndpointFolder("data-bucket", "retune").keep_last_run(last)

    def test_unchanged_data_and_settings_are_skipped_when_asked(self, bucket: Account) -> None:
        self.keep_verdict()
        deploy(bucket, "champion")
        skipped = self.plan(RetuneWhen="DataChanged").skipped
        assert skipped is not None
        assert skipped.outcome == "Skipped"
        assert f"{SUNDAY}, which ended KeptChampion" in skipped.reason
        kept = bucket.read("endpoints/retune/last-skipped.json")  # which is a success of the model
        assert kept == {"ExecutionId": EXECUTION.id}

    def test_new_rows_are_not_skipped(self, bucket: Account) -> None:
        self.keep_verdict()
        deploy(bucket, "champion")
        bucket.put("data/train/more.csv", "1,2\n0,3\n")
        assert self.plan(RetuneWhen="DataChanged").skipped is None

    def test_without_being_asked_nothing_is_skipped(self, bucket: Account) -> None:
        self.keep_verdict()
        deploy(bucket, "champion")
        assert self.plan().skipped is None

    def test_endpoint_that_is_gone_is_made_again(self, bucket: Account) -> None:
        self.keep_verdict()
        assert self.plan(RetuneWhen="DataChanged").skipped is None

    def test_second_run_is_skipped_while_the_first_goes_on(self, first: str) -> None:
        self.plan(first)
        skipped = self.plan().skipped
        assert skipped is not None
        assert first in skipped.reason

    def test_run_that_is_skipped_leaves_no_plan(self, bucket: Account, first: str) -> None:
        self.plan(first)
        bucket.client("s3").delete_object(Bucket=bucket.bucket, Key="runs/monday/plan.json")
        self.plan()
        assert RunFolder("data-bucket", "runs/monday/").read(PLAN) is None

    def test_run_that_is_over_holds_nothing_however_it_ended(
        self, bucket: Account, first: str
    ) -> None:
        self.plan(first)
        bucket.client("stepfunctions").stop_execution(executionArn=first)
        assert self.plan().skipped is None
        assert bucket.read("endpoints/retune/running.json") == {"ExecutionId": EXECUTION.id}

    def test_another_attempt_of_the_same_run_goes_on(self, first: str) -> None:
        assert [self.plan(first).skipped for _ in range(2)] == [None, None]

    def test_run_that_writes_first_is_the_only_one(
        self, first: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Both have seen that nobody runs; the conditional write decides."""
        read, answers = objects.read_with_etag, [None]
        monkeypatch.setattr(
            objects, "read_with_etag", lambda place: answers.pop() if answers else read(place)
        )
        EndpointFolder("data-bucket", "retune").claim(first)
        answers.append(None)
        assert EndpointFolder("data-bucket", "retune").claim(EXECUTION.id) == first

    def test_rollback_hears_that_another_run_is_in_its_way(
        self, first: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = Rollback(training_job_name="old", hyper_parameters={}, replaced="new")
        made = self.plan(first).model_copy(update={"rollback": asked})
        monkeypatch.setattr(plan_tuning, "plan_rollback", lambda *_: made)
        with pytest.raises(InvalidInput, match=f"'old': Another execution .* goes on: {first}"):
            self.plan(Rollback={"EndpointConfigName": "old"})

    @pytest.mark.parametrize(
        "document", [{"Endpoint": {"EndpointName": "retune-other"}}, {"DryRun": True}]
    )
    def test_other_endpoints_and_dry_runs_do_not_wait(
        self, first: str, document: dict[str, Any]
    ) -> None:
        self.plan(first)
        assert self.plan(**document).skipped is None

    @pytest.fixture
    def first(self, bucket: Account, machine: str) -> str:
        """An execution that goes on."""
        started = bucket.client("stepfunctions").start_execution(stateMachineArn=machine)
        return str(started["executionArn"])


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
