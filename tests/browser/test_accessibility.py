"""axe-core finds no serious fault in the page, at each width, light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.documents import BOOSTER, LESSON, document, failed, finished

pytestmark = pytest.mark.slow

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light"), (1920, "dark")])
def test_axe_finds_no_serious_fault(open_report: Open, width: int, scheme: str) -> None:
    report = document(20, [*LESSON, BOOSTER])
    failed(report["Jobs"][3])
    page = open_report(finished(report), width, color_scheme=scheme, bypass_csp=True)
    page.get_by_text("Filter by value", exact=True).click()
    page.get_by_text("Columns", exact=True).click()
    page.locator("#jobs tbody button").nth(2).click()
    assert serious(page) == []


def serious(page: Page) -> list[Any]:
    """Each rule that is broken with the elements that break it."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (each["id"], [node["html"] for node in each["nodes"]])
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
    ]
