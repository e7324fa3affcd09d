"""The whole report, as Python renders it, in a real browser."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import replace

import pytest
from playwright.sync_api import expect
from tuning.report.files import trials_csv

from tests.browser.axe import serious
from tests.browser.charts import coloured, show
from tests.browser.conftest import Open
from tests.tuning.report_runs import lesson_trials, make_run, rendered
from tests.tuning.variables import proven_verdict

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light"), (1920, "dark")])
def test_axe_finds_no_serious_fault_and_nothing_is_wider_than_the_window(
    open_report: Open, width: int, scheme: str
) -> None:
    run = replace(make_run(lesson_trials(scored=20, failed=2)), verdict=proven_verdict())
    page = open_report(rendered(run), width, color_scheme=scheme, bypass_csp=True)
    page.get_by_text("Filter by value", exact=True).click()
    page.get_by_text("Columns", exact=True).click()
    page.locator("#jobs tbody button").nth(2).click()
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_charts_and_table_are_those_of_the_run(open_report: Open) -> None:
    run = make_run(lesson_trials(scored=20, failed=1))
    page = open_report(rendered(run))
    expect(page.locator("#jobs tbody tr")).to_have_count(21)
    expect(page.locator("#jobs tbody tr").first).to_contain_text(
        run.search.label(run.search.scored[0])
    )
    for key in ("history", "importance", "contour", "parallel", "timeline"):
        show(page, key)
        assert coloured(page, key), key


def test_the_table_has_the_numbers_of_trials_csv(open_report: Open) -> None:
    run = make_run(lesson_trials(scored=20, failed=1))
    page = open_report(rendered(run))
    written = csv.DictReader(io.StringIO(trials_csv(run.search.job, run.search.trials).decode()))
    of_csv = {
        row["TrainingJobName"]: (row["validation:auc"], row["eta"], row["max_depth"])
        for row in written
    }
    shown = page.locator("#jobs tbody tr").evaluate_all(CELLS)
    assert {name: as_numbers(cells) for name, *cells in shown} == {
        name: as_numbers(cells) for name, cells in of_csv.items()
    }


# Of each row the job's name, its objective, eta and max_depth; a cell that is rounded has all
# digits as its title.
CELLS = """rows => {
  const heads = [...document.querySelectorAll("#jobs thead th")].map(({ dataset }) => dataset.key);
  const keys = ["Value", "HyperParameters.eta", "HyperParameters.max_depth"];
  return rows.map((row) => [row.dataset.job, ...keys.map((key) => {
    const cell = row.cells[heads.indexOf(key)];
    return cell.title || cell.textContent;
  })]);
}"""


def as_numbers(cells: Iterable[str]) -> list[float | None]:
    """None for a dash, and for what is empty."""
    return [float(cell) if cell not in ("", "–") else None for cell in cells]  # noqa: RUF001


def test_a_job_that_the_text_names_is_marked_from_there(open_report: Open) -> None:
    run = make_run(lesson_trials(scored=20, failed=1))
    page = open_report(rendered(run))
    page.get_by_role("link", name="021-00000015").click()
    expect(page.locator("#panel-title")).to_have_text("021-00000015")
    expect(page.locator("#jobs tr.marked")).to_be_in_viewport()


def test_the_best_hyperparameters_are_copied_as_json(open_report: Open) -> None:
    run = make_run()
    page = open_report(rendered(run), permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy", exact=True).first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = json.loads(page.evaluate("navigator.clipboard.readText()"))
    assert copied == dict(run.winner.tuned_hyper_parameters)
