"""The panel of the job that is marked; what a newer document keeps; text that means harm."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.charts import show
from tests.browser.conftest import Open
from tests.browser.documents import BOOSTER, ETA, LESSON, document, failed, finished
from tests.tuning.hostile_text import ALL, commands

pytestmark = pytest.mark.slow


def test_the_panel_has_all_of_the_job(open_report: Open) -> None:
    report = document()
    failed(report["Jobs"][4], "AlgorithmError: label must be in [0,1]")
    report["Jobs"][4]["LogUrl"] = "https://console.aws.amazon.com/cloudwatch/home"
    page = open_report(finished(report))
    page.get_by_role("button", name="005-").click()
    panel = page.locator("aside.panel")
    expect(panel).to_contain_text(report["Jobs"][4]["Name"])
    expect(panel).to_contain_text(report["Jobs"][4]["HyperParameters"]["eta"])
    expect(panel).to_contain_text("AlgorithmError: label must be in [0,1]")
    expect(panel).to_contain_text(f"retune logs {report['Jobs'][4]['Name']}")
    expect(panel.get_by_role("link")).to_have_attribute("href", report["Jobs"][4]["LogUrl"])


def test_a_log_of_another_scheme_is_no_link(open_report: Open) -> None:
    report = document(2)
    report["Jobs"][0]["LogUrl"] = "javascript:alert(1)"
    page = open_report(report)
    page.get_by_role("button", name="001-").click()
    expect(page.locator("aside.panel a")).to_have_count(0)


def test_hyperparameters_are_copied_as_json(open_report: Open) -> None:
    report = document(2)
    page = open_report(report, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="001-").click()
    page.get_by_role("button", name="Copy as JSON").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert json.loads(copied) == report["Jobs"][0]["HyperParameters"]


def test_a_newer_document_keeps_job_order_filters_columns_and_pair(open_report: Open) -> None:
    page = open_report(document(8) | {"Live": True})
    page.get_by_role("button", name="003-").click()
    page.locator("#jobs th[data-key='HyperParameters.eta'] button").click()
    page.get_by_label("Search").fill("validation")
    page.get_by_label("Search").fill("-")
    page.get_by_text("Columns", exact=True).click()
    page.get_by_label("Started", exact=True).uncheck()
    show(page, "contour")
    page.get_by_label("Across").select_option("gamma")
    page.evaluate("document => retune.show(document)", document(12))
    expect(page.locator("#jobs tbody tr")).to_have_count(12)
    expect(page.locator("aside.panel h2")).to_contain_text("003-")
    expect(page.locator("#jobs tr[aria-current=true] button")).to_contain_text("003-")
    expect(page.locator("#jobs th[data-key='HyperParameters.eta']")).to_have_attribute(
        "aria-sort", "ascending"
    )
    expect(page.get_by_label("Search")).to_have_value("-")
    expect(page.locator("#jobs th[data-key=Started]")).to_have_count(0)
    expect(page.locator("#chart-contour figcaption")).to_contain_text("gamma (across)")


def test_foreign_text_is_shown_and_never_obeyed(open_report: Open) -> None:
    """Also where Python has not made it visible before."""
    named = BOOSTER | {"Name": ALL, "Values": ["hist", ALL]}
    report = document(8, [ETA, named])
    report["Metric"]["Name"] = ALL
    for job in report["Jobs"]:
        job.update(Label=job["Label"] + ALL, Definition=ALL, LogCommand=ALL)
        if job["Curve"]:
            job["Curve"]["Metric"] = ALL
    failed(report["Jobs"][0], ALL)
    page = open_report(report)
    elements = "[...document.querySelectorAll('#trials *')].map(({tagName}) => tagName)"
    page.get_by_role("button", name="001-").click()
    page.get_by_text("Filter by value", exact=True).click()
    page.get_by_text("Columns", exact=True).click()
    page.locator("#chart-timeline").scroll_into_view_if_needed()
    page.locator("#chart-history .plot canvas").first.hover()
    assert not {"IMG", "SCRIPT", "IFRAME", "A", "STYLE", "I"} & set(page.evaluate(elements))
    text = page.evaluate("document.querySelector('#trials').textContent")
    assert commands(text) == []
    assert commands(page.title()) == []


def test_without_a_job_of_that_name_a_newer_document_marks_none(open_report: Open) -> None:
    page = open_report(document(3, LESSON))
    page.get_by_role("button", name="003-").click()
    page.evaluate("document => retune.show(document)", document(2, LESSON))
    expect(page.locator("aside.panel")).to_be_hidden()
