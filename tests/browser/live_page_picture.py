"""docs/ui.png: the live page while a run tunes, as it is now.

On local AWS after `make demo`, with Chromium: `python -m tests.browser.live_page_picture`.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.chromium import launch

PICTURE = Path(__file__).parents[2] / "docs" / "ui.png"
RUN = ("bank", "--max-jobs", "40", "--seed", "5", "--endpoint-name", "retune-picture")


def main() -> None:
    page = subprocess.Popen(["retune", "ui", "--no-open"], stdout=subprocess.PIPE, text=True)
    try:
        assert page.stdout is not None
        with sync_playwright() as playwright:
            tab = launch(playwright).new_page(viewport={"width": 1440, "height": 1000})
            take(tab, page.stdout.readline().strip())
    finally:
        page.terminate()


def take(tab: Page, link: str) -> None:
    """Starts a run, waits until it has tuned for a while, and stops it."""
    tab.goto(link)
    tab.wait_for_url("**/*/")
    started = subprocess.run(
        ["retune", "start", *RUN], stdout=subprocess.PIPE, text=True, check=True
    )
    name = started.stdout.strip().rsplit(":", 1)[-1]
    tab.goto(f"{tab.url}executions/{name}")
    some = re.compile(r"2\d of 40 training jobs done")
    expect(tab.locator("#summary")).to_contain_text(some, timeout=180_000)
    tab.locator("canvas").first.wait_for()
    tab.screenshot(path=PICTURE)
    subprocess.run(["retune", "stop", name, "--yes"], check=True)


if __name__ == "__main__":
    main()
