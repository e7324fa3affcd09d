"""What a person sees of an execution: counts, time left, the best so far."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from tuning.trials.trials import Trial, TuningJob

from retune.commands.results import Format, write
from retune.ending import ending
from retune.executions import Execution
from retune.live_view import draw, plain, progress_view
from retune.progress import Progress, TuningProgress, best_text, trials_text
from retune.results_table import results_table
from retune.terminal import Terminal

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
