"""A run watched in Chromium on the page of `retune ui`, as a student without a console would."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import serious
from tests.browser.chromium import PATIENCE, chromium
from tests.end_to_end.conftest import SMALL_RUN, Deployment

RUN: dict[str, Any] = {
    **SMALL_RUN,
    "ResourceLimits": {"MaxNumberOfTrainingJobs": 3, "MaxParallelTrainingJobs": 2},
    "Endpoint": {"EndpointName": "retune-watched"},
}
LONG = {**RUN, "ResourceLimits": {"MaxNumberOfTrainingJobs": 200, "MaxParallelTrainingJobs": 1}}


@dataclass
class Live:
    """The page in a tab, and whatever went wrong in it."""

    tab: Page
    address: str
    wrong: list[str] = field(default_factory=list)

    def open(self, execution: str) -> None:
        """An execution by its ARN."""
        self.tab.goto(f"{self.address}executions/{execution.rsplit(':', 1)[-1]}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="module")
def live(deployment: Deployment, browser: Browser) -> Iterator[Live]:
    """`retune ui` in a process of its own, opened by the link that it prints; ended by Ctrl-C."""
    process = subprocess.Popen(
        ["retune", "ui", "--no-open"],
        env=deployment.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    link = process.stdout.readline().strip()
    tab = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900}).new_page()
    tab.set_default_timeout(PATIENCE)
    live = Live(tab, "")
    tab.on("console", lambda message: live.wrong.append(message.text))
    tab.on("pageerror", lambda error: live.wrong.append(error.message))
    tab.on("request", lambda request: live.wrong.extend(foreign(request.url, link)))
    tab.goto(link)
    tab.wait_for_url("**/*/")
    live.address = tab.url
    yield live
    tab.context.close()
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in told
    assert live.wrong == []


def foreign(url: str, link: str) -> list[str]:
    """The address, if it is of another server."""
    own = link.partition("?")[0]
    return [] if url.startswith((own, "data:")) else [f"request: {url}"]


def test_a_run_is_followed_to_its_end_and_its_model_asked(
    deployment: Deployment, live: Live
) -> None:
    execution, tab = deployment.start(RUN), live.tab
    live.open(execution)
    expect(tab.locator("#summary")).to_contain_text("Deployed", timeout=2 * PATIENCE)
    graph = tab.get_by_role("img", name="The workflow")
    expect(graph.locator(".node.done", has_text="WriteReport")).to_be_visible()
    expect(tab.locator("#jobs tbody tr")).to_have_count(3)
    assert serious(tab) == []
    tab.locator("#actions").get_by_role("link", name="Predict").click()
    tab.get_by_label("Rows of features").fill("0.5,1,1,0\n-2,1,-1,0\n")
    tab.get_by_role("button", name="Predict the rows").click()
    answers = tab.locator("#answer td:last-child")
    expect(answers).to_have_count(2)  # the page of the answer may still be under way
    likely, unlikely = (float(text) for text in answers.all_inner_texts())
    assert likely > 0.5 > unlikely
    assert serious(tab) == []


def test_tuning_is_watched_its_log_read_and_its_execution_stopped(
    deployment: Deployment, live: Live
) -> None:
    """Of many training jobs, so that tuning goes on until it is stopped."""
    execution, tab = deployment.start(LONG), live.tab
    tab.goto(live.address)
    tab.get_by_role("link", name=execution.rsplit(":", 1)[-1]).click()
    graph = tab.get_by_role("img", name="The workflow")
    expect(graph.locator(".node.current")).to_contain_text("RunTuning")
    expect(tab.locator("#charts canvas").first).to_be_visible()
    tab.locator("#jobs tbody button").first.click()
    tab.get_by_role("link", name="Follow the log").click()
    expect(tab.locator("#log")).to_contain_text("validation-auc")
    assert serious(tab) == []
    live.open(execution)
    expect(tab.locator("#summary")).to_contain_text("training jobs done")
    tab.get_by_role("link", name="Stop the execution").click()
    expect(tab.locator("main")).to_contain_text("The endpoint has not been touched.")
    tab.get_by_role("button", name="Stop the execution").click()
    expect(tab.locator("#summary")).to_contain_text("Cancelled")
    assert deployment.finish(execution)["status"] == "ABORTED"
    assert serious(tab) == []
