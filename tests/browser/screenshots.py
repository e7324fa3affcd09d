"""The pictures of the report in docs/: `make screenshots`, after a demo.

They are of the newest report under runs/, so of data that anybody may see.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import launch

ROOT = Path(__file__).parents[2]
WIDTH, HEIGHT = 1280, 1000
TOP, CHARTS = "report.png", "report-charts.png"


def main(report: Path) -> None:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT},
            color_scheme="light",
            reduced_motion="reduce",
        )
        page.goto(report.resolve().as_uri())
        page.screenshot(path=ROOT / "docs" / TOP)
        page.set_viewport_size({"width": WIDTH, "height": 6000})  # a chart is drawn when it is near
        page.locator("#chart-timeline canvas").first.wait_for()
        charts = page.locator("#chart-history").locator("xpath=..")
        charts.screenshot(path=ROOT / "docs" / CHARTS, animations="disabled")
        browser.close()


def newest() -> Path:
    """The newest report, or the end with what to do."""
    found = sorted(ROOT.glob("runs/*/report.html"), key=lambda file: file.stat().st_mtime)
    if not found:
        sys.exit("There is no report under runs/. Make one: make demo")
    return found[-1]


if __name__ == "__main__":
    main(newest())
