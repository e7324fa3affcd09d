"""A run that would be for nothing, or beside another of the same endpoint, is skipped."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.aws import objects
from tuning.aws.endpoint_folder import EndpointFolder
from tuning.aws.run_folder import PLAN, RunFolder
from tuning.errors import InvalidInput
from tuning.handlers import plan_tuning
from tuning.handlers.plan_tuning import handler
from tuning.variables.last_run import LastRun
from tuning.variables.plan import Plan
from tuning.variables.rollback import Rollback

from tests.tuning.account import Account
from tests.tuning.handlers.deployments import deploy
from tests.tuning.handlers.plan_events import EVENT, upload
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.plans import EXECUTION

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
