"""What the pages show: foreign text as it is, and an error as one sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError

from retune.errors import FailedError, InputError, UnavailableError
from retune.executions.execution import Execution, UnknownExecution
from retune.executions.history import PastRun
from retune.executions.progress import TuningProgress
from retune.ui.run_look import RunLook
from tests.cli.test_progress import trial, tuning_job
from tests.tuning.hostile_text import ALL, HOSTILE, commands
from tests.ui.conftest import MACHINE, Page

START = datetime(2026, 11, 29, 12, tzinfo=UTC)


class Elements(HTMLParser):
    """The elements of a page, those within an element that shows foreign text among them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs


def a_run(text: str, status: str = "FAILED", **output: Any) -> PastRun:
    execution = Execution(f"{MACHINE}:x", text, status, START, START, output, text, text)
    return PastRun(execution, text)


def a_look(text: str, status: str = "FAILED", state: str = "RunTuning", **output: Any) -> RunLook:
    tuning = TuningProgress(tuning_job(), trial(1, 0.5))
    return RunLook(a_run(text, status, **output), state, [], [], tuning)


def assert_harmless(text: str, calm: str) -> None:
    """The page has the elements and attributes that it has with a text that is none of these."""
    found, expected = Elements(text), Elements(calm)
    assert found.names == expected.names
    assert [name for name, _ in found.attributes] == [name for name, _ in expected.attributes]
    assert commands(text) == []


HALF = HOSTILE["half a pair"]  # which no JSON of AWS has
TEXTS = {name: text for name, text in HOSTILE.items() if text != HALF}
TEXTS["all"] = ALL.replace(HALF, "")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_names_reasons_and_answers_are_text_and_nothing_else(page: Page, text: str) -> None:
    shown = {}
    for name in (text, "calm"):
        page.account.runs = [a_run(name)]
        page.account.looks = {"run": a_look(name)}
        page.account.jobs = {"job": a_job(name)}
        page.account.fault = None
        parts = [page.get(path) for path in ("newest", "executions/run", "jobs/job")]
        page.account.fault = FailedError(name)
        parts.append(page.get("newest"))
        assert [part.status for part in parts] == [200, 200, 200, 502]
        assert commands(page.get("newest", {"Sec-Fetch-Dest": "empty"}).text) == []
        shown[name] = [part.text for part in parts]
    for found, calm in zip(shown[text], shown["calm"], strict=True):
        assert_harmless(found, calm)


def a_job(text: str) -> dict[str, Any]:
    return {
        "TrainingJobStatus": "Failed",
        "SecondaryStatus": text,
        "CreationTime": START,
        "FailureReason": f"{text} 7",
        "HyperParameters": {text: text},
        "FinalMetricDataList": [{"MetricName": text, "Value": 0.5}],
    }


@pytest.mark.parametrize(
    ("outcome", "serves"), [("Imported", True), ("Deployed", True), ("NotApproved", False)]
)
def test_a_run_whose_model_serves_leads_to_its_predictions(
    page: Page, outcome: str, serves: bool
) -> None:
    page.account.looks = {"run": a_look("shop", "SUCCEEDED", Outcome=outcome)}
    link = re.search(r'class="button" href="[^"]+">Predict<', page.get("executions/run").text)
    assert bool(link) == serves


def test_a_secret_of_a_job_is_not_shown_in_its_reason(page: Page) -> None:
    secret = {"Environment": {"PASSWORD": "correct-horse"}}
    job = {**a_job("none"), "FailureReason": "login with correct-horse failed", **secret}
    page.account.jobs = {"job": job}
    shown = page.get("jobs/job").text
    assert "login with" in shown
    assert "correct-horse" not in shown


def test_the_input_of_an_execution_is_shown_without_its_secrets(page: Page) -> None:
    given = '{"Strategy": "Random", "Environment": {"PASSWORD": "correct-horse"}}'
    look = a_look("run")
    execution = replace(look.execution, input=given)
    page.account.looks = {"run": replace(look, run=PastRun(execution, "shop"))}
    shown = page.get("executions/run").text
    assert "&#34;Strategy&#34;: &#34;Random&#34;" in shown
    assert "correct-horse" not in shown


