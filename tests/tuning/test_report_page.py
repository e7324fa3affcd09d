"""report.html: complete, safe to open, and made without what the Lambda layer lacks."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tuning.report.formats import duration, hyperparameter, metric
from tuning.variables.approval import ApprovalAnswer
from tuning.variables.verdict import Guardrail, SliceGuardrail
from tuning.variables.warm_start import WarmStartOutcome

from tests.tuning.recorded import RANGES
from tests.tuning.report_runs import lesson_trials, make_run, page_without_script
from tests.tuning.variables import proven_verdict

ROOT = Path(__file__).parents[2]


class Elements(HTMLParser):
    """Tags that stay open, and attributes that would load something."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loaded: list[str] = []
        self.rows = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.rows += tag == "tr"
        self.loaded += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in ("meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


RUNS = {
    "lesson": lambda: make_run(),
    "one trial": lambda: make_run(lesson_trials(scored=1, failed=0)),
    "minimise": lambda: make_run(objective_type="Minimize"),
    "retrained": lambda: make_run(retrained=True),
}


@pytest.mark.parametrize("make", RUNS.values(), ids=RUNS.keys())
def test_page_is_well_formed_and_loads_nothing(
    make: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(make)
    run = make()
    elements = Elements()
    elements.feed(page_without_script(run, monkeypatch))
    assert elements.open == []
    assert [each for each in elements.loaded if not each.startswith("#")] == ["data:,"]
    failed = any(trial.status == "Failed" for trial in run.search.trials)
    assert elements.rows == 1 + len(run.predictions) + 2 * failed


def test_page_tells_the_outcome_first(monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run()
    text = page_without_script(run, monkeypatch)
    assert f"reached validation:auc <strong>{metric(run.winner.value)}</strong>" in text
    assert "20 of 20 asked for, 3 at a time: 19 completed, 1 failed" in text
    assert "s3://data-bucket/data/validation/" in text


def test_page_tells_from_which_tuning_jobs_it_started_warm(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = make_run()
    outcome = WarmStartOutcome(
        started="Warm",
        parents=("monday", "tuesday"),
        warm_start_type="TransferLearning",
        left_out=("There is no tuning job sunday any more.",),
    )
    plan = run.plan.model_copy(update={"warm_start": outcome})
    text = page_without_script(replace(run, plan=plan), monkeypatch)
    assert "<dt>Warm start</dt><dd>From monday, tuesday (TransferLearning). " in text
    assert "Left out: There is no tuning job sunday any more." in text


NOT_ASKED = {
    "nothing was deployed": {"outcome": "KeptChampion", "predictions": ()},
    "Retune makes no request of application/x-image": {"predictions": ()},
}


@pytest.mark.parametrize(("words", "fields"), NOT_ASKED.items(), ids=NOT_ASKED.keys())
def test_page_tells_why_the_endpoint_was_not_asked(
    words: str, fields: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_run()
    samples = run.plan.samples.model_copy(update={"content_type": "application/x-image"})
    plan = run.plan.model_copy(update={"samples": samples})
    run = replace(run, plan=plan, **fields)
    assert f"The endpoint was not asked: {words}." in page_without_script(run, monkeypatch)


def test_page_tells_what_a_person_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "The recall of <this> is too low."
    decided = ApprovalAnswer(model_approval_status="Rejected", approval_description=words)
    run = replace(make_run(), outcome="NotApproved", predictions=(), approval=decided)
    text = page_without_script(run, monkeypatch)
    assert "Rejected: The recall of &lt;this&gt; is too low." in text


def test_page_shows_reasons_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    text = page_without_script(make_run(), monkeypatch)
    assert r"label must be in [0,1] \u003cfor\u003e regression" in text
    assert "<for>" not in text


def test_value_cannot_end_the_script_that_holds_a_chart(monkeypatch: pytest.MonkeyPatch) -> None:
    summaries = lesson_trials(scored=4, failed=0)
    values = ["hist", "</script><script>alert()"]
    for number, summary in enumerate(summaries):
        summary["TunedHyperParameters"]["tree_method"] = values[number % 2]
    categorical = [{"Name": "tree_method", "Values": values}]
    run = make_run(summaries, ranges={**RANGES, "CategoricalParameterRanges": categorical})
    assert "<script>alert" not in page_without_script(run, monkeypatch)


def test_page_says_when_the_model_was_retrained(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "trained once more" in page_without_script(make_run(retrained=True), monkeypatch)
    assert "trained once more" not in page_without_script(make_run(), monkeypatch)


@pytest.mark.parametrize(
    ("interval", "shown"),
    [
        ((-0.004, 0.005), "0.0005 (-0.004 to 0.005: it may be chance)"),
        ((0.001, 0.005), "0.0005 (0.001 to 0.005)"),
        ((-0.005, -0.001), "0.0005 (-0.005 to -0.001)"),
    ],
    ids=["may be chance", "better", "worse"],
)
def test_page_tells_an_improvement_that_may_be_chance(
    interval: tuple[float, float], shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    verdict = proven_verdict(improvement=0.0005, interval=interval)
    text = page_without_script(replace(make_run(), verdict=verdict), monkeypatch)
    assert f"<td class='interval'>{shown}</td>" in text
    assert "<dt>Confidence of the interval</dt><dd>0.95</dd>" in text


@pytest.mark.slow
def test_page_needs_no_package_that_the_layer_lacks() -> None:
    """Optuna falls back to SciPy, scikit-learn and pandas in other analyses than these."""
    code = (
        "import sys\n"
        "for name in ('scipy', 'sklearn', 'pandas', 'matplotlib'): sys.modules[name] = None\n"
        "from tests.tuning.report_runs import make_run, rendered\n"
        "assert 'PED-ANOVA' in rendered(make_run())\n"
    )
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("5", "5"),
        ("0.012345678", "0.01235"),
        ("12345", "12345"),
        ("1e-07", "0.0000001"),
        ("2.852e-05", "0.00002852"),
        ("1e-300", "1e-300"),
        ("hist", "hist"),
    ],
)
def test_hyperparameters_have_sensible_digits(text: str, shown: str) -> None:
    assert hyperparameter(text) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.9201, "0.92010"), (1234.56789, "1234.6"), (123456.7, "123457"), (None, "–")],  # noqa: RUF001
)
def test_metrics_align(value: float | None, shown: str) -> None:
    assert metric(value) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(45, "45 s"), (120, "2 min"), (725, "12 min 5 s"), (12_000, "3 h 20 min"), (None, "–")],  # noqa: RUF001
)
def test_durations_have_two_units(seconds: int | None, shown: str) -> None:
    assert duration(seconds) == shown


def test_page_tells_how_often_the_rows_have_judged_and_what_that_asks_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    guardrails = tuple(
        Guardrail(
            metric_name=name,
            tolerance=0.05,
            candidate=0.2,
            champion=0.3,
            improvement=-0.1,
            interval=(-0.2, -0.05),
            broken=broken,
        )
        for name, broken in (("F1", False), ("Recall", True))
    )
    verdict = proven_verdict(
        confidence=0.95,
        look=3,
        level=0.995833333,
        guardrails=guardrails,
        slices=(
            SliceGuardrail(
                **dict(guardrails[0]) | {"broken": True},
                slice="region",
                group="region = 2",
                rows=70,
                level=0.975,
            ),
        ),
        slice_coverage=("region: 1 of 3 groups, 70 of 100 rows",),
    )
    text = page_without_script(replace(make_run(), verdict=verdict), monkeypatch)
    assert "<dt>Candidates that these rows have judged before</dt><dd>2</dd>" in text
    assert "<dd>0.995833 (0.95 for all candidates together)</dd>" in text
    assert "<dt>Guardrails</dt><dd>broken by Recall; held by F1</dd>" in text
    assert "worse for region = 2 (guarded are of region: 1 of 3 groups, 70 of 100 rows)" in text
