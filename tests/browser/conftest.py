"""One Chromium for all tests of pages; none of them may ask another host or write an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import PATIENCE, chromium
from tests.browser.documents import Document
from tests.browser.report_page import write_page, write_report

Open = Callable[..., Page]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Of all tests of the package that one process runs."""
    with chromium() as launched:
        yield launched


@pytest.fixture
def open_report(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens from disk a report, or the page of a document; in the end all must be without fault."""
    wrong: list[str] = []

    def open_page(shown: Document | str, width: int = 1280, **context: Any) -> Page:
        if isinstance(shown, str):
            address = write_report(tmp_path, shown)
        else:
            address = write_page(tmp_path, shown)
        pages = browser.new_context(viewport={"width": width, "height": 900}, **context)
        page = pages.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: wrong.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(f"error: {error.message}"))
        page.on("request", lambda request: wrong.extend(foreign(request.url, address)))
        page.goto(address)
        return page

    yield open_page
    for context in browser.contexts:
        context.close()
    assert wrong == []


def foreign(url: str, address: str) -> list[str]:
    """The request, if it is for anything but the page itself or what stands in it."""
    return [] if url == address or url.startswith("data:") else [f"request: {url}"]
