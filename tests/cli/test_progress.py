"""What a person sees of an execution: counts, time left, the best so far."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from tuning.trials.trials import Trial, TuningJob

from retune.commands.results import Format, write
from retune.executions import progress
from retune.executions.ending import ending
from retune.executions.execution import Execution, Trace
from retune.executions.live_view import draw, plain, progress_view
from retune.executions.progress import (
    Progress,
    ProgressReader,
    TuningProgress,
    best_text,
    trials_text,
)
from retune.executions.undone import what_stopping_does
from retune.output.curve import curve
from retune.output.terminal import Terminal
from retune.trials.results_table import results_table

START = datetime(2026, 11, 24, 3, tzinfo=UTC)
COUNTERS = {"Completed": 4, "InProgress": 3, "Stopped": 1, "NonRetryableError": 1}
RANGES = {
    "IntegerParameterRanges": [{"Name": "max_depth", "MinValue": "3", "MaxValue": "10"}],
    "ContinuousParameterRanges": [{"Name": "eta", "MinValue": "0.01", "MaxValue": "0.3"}],
}


def tuning_job(asked: int | None = 20, **fields: Any) -> TuningJob:
    limits = {"MaxParallelTrainingJobs": 3} | ({"MaxNumberOfTrainingJobs": asked} if asked else {})
    config = {
        "ResourceLimits": limits,
        "ParameterRanges": RANGES,
        "HyperParameterTuningJobObjective": {"Type": "Maximize", "MetricName": "validation:auc"},
    }
    counters = fields.pop("counters", COUNTERS)
    return TuningJob("retune-1", "InProgress", config, counters, START, **fields)


def trial(number: int, value: float | None, **fields: Any) -> Trial:
    tuned = {"max_depth": "5", "eta": "0.0812345"}
    name, status = f"retune-1-{number:03}", fields.pop("status", "Completed")
    return Trial(name, status, START, tuned, value=value, **fields)


def execution(status: str = "RUNNING", **fields: Any) -> Execution:
    values = {"stopped": None, "output": {}, "error": "", "cause": ""} | fields
    return Execution("arn", "first", status, START, **values)


def test_failed_and_stopped_trials_are_done() -> None:
    tuning = TuningProgress(tuning_job(), None)
    assert trials_text(tuning) == "6 of 20 training jobs done, 3 running, 1 failed"


def test_training_job_that_an_internal_error_ended_has_failed() -> None:
    tuning = TuningProgress(tuning_job(counters={**COUNTERS, "RetryableError": 1}), None)
    assert trials_text(tuning) == "7 of 20 training jobs done, 3 running, 2 failed"


def test_time_left_goes_by_the_pace_so_far() -> None:
    tuning = TuningProgress(tuning_job(), None)
    assert tuning.seconds_left(START + timedelta(seconds=60)) == pytest.approx(140)
    assert trials_text(tuning, START + timedelta(seconds=60)).endswith("about 2 min 20 s left")


@pytest.mark.parametrize(
    "job",
    [
        tuning_job(
            counters={"Completed": 0, "InProgress": 3, "Stopped": 0, "NonRetryableError": 0}
        ),
        tuning_job(asked=None),
        tuning_job(ended=START + timedelta(seconds=50)),
    ],
    ids=["none done", "no limit", "ended"],
)
def test_time_left_is_not_made_up(job: TuningJob) -> None:
    assert TuningProgress(job, None).seconds_left(START + timedelta(seconds=60)) is None


def test_best_so_far_names_metric_and_hyperparameters() -> None:
    tuning = TuningProgress(tuning_job(), trial(1, 0.7931234))
    assert best_text(tuning) == "best validation:auc 0.79312 (eta 0.08123, max_depth 5)"
    assert best_text(TuningProgress(tuning_job(), None)) == ""


def test_a_line_tells_state_and_trials_or_the_end() -> None:
    tuning = TuningProgress(tuning_job(), None)
    assert plain(Progress(execution(), "", None)) == "first: starting"
    assert plain(Progress(execution(), "RunTuning", tuning)).startswith("first: RunTuning; 6 of 20")
    assert plain(Progress(execution("TIMED_OUT"), "RunTuning", None)) == "first: timed_out"


def test_without_a_terminal_only_changes_are_printed() -> None:
    written = StringIO()
    steps = [Progress(execution(), state, None) for state in ("A", "A", "B")]
    with progress_view(Terminal(file=written)) as show:
        for step in steps:
            show(step)
    assert written.getvalue() == "first: A\nfirst: B\n"


def test_on_a_terminal_bar_and_best_are_drawn() -> None:
    console = Terminal(file=StringIO(), force_terminal=True, color_system=None, width=100)
    with console.capture() as captured:
        tuning = TuningProgress(tuning_job(), trial(1, 0.79))
        console.print(draw(Progress(execution(), "RunTuning", tuning)))
    drawn = captured.get()
    for words in ("first", "RunTuning", "6 of 20 training jobs done", "best validation:auc 0.79"):
        assert words in drawn


def test_on_a_terminal_the_newest_jobs_and_the_best_so_far_fit_80_columns() -> None:
    trials = [trial(number, value) for number, value in enumerate((0.7, 0.6, 0.75, None, 0.8), 1)]
    best = replace(trials[-1], tuned_hyperparameters={f"hyperparameter_{n}": "1" for n in range(9)})
    tuning = TuningProgress(tuning_job(), best, [*trials, trial(6, None, status="InProgress")])
    console = Terminal(file=StringIO(), color_system=None, width=80)
    with console.capture() as captured:
        console.print(draw(Progress(execution(), "RunTuning", tuning)))
    lines = captured.get().splitlines()
    assert max(map(len, lines)) <= 80
    jobs = [line.split()[0] for line in lines if line[:1].isdigit()]
    assert jobs == ["002", "003", "004", "005", "006"]
    assert any(line.strip() == "best so far 0.70000 ▁▁▅█ 0.80000" for line in lines)


def test_best_so_far_of_what_is_minimised_goes_down() -> None:
    job = tuning_job()
    objective = {"Type": "Minimize", "MetricName": "validation:rmse"}
    job = replace(job, config={**job.config, "HyperParameterTuningJobObjective": objective})
    tuning = TuningProgress(job, None, [trial(n, v) for n, v in enumerate((3.0, 4.0, 2.0), 1)])
    assert tuning.best_so_far() == [3.0, 3.0, 2.0]


def test_curve_has_no_more_columns_than_it_may_and_ends_with_the_last() -> None:
    assert curve([1, 1, 1], 40) == "▁▁▁"
    long = curve([*range(100), 1000], 40)
    assert len(long) <= 40
    assert long[-1] == "█"


def test_trials_are_listed_again_only_when_something_has_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks = iter([COUNTERS, COUNTERS, {**COUNTERS, "Completed": 5}])
    listed: list[str] = []

    def read_trials(aws: Any, job: TuningJob) -> list[Trial]:
        listed.append(job.name)
        return [trial(2, 0.7), trial(1, 0.6)]

    found = {
        "describe_execution": lambda aws, arn: execution(),
        "trace_execution": lambda aws, arn: Trace("RunTuning", "retune-1"),
        "read_tuning_job": lambda aws, name: (tuning_job(counters=next(looks)), None),
        "read_trials": read_trials,
    }
    for name, function in found.items():
        monkeypatch.setattr(progress, name, function)
    reader = ProgressReader(None, "arn")  # type: ignore[arg-type]
    assert [len(listed) for _ in range(3) if reader.read()] == [1, 1, 2]
    shown = reader._trials
    assert [each.name for each in shown] == ["retune-1-001", "retune-1-002"]


STOPPING = {
    "RunTuning": ("The tuning job retune-1 is stopped: 6 training jobs are done", "not been touch"),
    "WaitForEndpoint": ("The endpoint goes back to what served before",),
    "WriteReport": ("it serves and has answered real rows: it stays",),
    "Recover: CleanUp": ("It has failed already",),
}


@pytest.mark.parametrize("state", STOPPING)
def test_what_stopping_undoes_follows_from_the_state(state: str) -> None:
    tuning = TuningProgress(tuning_job(), None) if state == "RunTuning" else None
    said = " ".join(what_stopping_does(Progress(execution(), state, tuning)))
    for words in STOPPING[state]:
        assert words in said


def test_results_table_is_the_lessons() -> None:
    failed = trial(2, None, status="Failed", failure_reason="ClientError: labels")
    console = Terminal(file=StringIO(), width=200)
    with console.capture() as captured:
        job = tuning_job(best_training_job="retune-1-001")
        console.print(results_table(job, [trial(1, 0.79), failed]))
    head, _, first, second = [line for line in captured.get().splitlines() if line.strip()]
    cells = [cell.strip() for cell in head.strip("| ").split("|")]
    assert cells == [
        "Training Job", "Max Depth", "Eta", "Objective (validation:auc)", "Time", "Status"
    ]  # fmt: skip
    assert "retune-1-001" in first
    assert "Failed: ClientError: labels" in second


def test_results_of_a_terminal_fit_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    job = replace(tuning_job(), name="retune-261129-534f86dc-00")
    named = replace(trial(1, 0.79123), name="retune-261129-534f86dc-00-006-a7553f20")
    write(job, [named], Format.TABLE)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    row = next(line for line in lines if line.startswith("006"))
    for cell in (" 5", "0.08123", "0.79123", "Completed"):
        assert cell in row


def test_ending_tells_what_step_functions_knows() -> None:
    refused = execution("FAILED", error="InputRefused", cause="eta is too large")
    assert ending(refused) == "is FAILED: InputRefused\neta is too large"
    assert ending(execution("ABORTED")) == "is ABORTED"
