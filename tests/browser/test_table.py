"""The table of training jobs, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.documents import (
    BOOSTER,
    DEPTH,
    ETA,
    GAMMA,
    document,
    failed,
    finished,
    tuning_job,
)

pytestmark = pytest.mark.slow

SAID = "#jobs [role=status]"


def column(page: Page, key: str) -> list[str]:
    """The cells below a head."""
    place = page.locator("#jobs thead th").evaluate_all(
        "(heads, key) => heads.findIndex((head) => head.dataset.key === key)", key
    )
    return page.locator(f"#jobs tbody tr > :nth-child({place + 1})").all_inner_texts()


def head(page: Page, key: str) -> str:
    return f"#jobs thead th[data-key='{key}']"


def test_the_best_job_comes_first(open_report: Open) -> None:
    report = document()
    page = open_report(report)
    values = [float(text) for text in column(page, "Value")]
    assert values == sorted(values, reverse=True)
    expect(page.locator("#jobs tbody tr").first).to_contain_text("best")
    expect(page.locator(head(page, "Rank"))).to_have_attribute("aria-sort", "ascending")


def test_a_head_sorts_numbers_as_numbers_and_turns_the_order(open_report: Open) -> None:
    page = open_report(document())
    depth = head(page, "HyperParameters.max_depth")
    page.locator(f"{depth} button").click()
    depths = [int(text) for text in column(page, "HyperParameters.max_depth")]
    assert depths == sorted(depths)
    expect(page.locator(depth)).to_have_attribute("aria-sort", "ascending")
    page.locator(f"{depth} button").press("Enter")
    turned = [int(text) for text in column(page, "HyperParameters.max_depth")]
    assert turned == depths[::-1]
    expect(page.locator(depth)).to_have_attribute("aria-sort", "descending")


def test_jobs_without_a_value_come_last_in_either_direction(open_report: Open) -> None:
    report = document(6)
    failed(report["Jobs"][2])
    page = open_report(finished(report))
    for _ in range(2):
        page.locator(f"{head(page, 'Value')} button").click()
        assert column(page, "Value")[-1] == "–"  # noqa: RUF001


def test_text_status_and_values_filter(open_report: Open) -> None:
    report = document(20, [ETA, DEPTH, BOOSTER])
    failed(report["Jobs"][7])
    page = open_report(finished(report))
    page.get_by_label("Search").fill("008-")
    expect(page.locator(SAID)).to_contain_text("1 of 20 training jobs (19 Completed, 1 Failed)")
    page.get_by_role("button", name="Show all").click()
    page.locator(".filters select").select_option("Failed")
    assert column(page, "Status") == ["Failed"]
    page.get_by_role("button", name="Show all").click()
    page.get_by_text("Filter by value", exact=True).click()
    page.get_by_label("max_depth from").fill("7")
    page.get_by_label("max_depth from").press("Enter")
    assert {int(text) >= 7 for text in column(page, "HyperParameters.max_depth")} == {True}
    page.get_by_label("dart").uncheck()
    assert "dart" not in column(page, "HyperParameters.booster")


def test_jobs_of_one_tuning_job_are_filtered_by_its_name(open_report: Open) -> None:
    report = document(20)
    report["TuningJobs"].append(tuning_job("parent", 5, IsParent=True))
    for job in report["Jobs"][:5]:
        job["TuningJob"] = "parent"
    page = open_report(report)
    page.get_by_text("Filter by value", exact=True).click()
    page.get_by_label("parent").uncheck()
    expect(page.locator("#jobs tbody tr")).to_have_count(15)


def test_billable_time_has_a_column_when_it_is_known(open_report: Open) -> None:
    report = document(3)
    head = open_report(report).locator("#jobs thead")
    expect(head).to_contain_text("Billable")
    for job in report["Jobs"]:
        job["BillableSeconds"] = None
    expect(open_report(report).locator("#jobs thead")).not_to_contain_text("Billable")


def test_a_filter_that_nothing_passes_says_so(open_report: Open) -> None:
    page = open_report(document(3))
    page.get_by_label("Search").fill("nowhere")
    expect(page.get_by_text("No training job passes the filters.")).to_be_visible()


def test_columns_are_hidden_and_come_back(open_report: Open) -> None:
    page = open_report(document(3))
    page.get_by_text("Columns", exact=True).click()
    page.get_by_label("gamma", exact=True).uncheck()
    expect(page.locator(head(page, "HyperParameters.gamma"))).to_have_count(0)
    page.get_by_label("gamma", exact=True).check()
    expect(page.locator(head(page, "HyperParameters.gamma"))).to_have_count(1)


@pytest.mark.parametrize(("width", "hyperparameters"), [(1280, 8), (1280, 30), (390, 30)])
def test_job_and_objective_stay_in_view(
    open_report: Open, width: int, hyperparameters: int
) -> None:
    ranges = [GAMMA | {"Name": f"hyperparameter_{number}"} for number in range(hyperparameters)]
    page = open_report(document(12, ranges), width)
    box = page.locator("#jobs .rows")
    box.evaluate("box => box.scrollTo(100000, 0)")
    right = box.bounding_box()
    assert right
    for key in ("Job", "Value"):
        cell = page.locator(f"#jobs tbody .fixed.{key}").first.bounding_box()
        assert cell
        assert right["x"] <= cell["x"] + 1
        assert cell["x"] + cell["width"] < right["x"] + right["width"] / 1.5


def test_the_keyboard_goes_through_the_rows_and_opens_a_job(open_report: Open) -> None:
    page = open_report(document(4))
    page.locator("#jobs tbody button").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    label = page.locator("#jobs tbody button").nth(1).inner_text()
    expect(page.locator("aside.panel h2")).to_have_text(label)
    page.keyboard.press("Escape")
    expect(page.locator("aside.panel")).to_be_hidden()


def test_many_jobs_have_pages_and_a_job_of_another_page_is_turned_to(open_report: Open) -> None:
    page = open_report(document(120))
    expect(page.locator("#jobs tbody tr")).to_have_count(50)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("51 to 100 of 120")).to_be_visible()
    page.locator("#chart-history .plot").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#jobs tr[aria-current=true] button")).to_contain_text("001-")


def test_paper_has_every_row_in_light_colours(open_report: Open) -> None:
    page = open_report(document(120), color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("#jobs tbody tr")).to_have_count(120)
    card = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--card')")
    assert card == "#ffffff"
    expect(page.locator("figure canvas")).to_have_count(10)
