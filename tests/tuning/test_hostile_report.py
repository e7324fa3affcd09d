"""report.html and trials.csv, when every name, value and reason was chosen by a stranger."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from tuning.report.csv_lines import csv_lines
from tuning.report.files import trials_csv
from tuning.report.html import html
from tuning.report.run import CompletedRun
from tuning.report.search import Search
from tuning.variables.approval import ApprovalAnswer
from tuning.variables.predictions import Prediction

from tests.tuning.hostile_text import ALL, HOSTILE, commands
from tests.tuning.recorded import RANGES
from tests.tuning.report_runs import lesson_trials, make_run, page_without_script, rendered
from tests.tuning.variables import proven_verdict

each_text = pytest.mark.parametrize("text", [*HOSTILE.values(), ALL], ids=[*HOSTILE, "all"])


class Page(HTMLParser):
    """How often each tag and attribute stands in a page, its policy and its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: Counter[str] = Counter()
        self.policy = ""
        self.styles: list[str] = []
        self.scripts: list[str] = []
        self.data: list[str] = []
        self.text = ""
        self._within: list[str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        members = dict(attrs)
        self.tags[tag] += 1
        self.attributes.update(members.keys())
        if members.get("http-equiv") == "Content-Security-Policy":
            self.policy = members["content"] or ""
        code = self.data if members.get("type") == "application/json" else self.scripts
        self._within = {"script": code, "style": self.styles}.get(tag)

    def handle_endtag(self, tag: str) -> None:
        self._within = None

    def handle_data(self, data: str) -> None:
        if self._within is None:
            self.text += data
        else:
            self._within.append(data)


def run_of(text: str) -> CompletedRun:
    """A run in which the text stands in every foreign field."""
    summaries = lesson_trials(scored=6, failed=1)
    for number, summary in enumerate(summaries):
        summary["TunedHyperParameters"][text] = ["hist", text][number % 2]
    summaries[-1] |= {"FailureReason": text, "TrainingJobDefinitionName": text}
    categorical = [{"Name": text, "Values": ["hist", text]}]
    run = make_run(summaries, ranges={**RANGES, "CategoricalParameterRanges": categorical})
    run.search.job.config["HyperParameterTuningJobObjective"]["MetricName"] = text
    endpoint = run.plan.endpoint.model_copy(update={"endpoint_name": text})
    return replace(
        run,
        search=Search.of(replace(run.search.job, name=text), run.search.trials),
        plan=run.plan.model_copy(update={"endpoint": endpoint}),
        execution_id=f"arn:aws:states:eu-west-1:123456789012:execution:retune:{text}",
        predictions=(Prediction(actual=1.0, predicted=0.5),),
        verdict=proven_verdict(reason=text, metric_name="AUC"),
        approval=ApprovalAnswer(model_approval_status="Rejected", approval_description=text),
    )


@each_text
def test_page_has_the_elements_of_any_other_page(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, hostile = (
        Page(page_without_script(run_of(each), monkeypatch)) for each in ("plain", text)
    )
    assert hostile.tags == plain.tags
    assert hostile.attributes.keys() == plain.attributes.keys()
    assert hostile.scripts == plain.scripts
    assert commands(hostile.text) == []


def test_page_shows_foreign_text_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for text, shown in (
        (HOSTILE["html"], HOSTILE["html"]),
        (HOSTILE["entity"], HOSTILE["entity"]),
        (HOSTILE["clear screen"], r"\x1b[2J\x1b[31mred"),
    ):
        page = Page(page_without_script(run_of(text), monkeypatch))
        assert page.text.count(shown) >= 5


def test_data_of_the_charts_is_visible_text_and_does_not_end_its_script(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (document,) = Page(page_without_script(run_of(ALL), monkeypatch)).data
    assert not set("<>&") & set(document)
    assert commands(json.dumps(json.loads(document), ensure_ascii=False)) == []


def test_policy_allows_the_scripts_and_styles_of_the_page_and_loads_nothing() -> None:
    page = Page(rendered(run_of("plain")))
    assert named(page.policy, "script-src") == [*map(hash_of, page.scripts)]
    assert named(page.policy, "default-src") == ["'none'"]
    assert named(page.policy, "img-src") == ["data:"]
    assert named(page.policy, "style-src") == [*map(hash_of, page.styles)]
    assert "unsafe-inline" not in page.policy
    assert "style" not in page.attributes
    assert not any(name.startswith("on") for name in page.attributes)


def named(policy: str, directive: str) -> list[str]:
    found = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    return found[directive].split()


def hash_of(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def test_html_escapes_what_is_not_html_yet() -> None:
    assert html("<b>{}</b>", "<i>") == "<b>&lt;i&gt;</b>"
    assert html("<b>{}</b>", html("<i>{}</i>", "'")) == "<b><i>&#39;</i></b>"


@each_text
def test_csv_has_no_cell_that_a_spreadsheet_would_compute(text: str) -> None:
    run = run_of(text)
    content = trials_csv(run.search.job, run.search.trials).decode()
    cells = [cell for row in csv.reader(io.StringIO(content)) for cell in row]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r\n") and cell]
    assert commands(content) == []


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1-800", "'+1-800"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),  # noqa: RUF001
        ("-0.5", "-0.5"),
        ("+1e-07", "+1e-07"),
        (-0.5, "-0.5"),
        ("hist", "hist"),
        (None, ""),
    ],
)
def test_csv_marks_a_formula_as_text_and_leaves_numbers_alone(cell: Any, written: str) -> None:
    assert csv_lines([["first", cell]]) == f"first,{written}\n"
