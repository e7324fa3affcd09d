"""`retune history`: what became of a model's runs, newest first."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from retune.aws import Aws
from retune.commands.history import _lines
from retune.errors import InputError
from retune.executions import history
from retune.executions.execution import Execution
from retune.executions.history import PastRun, endpoint_named, past_runs
from retune.stack import Stack

MACHINE = "arn:aws:states:eu-west-1:123456789012:stateMachine:retune"
STACK = Stack("retune", {"StateMachineArn": MACHINE, "EndpointName": "retune"})
BANK = {"ModelName": "bank", "Endpoint": {"EndpointName": "retune-bank"}}
VERDICT = {
    "Reason": "AUC 0.7812 against 0.7810: +0.0002, between -0.0043 and +0.0047: no better.",
    "Candidate": {"Score": 0.7812},
    "Champion": {"Score": 0.7810},
    "Interval": [-0.0043, 0.0047],
}


def an_execution(name: str, **fields: Any) -> Execution:
    known = {"status": "SUCCEEDED", "output": {}, "error": "", "cause": "", **fields}
    started = datetime(2026, 11, 28, 6, tzinfo=UTC)
    arn = f"{MACHINE.replace('stateMachine', 'execution')}:{name}"
    return Execution(arn=arn, name=name, started=started, stopped=started, **known)


EXECUTIONS = [
    an_execution("refused", status="FAILED", error="InputRefused", cause="X = 1: no.\nMore.",
                 input='{"ModelName": "bank"}'),
    an_execution("other", output={"Outcome": "DryRun", "EndpointName": "retune-shop"}),
    an_execution("skipped", output={"Outcome": "Skipped", "Reason": "Nothing has changed."},
                 input=json.dumps(BANK)),
    an_execution("kept", output={"Outcome": "KeptChampion", "EndpointName": "retune-bank",
                                 "Verdict": VERDICT}),
    an_execution("own", status="RUNNING", input="{}"),
]  # fmt: skip


class Executions:
    """An account with these executions; `asked` are those that were described."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.listed: dict[str, str] = {}

    def client(self, service: str) -> Any:
        return self

    def get_paginator(self, operation: str) -> Any:
        return self

    def paginate(self, **arguments: str) -> Any:
        assert arguments.pop("stateMachineArn") == MACHINE
        self.listed = arguments
        yield {"executions": [{"executionArn": each.arn} for each in EXECUTIONS]}


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Any:
    account, known = Executions(), {each.arn: each for each in EXECUTIONS}

    def describe(aws: Aws, arn: str) -> Execution:
        account.asked.append(known[arn].name)
        return known[arn]

    monkeypatch.setattr(history, "describe_execution", describe)
    monkeypatch.setattr(
        history, "read_model", lambda prefix, name: BANK if name == "bank" else None
    )
    return account


def names(runs: list[PastRun]) -> list[str]:
    return [run.execution.name for run in runs]


def test_runs_of_a_model_are_those_of_its_endpoint_however_they_ended(aws: Any) -> None:
    assert endpoint_named(STACK, "bank") == "retune-bank"
    assert names(past_runs(aws, STACK, "retune-bank", 20)) == ["refused", "skipped", "kept"]


def test_name_that_is_no_model_is_an_endpoint(aws: Any) -> None:
    assert endpoint_named(STACK, "retune-shop") == "retune-shop"
    assert names(past_runs(aws, STACK, "retune-shop", 20)) == ["other"]
    assert names(past_runs(aws, STACK, "retune", 20)) == ["own"]


def test_name_that_is_neither_is_told_with_where_the_names_are(aws: Any) -> None:
    for name in ("bnk", "models/bank.yaml", "an endpoint", "retune_bank", "retuned", "retune-\nx"):
        with pytest.raises(
            InputError, match=r"neither a model.*begins with 'retune-'.*retune models"
        ):
            endpoint_named(STACK, name)


def test_no_more_executions_are_asked_for_than_it_takes(aws: Any) -> None:
    past_runs(aws, STACK, "retune-bank", 2)
    assert aws.asked == ["refused", "other", "skipped"]


def test_run_says_outcome_sentence_and_scores(aws: Any) -> None:
    refused, skipped, kept = past_runs(aws, STACK, "retune-bank", 20)
    assert (refused.outcome, refused.sentence) == ("InputRefused", "X = 1: no.\nMore.")
    assert (skipped.outcome, skipped.sentence) == ("Skipped", "Nothing has changed.")
    assert (kept.outcome, kept.sentence) == ("KeptChampion", VERDICT["Reason"])
    assert kept.scores == (0.7812, 0.7810)
    assert kept.cost == ""
    document = kept.as_document()
    assert document["Interval"] == [-0.0043, 0.0047]
    assert document["StartDate"] == "2026-11-28T06:00:00+00:00"
    assert json.dumps(document)


def test_run_that_goes_on_has_no_outcome_yet(aws: Any) -> None:
    (own,) = past_runs(aws, STACK, "retune", 1)
    assert (own.outcome, own.sentence, own.scores) == ("RUNNING", "", (None, None))


def test_on_a_terminal_the_reason_stands_below_its_run_in_80_columns(aws: Any) -> None:
    *_, kept = past_runs(aws, STACK, "retune-bank", 20)
    head, *why = _lines(kept, 80).split("\n")
    assert head == "2026-11-28 06:00  retune-bank  KeptChampion"
    assert " ".join(line.strip() for line in why) == VERDICT["Reason"]
    assert all(line.startswith("    ") and len(line) <= 80 for line in why)
