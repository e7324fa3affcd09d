"""The browser: Chromium of this machine, or the one that Playwright has installed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Error, Playwright, expect, sync_playwright

MISSING = "there is no Chromium: install chromium, or run `playwright install chromium`"
PATIENCE = (
    30_000  # milliseconds for what a page does at once, when the machine has other things to do
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def launch(playwright: Playwright) -> Browser:
    """Without a window.

    Raises:
        playwright.sync_api.Error: there is none, or it does not start.
    """
    found = next(filter(None, map(shutil.which, NAMES)), None)
    # Chromium's sandbox refuses root, which containers often are.
    arguments = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return playwright.chromium.launch(executable_path=found, args=arguments)


@contextmanager
def chromium() -> Iterator[Browser]:
    """For tests, which are skipped where there is none, and fail when NEEDS_BROWSER is set.

    A process has one at a time: Playwright's loop runs as long as it does.
    """
    with sync_playwright() as playwright:
        try:
            launched = launch(playwright)
        except Error as error:
            if os.environ.get("NEEDS_BROWSER"):
                raise
            pytest.skip(f"{MISSING} ({error.message.splitlines()[0]})")
        expect.set_options(timeout=PATIENCE)
        yield launched
        launched.close()
