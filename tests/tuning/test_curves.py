"""Learning curves, from the logs of few training jobs and within bounds."""

from __future__ import annotations

from time import time
from typing import Any

import pytest
from tuning.aws import training_logs
from tuning.report.curves import MOST, MOST_POINTS, Curve, jobs_with_curves, parse_curve
from tuning.report.run import Run
from tuning.report.search import Search

from tests.tuning.account import Account
from tests.tuning.recorded import IMAGE
from tests.tuning.report_runs import lesson_trials
from tests.tuning.searches import search_of

REGEX = r".*\[[0-9]+\].*#011validation-auc:([-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?).*"
AUC = "validation:auc"


def definition() -> dict[str, Any]:
    """As DescribeHyperParameterTuningJob tells it: the objective's Regex was added."""
    return {
        "AlgorithmSpecification": {
            "TrainingImage": IMAGE,
            "TrainingInputMode": "File",
            "MetricDefinitions": [{"Name": "ObjectiveMetric", "Regex": REGEX}],
        },
        "RoleArn": "arn:aws:iam::123456789012:role/training",
        "OutputDataConfig": {"S3OutputPath": "s3://bucket/"},
        "StoppingCondition": {"MaxRuntimeInSeconds": 60},
    }


def searched(scored: int = 3, failed: int = 1) -> Search:
    return search_of(
        lesson_trials(scored=scored, failed=failed), TrainingJobDefinition=definition()
    )


def test_curve_has_each_value_that_the_log_tells() -> None:
    lines = [
        "INFO: begins",
        "[0]#011train-auc:0.5#011validation-auc:0.61",
        "[1]\ttrain-auc:0.6\tvalidation-auc:0.72",
        "[2]#011train-auc:0.6#011validation-auc:nan",
    ]
    assert parse_curve(AUC, REGEX, lines) == Curve(AUC, ((1, 0.61), (2, 0.72)))


@pytest.mark.parametrize(
    ("regex", "why"), [("auc=(?<auc>.*)", "unknown extension"), ("auc=.*", "no group")]
)
def test_a_regex_of_another_dialect_is_told_and_changes_nothing_else(
    account: Account, regex: str, why: str
) -> None:
    written = definition()
    written["AlgorithmSpecification"]["MetricDefinitions"][0]["Regex"] = regex
    search = search_of(lesson_trials(scored=3, failed=0), TrainingJobDefinition=written)
    write_log(account, search.scored[0].name, ["auc=0.6", "auc=0.7"])
    found = training_logs.read_curves(Run(search=search), account.client("logs"))
    assert found.by_job == {}
    assert found.note is not None
    assert why in found.note


def test_a_group_that_took_no_part_is_no_value() -> None:
    lines = ["auc=0.6", "auc=", "auc=0.7"]
    assert parse_curve(AUC, "auc=([0-9.]+)?", lines) == Curve(AUC, ((1, 0.6), (2, 0.7)))


def test_one_value_is_no_curve() -> None:
    assert parse_curve(AUC, REGEX, ["[0]#011validation-auc:0.61"]) is None


def test_long_curve_is_thinned_and_keeps_its_end() -> None:
    lines = [f"[{step}]#011validation-auc:0.{step:04d}" for step in range(3000)]
    found = parse_curve(AUC, REGEX, lines)
    assert found is not None
    assert len(found.points) <= MOST_POINTS + 1
    assert found.points[-1] == (3000, 0.2999)


def test_curves_are_of_the_best_jobs_and_of_some_that_were_stopped_early() -> None:
    summaries = lesson_trials(scored=60, failed=2)
    for summary in summaries[:40]:
        summary["TrainingJobStatus"] = "Stopped"
    chosen = jobs_with_curves(search_of(summaries))
    assert len(chosen) == len({trial.name for trial in chosen}) == MOST
    assert sum(trial.status == "Stopped" for trial in chosen) >= MOST // 2


def write_log(account: Account, name: str, lines: list[str]) -> None:
    logs, group = account.client("logs"), training_logs.LOG_GROUP
    stream = {"logGroupName": group, "logStreamName": f"{name}/algo-1-1767225600"}
    if not logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]:
        logs.create_log_group(logGroupName=group)
    logs.create_log_stream(**stream)
    now = int(time() * 1000)  # CloudWatch Logs takes nothing that is old
    events = [{"timestamp": now + at, "message": line} for at, line in enumerate(lines)]
    logs.put_log_events(**stream, logEvents=events)


def test_logs_are_read_and_jobs_without_one_are_counted(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run(search=searched())
    best = run.search.scored[0]
    write_log(account, best.name, ["[0]#011validation-auc:0.6", "[1]#011validation-auc:0.7"])
    found = training_logs.read_curves(run, account.client("logs"))
    assert found.note is None
    assert found.by_job == {best.name: Curve(AUC, ((1, 0.6), (2, 0.7)))}
    assert (found.left_out, found.unit, found.note) == (3, "round", None)
    monkeypatch.setattr(training_logs, "MOST_SECONDS", -1)
    assert "would have taken more than" in (
        training_logs.read_curves(run, account.client("logs")).note or ""
    )


def test_logs_that_cannot_be_read_are_told_and_asked_for_once(account: Account) -> None:
    account.refuse("logs", "DescribeLogStreams", "AccessDeniedException", "Not you.")
    found = training_logs.read_curves(Run(search=searched()), account.client("logs"))
    assert found.by_job == {}
    assert "Not you." in (found.note or "")
    assert found.left_out == 4
