"""`retune list`: executions with the names that other commands take."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pytest

from retune.commands.list_executions import _table
from retune.executions.history import past_runs
from retune.output import listed
from retune.output.terminal import Terminal
from tests.cli.conftest import Run
from tests.cli.test_history import STACK, aws, names

__all__ = ["aws"]  # a fixture


def test_only_those_of_an_outcome(aws: Any) -> None:
    assert names(past_runs(aws, STACK, None, 20, outcome="KeptChampion")) == ["kept"]
    assert names(past_runs(aws, STACK, "retune-shop", 20, outcome="KeptChampion")) == []


def test_step_functions_looks_for_those_of_a_status(aws: Any) -> None:
    past_runs(aws, STACK, None, 20, status="RUNNING")
    assert aws.listed == {"statusFilter": "RUNNING"}


def test_name_is_never_cut_however_long_it_is(aws: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    (run,) = past_runs(aws, STACK, None, 20, outcome="KeptChampion")
    written = io.StringIO()
    Terminal(file=written, width=80).print(_table([run]))
    head, row = written.getvalue().splitlines()
    assert head.split() == ["Started", "Took", "Model", "or", "endpoint", "Outcome", "Execution"]
    assert row.split() == ["2026-11-28", "06:00", "0", "s", "retune-bank", "KeptChampion", "kept"]


def test_run_that_was_stopped_or_ran_out_of_time_is_called_as_the_outcomes_are(aws: Any) -> None:
    (own,) = past_runs(aws, STACK, "retune", 1)
    for status, outcome in (("ABORTED", "Cancelled"), ("TIMED_OUT", "TimedOut")):
        assert replace(own, execution=replace(own.execution, status=status)).outcome == outcome


def test_unknown_outcome_is_refused_with_the_one_that_is_meant(retune: Run) -> None:
    ended = retune("list", "--outcome", "Deploid")
    assert ended.exit_code == 2
    assert "'Deploid' is no outcome. Did you mean Deployed?" in ended.output


def test_status_may_be_written_small(retune: Run) -> None:
    assert retune("list", "--status", "running").exit_code == 3  # nobody is asked: no credentials
    ended = retune("list", "--status", "done")
    assert ended.exit_code == 2
    assert "is not one of 'running'" in ended.output


def test_what_is_listed_is_json_for_programs(aws: Any, capsys: pytest.CaptureFixture[str]) -> None:
    runs = past_runs(aws, STACK, None, 20)
    listed.write_json([run.as_document() for run in runs])
    documents = json.loads(capsys.readouterr().out)
    assert [each["Name"] for each in documents] == ["refused", "other", "skipped", "kept", "own"]
    assert [each["Status"] for each in documents][-1] == "RUNNING"
    assert documents[0]["ModelName"] == "bank"