EXPIRED = ClientError(
    {"Error": {"Code": "ExpiredTokenException", "Message": "The token is expired."}}, "ListX"
)
FAULTS = {
    "no deployment": (UnavailableError("There is no stack 'retune'."), 503, "There is no stack"),
    "AWS out of reach": (EndpointConnectionError(endpoint_url="https://x"), 503, "be reached"),
    "expired credentials": (EXPIRED, 503, "does not accept the credentials"),
    "no credentials": (NoCredentialsError(), 503, "There are no AWS credentials"),
    "wrong option": (InputError("A decision is approve or reject."), 400, "A decision is"),
    "unknown name": (UnknownExecution("There is no execution 'x'."), 400, "There is no execution"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_sentence_on_a_page_and_alone_for_a_part(page: Page, fault: str) -> None:
    page.account.fault, status, words = FAULTS[fault]
    shown = page.get("newest")
    alone = page.get("newest", {"Sec-Fetch-Dest": "empty"})
    assert (shown.status, alone.status) == (status, status)
    assert "<h1>This is not possible now</h1>" in shown.text
    assert words in alone.text
    assert "<" not in alone.text
    assert alone.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Traceback" not in shown.text + alone.text


def test_a_defect_tells_the_terminal_and_not_the_page(
    page: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    page.account.fault = RuntimeError("a secret place")
    answer = page.get("newest")
    assert answer.status == 500
    assert "a defect of Retune" in answer.text
    assert "a secret place" not in answer.text
    assert "RuntimeError: a secret place" in capsys.readouterr().err


def test_an_execution_that_runs_can_be_stopped_and_one_that_has_ended_cannot(page: Page) -> None:
    running = a_look("run", "RUNNING")
    ended = TuningProgress(tuning_job(ended=START), None)
    stopped = RunLook(a_run("ended"), "Failed", [], [], ended)
    page.account.looks = {"run": running, "ended": stopped}
    shown, none = (page.get(f"executions/{name}").text for name in ("run", "ended"))
    assert "Stop the execution" in shown
    assert "Stop tuning" in shown
    assert "Stop" not in none


def test_stopping_asks_first_and_then_stops(page: Page) -> None:
    page.account.looks = {"run": a_look("run", "RUNNING")}
    asked = page.get("executions/run/stop")
    assert "The endpoint has not been touched." in asked.text
    assert page.account.calls == []
    answer = page.post("executions/run/stop", {})
    assert (answer.status, answer.headers["Location"]) == (
        303,
        f"{page.session.path}executions/run",
    )
    page.post("executions/run/stop-tuning", {})
    (stopped, given), (tuning, job) = page.account.calls
    assert (stopped, given["executionArn"]) == ("stop_execution", f"{MACHINE}:x")
    assert "error" not in given  # recovery goes by that
    assert tuning == "stop_hyper_parameter_tuning_job"
    assert job == {"HyperParameterTuningJobName": tuning_job().name}


def test_a_decision_is_offered_to_who_waits_for_one_alone(page: Page) -> None:
    page.account.looks = {
        "waits": a_look("waits", "RUNNING", "AwaitApproval"),
        "tunes": a_look("tunes", "RUNNING"),
    }
    assert "Approve" in page.get("executions/waits").text
    assert "Approve" not in page.get("executions/tunes").text


def test_a_part_is_asked_for_again_only_while_something_goes_on(page: Page) -> None:
    ended = a_look("ended", "SUCCEEDED", Outcome="DryRun")
    page.account.looks = {"run": a_look("run", "RUNNING"), "ended": ended}
    assert page.get("executions/run/now").headers["Retune-Again"] == "5"
    finished = TuningProgress(tuning_job(ended=START), None)
    page.account.looks["ended"] = RunLook(ended.run, "DryRun", [], [], finished)
    assert "Retune-Again" not in page.get("executions/ended/now").headers
