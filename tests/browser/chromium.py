"""The browser: Chromium of this machine, or the one that Playwright has installed."""

from __future__ import annotations

import os
import shutil

from playwright.sync_api import Browser, Playwright

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
