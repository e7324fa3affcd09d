"""How large a report's page is, and how fast it opens and follows the hand in Chromium.

    python -m benchmarks.report_page [--jobs 75 750 10000] [--repeats 3]

Opened is a page when its table and its first charts are on the screen; that is counted from the
start of the navigation. What the page's own thread computed until then is told beside it: it does
not grow when the machine has other work. Sorting, marking a job and turning a page are counted
until the next frame.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright

from benchmarks.harness.figure import Figure, at_most
from benchmarks.harness.result import publish
from tests.browser.chromium import launch
from tests.browser.documents import document
from tests.browser.report_page import write_page

OPENED = (
    "document.querySelector('#chart-history canvas') && document.querySelector('#jobs tbody tr')"
)
NOW_PAINTED = """new Promise((done) => {
  requestAnimationFrame(() => setTimeout(() => done(performance.now())));
})"""
# Milliseconds until what an action has changed is painted.
UNTIL_PAINTED = """action => new Promise((done) => {
  const begun = performance.now();
  document.querySelector(action).click();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
})"""
ACTIONS = {
    "sort": "#jobs th[data-key='HyperParameters.eta'] button",
    "mark": "#jobs tbody tr:nth-child(3) button",
    "next page": "#jobs nav button:last-child",
}


def opened(page: Page, address: str) -> float:
    """Milliseconds."""
    page.goto(address)
    page.wait_for_function(OPENED)
    now: float = page.evaluate(NOW_PAINTED)
    return now


def computed(thread: CDPSession) -> float:
    """Seconds since the navigation."""
    metrics = thread.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in metrics if each["name"] == "TaskDuration"))


def measured(page: Page, address: str) -> dict[str, float]:
    thread = page.context.new_cdp_session(page)
    thread.send("Performance.enable", {"timeDomain": "threadTicks"})
    times = {"open": opened(page, address), "computing": 1000 * computed(thread)}
    thread.detach()
    for name, selector in ACTIONS.items():
        times[name] = page.evaluate(UNTIL_PAINTED, selector)
    return times


def figures(found: dict[int, list[dict[str, float]]]) -> Iterator[Figure]:
    """What it takes with more jobs stands beside what it takes with the fewest."""
    fewest = found[min(found)]
    for jobs, times in found.items():
        for name in times[0]:
            ours = tuple(each[name] for each in times)
            other = tuple(each[name] for each in fewest) if times is not fewest else ()
            goal = at_most(plus=3000) if name == "open" else None
            yield Figure(f"{name}, {jobs:,} jobs", "ms", ours, other, goal)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, nargs="+", default=[75, 750, 10_000])
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    found: dict[int, list[dict[str, float]]] = {}
    sizes = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = launch(playwright)
        for jobs in options.jobs:
            address = write_page(Path(folder), document(jobs))
            sizes.append((Path(folder) / "report.html").stat().st_size / 1e6)
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            found[jobs] = [measured(page, address) for _ in range(options.repeats)]
            page.close()
    told = ", ".join(
        f"{size:.2f} MB with {jobs:,} jobs" for jobs, size in zip(options.jobs, sizes, strict=True)
    )
    publish(
        "report_page",
        "The report's page in Chromium",
        f"the page of {min(found)} training jobs",
        list(figures(found)),
        notes=(f"The page has {told}.",),
    )


if __name__ == "__main__":
    main()
