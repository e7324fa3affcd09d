"""`retune compare`: two runs side by side, with what differs marked."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from retune.commands import compare as command
from retune.commands.compare import _rows, _table
from retune.executions import run_facts
from retune.executions.execution import Trace
from retune.executions.run_facts import read_facts
from retune.output.listed import Format
from retune.output.terminal import Terminal
from retune.stack import Stack
from tests.cli.test_history import EXECUTIONS, MACHINE
from tests.cli.test_progress import START
from tests.tuning.hostile_text import ALL, commands

OUTPUTS = {"StateMachineArn": MACHINE, "EndpointName": "retune", "DataBucketName": "retune-data"}
STACK = Stack("retune", OUTPUTS)
OBJECTIVE = {"Type": "Maximize", "MetricName": "validation:auc"}
BEST = {
    "TrainingJobName": "retune-1-003-0a1b2c3d",
    "TrainingJobStatus": "Completed",
    "CreationTime": START,
    "TunedHyperParameters": {"eta": "0.0812345"},
    "FinalHyperParameterTuningJobObjectiveMetric": {"MetricName": "validation:auc", "Value": 0.79},
}


def tuning_job(strategy: str, **ranges: str) -> dict[str, Any]:
    continuous = [{"Name": "eta", "MinValue": "0.00001", "MaxValue": "0.3", **ranges}]
    channel = {"S3DataSource": {"S3Uri": "s3://bucket/train/"}}
    return {
        "HyperParameterTuningJobName": "retune-1",
        "HyperParameterTuningJobStatus": "Completed",
        "HyperParameterTuningJobConfig": {
            "Strategy": strategy,
            "ResourceLimits": {"MaxNumberOfTrainingJobs": 5, "MaxParallelTrainingJobs": 2},
            "ParameterRanges": {"ContinuousParameterRanges": continuous},
            "HyperParameterTuningJobObjective": {
                "Type": "Maximize",
                "MetricName": "validation:auc",
            },
        },
        "TrainingJobDefinition": {
            "StaticHyperParameters": {"num_round": "100", "_tuning_objective_metric": "x"},
            "InputDataConfig": [{"ChannelName": "train", "DataSource": channel}],
        },
        "TrainingJobStatusCounters": {"Completed": 5, "NonRetryableError": 0},
        "CreationTime": START,
        "BestTrainingJob": BEST,
    }


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> None:
    """The executions of the history's tests, each with a tuning job of its own but `refused`."""
    known = {each.name: each for each in EXECUTIONS}
    jobs = {
        known["kept"].arn: ("kept", tuning_job("Bayesian")),
        known["other"].arn: ("other", tuning_job("Random", ScalingType="Logarithmic")),
    }
    named = dict(jobs.values())
    monkeypatch.setattr(run_facts, "find_execution", lambda aws, stack, name: known[name])
    trace = {arn: Trace("Succeeded", name) for arn, (name, _) in jobs.items()}
    monkeypatch.setattr(
        run_facts, "trace_execution", lambda aws, arn: trace.get(arn, Trace("", None))
    )
    monkeypatch.setattr(run_facts, "described_tuning_job", lambda aws, name: named[name])
    monkeypatch.setattr(run_facts, "endpoint_of_model", lambda stack, name: "retune-bank")
    plan = {"Fingerprint": {"Data": "d" * 64, "Settings": "5" * 64}}
    monkeypatch.setattr("retune.executions.run_facts.RunFolder.read", lambda folder, file: plan)
    monkeypatch.setattr(command, "find_stack", lambda aws, name: STACK)


def drawn(one: str, other: str) -> list[str]:
    facts = [read_facts(None, STACK, name) for name in (one, other)]  # type: ignore[arg-type]
    written = io.StringIO()
    table = _table(one, other, list(_rows(*facts)))
    Terminal(file=written, width=200).print(table)
    return [" ".join(line.replace("|", " ").split()) for line in written.getvalue().splitlines()]


@pytest.mark.usefixtures("account")
def test_what_differs_is_marked_and_what_does_not_is_shown() -> None:
    lines = drawn("kept", "other")
    for line in (
        "≠ Outcome KeptChampion DryRun",
        "≠ Strategy Bayesian Random",
        "≠ eta 0.00001 to 0.3, Auto 0.00001 to 0.3, Logarithmic",
        "Training jobs 5 of 5 5 of 5",
        "train s3://bucket/train/ s3://bucket/train/",
        "Data dddddddddddd dddddddddddd",
        "validation:auc 0.79000 0.79000",
        "num_round 100 100",
    ):
        assert line in lines
    assert not any("_tuning_objective_metric" in line for line in lines)


@pytest.mark.usefixtures("account")
def test_run_that_was_refused_has_an_outcome_to_compare() -> None:
    assert "≠ Outcome InputRefused KeptChampion" in drawn("refused", "kept")


@pytest.mark.usefixtures("account")
def test_only_what_differs(capsys: pytest.CaptureFixture[str]) -> None:
    command.compare("kept", "other", different=True)
    assert "Training jobs" not in capsys.readouterr().out
    command.compare("kept", "kept", different=True)
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "Nothing differs.\n")


@pytest.mark.usefixtures("account")
def test_facts_are_json_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    command.compare("kept", "other", format=Format.JSON)
    one, other = json.loads(capsys.readouterr().out)
    assert (one["Name"], other["Name"]) == ("kept", "other")
    assert one["Best training job"]["validation:auc"] == 0.79
    assert one["Outcome"]["Outcome"] == "KeptChampion"


def test_texts_of_strangers_are_shown_and_not_obeyed() -> None:
    written = io.StringIO()
    rows = list(_rows({ALL: {ALL: ALL}}, {ALL: {ALL: 1.0}}))
    Terminal(file=written, width=80).print(_table(ALL, ALL, rows))
    assert commands(written.getvalue()) == []
