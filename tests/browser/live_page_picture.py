"""docs/ui.png: the live page while a run tunes, as it is now.

On local AWS after `make demo`, with Chromium: `python -m tests.browser.live_page_picture`.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.browser.chromium import launch

PICTURE = Path(__file__).parents[2] / "docs" / "ui.png"
RUN = ("bank", "--max-jobs", "40", "--seed", "5", "--endpoint-name", "retune-picture")


def main() -> None:
    with (
        subprocess.Popen(["retune", "ui", "--no-open"], stdout=subprocess.PIPE, text=True) as page,
        sync_playwright() as playwright,
    ):
        assert page.stdout is not None
        tab = launch(playwright).new_page(viewport={"width": 1440, "height": 1000})
        tab.goto(page.stdout.readline().strip())
        tab.wait_for_url("**/*/")
        arn = subprocess.run(
            ["retune", "start", *RUN], stdout=subprocess.PIPE, text=True, check=True
        )
        name = arn.stdout.strip().rsplit(":", 1)[-1]
        tab.goto(f"{tab.url}executions/{name}")
        expect(tab.locator("#summary")).to_contain_text("25 of 40", timeout=120_000)
        tab.locator("canvas").first.wait_for()
        tab.screenshot(path=PICTURE)
        subprocess.run(["retune", "stop", name, "--yes"], check=True)
        page.terminate()


if __name__ == "__main__":
    main()
