"""Prepare: the plan up to the processing job, what is refused before it, and the plan after it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from local_sagemaker.sagemaker.processing.processing_rules import check_processing
from local_sagemaker.sagemaker.request_validation import validate_request
from preparation.job import request_of
from preparation.request import Request
from tuning.checks.cost_bound import cost_bound, made_of
from tuning.environment import PlanningEnvironment
from tuning.errors import InvalidInput, MissingData
from tuning.failure.failure import Failure
from tuning.planning.plan import checked, plan_run
from tuning.variables.cost import Cost
from tuning.variables.failed_state import FailedState
from tuning.variables.last_run import Fingerprint
from tuning.variables.plan import Plan

from tests.tuning.channel_store import ROWS, ChannelStore
from tests.tuning.plans import ENVIRONMENT, EXECUTION

TABLE = "s3://data-bucket/tables/customers/"
PREPARE = {"Table": TABLE, "Label": "bought"}
ASKED = {"Prepare": PREPARE}
MADE = "s3://data-bucket/runs/monday/preparation/channels/"
READ = Fingerprint(settings="settings", data="table")


def table(**objects: bytes) -> ChannelStore:
    found = objects or {"customers.csv": b"bought,age\nyes,39\nno,40\n"}
    return ChannelStore({TABLE + name: content for name, content in found.items()})


def made() -> ChannelStore:
    return ChannelStore(
        {f"{MADE}{name}/0.csv": ROWS for name in ("train", "validation", "test")} | table().objects
    )


def plan(
    prepare: dict[str, Any] = PREPARE,
    *,
    data: ChannelStore | None = None,
    environment: PlanningEnvironment = ENVIRONMENT,
    prepared: Fingerprint | None = None,
    **fields_: Any,
) -> Plan:
    account = data or table()
    document = {"Prepare": prepare} | fields_
    return plan_run(document, environment, EXECUTION, account, account, prepared=prepared)


def test_processing_job_is_one_that_sagemaker_takes() -> None:
    preparation = plan().preparation
    assert preparation is not None
    job: Any = {**preparation.processing_job}
    assert job["ProcessingJobName"] == "retune-261124-b8c17ada-prepare"
    job["ProcessingJobName"] += "-00"
    validate_request("CreateProcessingJob", job)
    check_processing(job)
    assert job["ProcessingInputs"][1]["S3Input"]["S3Uri"] == TABLE
    assert job["NetworkConfig"]["EnableNetworkIsolation"]
    assert {"Key": "retune:execution", "Value": EXECUTION.id} in job["Tags"]


def test_first_plan_knows_where_the_channels_will_lie_and_second_looks_at_them() -> None:
    first, second = plan(), plan(data=made(), prepared=READ)
    channels = [each["DataSource"]["S3DataSource"]["S3Uri"] for each in channels_of(first)]
    assert channels == [f"{MADE}train/", f"{MADE}validation/"]
    assert channels_of(second) == channels_of(first)
    assert first.evaluation is not None
    assert first.evaluation.test_channel == f"{MADE}test/"
    assert (second.preparation, second.fingerprint) == (None, READ)
    assert second.samples.key == "runs/monday/preparation/channels/validation/0.csv"


def test_without_a_share_there_is_no_test_channel() -> None:
    made_plan = plan(PREPARE | {"Test": 0})
    assert made_plan.evaluation is None
    assert made_plan.not_evaluated == "There is no test channel."


def channels_of(made_plan: Plan) -> list[Any]:
    definition: Any = made_plan.tuning_job["TrainingJobDefinition"]
    return list(definition["InputDataConfig"])


def test_run_is_known_by_its_table_and_not_by_where_the_channels_lie() -> None:
    unchanged, changed = table(), table(**{"customers.csv": b"bought,age\nno,1\n"})
    assert plan(data=unchanged).fingerprint == plan(data=table()).fingerprint
    assert plan(data=changed).fingerprint != plan(data=unchanged).fingerprint
    other = plan(PREPARE | {"Drop": ["name"]})
    assert other.fingerprint.data == plan().fingerprint.data
    assert other.fingerprint.settings != plan().fingerprint.settings


def test_preparing_counts_towards_what_the_run_can_cost() -> None:
    hour = Cost(amount=0.5, currency="USD", prices="a test")
    bounds = [
        cost_bound(run, "eu-central-1", lambda *_: hour)
        for run in (checked({}, ENVIRONMENT, EXECUTION), checked(ASKED, ENVIRONMENT, EXECUTION))
    ]
    without, with_it = (bound.cost.amount for bound in bounds)
    assert without is not None
    assert with_it == without + 0.5
    assert bounds[1].preparation_instance_seconds == 3600
    assert "and 3600 of preparing data" in made_of(bounds[1])


def test_what_the_input_says_is_what_the_program_reads() -> None:
    everything = {
        "Task": "binary",
        "Positive": "yes",
        "Group": "customer",
        "Validation": 0.1,
        "Test": 0.3,
        "Salt": "again",
        "Drop": ["name"],
        "Text": ["zip"],
        "Dates": {"day": "DMY"},
        "Missing": ["-9"],
    }
    preparation = plan(PREPARE | everything).preparation
    assert preparation is not None
    request = request_of(preparation.request)
    assert {each.name for each in fields(Request)} == set(preparation.request)
    assert (request.label, request.positive, request.drop) == ("bought", "yes", ("name",))
    assert (request.split.by, request.split.column) == ("group", "customer")
    assert (request.split.test, request.split.validation) == (0.3, 0.1)
    assert request.dates == {"day": "DMY"}


@pytest.mark.parametrize(
    ("fields_", "words"),
    [
        ({"Channels": {"train": "s3://b/a/"}}, "Prepare takes its place, and is given too"),
        ({"Retrain": {"Channels": {"train": "s3://bucket/a/"}}}, "Retrain.Channels"),
        ({"ContentType": "text/libsvm"}, "The channels that Prepare makes are CSV"),
        ({"Prepare": PREPARE | {"Group": "a", "Time": "b"}}, "Prepare.Time splits the rows"),
        ({"Prepare": PREPARE | {"Validation": 0.8}}, "no row is left to learn from"),
        ({"Prepare": PREPARE | {"Drop": ["bought"]}}, "Prepare.Label needs the column 'bought'"),
        ({"Prepare": PREPARE | {"Time": "a", "Drop": ["a"]}}, "Prepare.Drop leaves it out"),
        ({"Prepare": PREPARE | {"Test": 0}, "Evaluation": {}}, "Channels.test is not given"),
        ({"Prepare": {"Table": TABLE}}, "Prepare.Label is not given"),
        ({"Prepare": PREPARE | {"Labels": "x"}}, "Prepare.Labels"),
    ],
)
def test_what_does_not_go_together_is_refused(fields_: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        plan(**{"prepare": fields_.pop("Prepare", PREPARE)}, **fields_)
    assert words in str(refusal.value)


def test_table_that_is_not_there_is_missing_data() -> None:
    with pytest.raises(MissingData, match=r"Prepare\.Table = .* no object with data"):
        plan(data=ChannelStore())


@pytest.mark.parametrize("place", ["", "run", "runs/monday/report/", "capture/"])
def test_what_retune_writes_is_no_table(place: str) -> None:
    with pytest.raises(InvalidInput, match="What Retune writes into this bucket lies there too"):
        plan(PREPARE | {"Table": f"s3://data-bucket/{place}"})


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"PK\x03\x04...", "is a ZIP file or a workbook"), (b"x" * 10**6, "Use at least")],
    ids=["workbook", "larger than the volume"],
)
def test_table_that_no_job_could_prepare_costs_nothing(
    content: bytes, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tuning.data.table_objects._GB", 10**4)
    with pytest.raises(InvalidInput) as refusal:
        plan(data=table(file=content))
    assert words in str(refusal.value)


def test_failure_is_the_last_sentence_of_the_program() -> None:
    """Whatever else it sounds like: columns have any names."""
    sentence = "Column 'Throttled' has numbers in 98 % of its cells. Say Prepare.Text."
    cause = f'{{"ProcessingJobStatus": "Failed", "ExitMessage": "{sentence}"}}'
    failed = FailedState(state="Prepare", error="States.TaskFailed", cause=cause)
    failure = Failure.of(failed)
    assert failure.outcome == "PreparationFailed"
    assert failure.reason().splitlines()[0] == f"Prepare: {sentence}"
