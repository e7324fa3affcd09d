"""In Chromium, a page of another port of this machine learns nothing of ours and changes nothing.

It is what another user could make the person open: to a browser the same site, so that SameSite
alone would not keep it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Thread

import pytest
from playwright.sync_api import Browser
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from tests.browser.chromium import chromium
from tests.ui.conftest import Page
from tests.ui.test_pages import a_look

pytestmark = pytest.mark.slow

ATTACK = """
async (place) => {
  const reached = [];
  const tries = [
    [place, {credentials: "include"}],
    [place + "newest", {credentials: "include", mode: "no-cors"}],
    [place + "executions/run/stop", {method: "POST", credentials: "include", mode: "no-cors"}],
  ];
  for (const [address, options] of tries) {
    try {
      reached.push(await (await fetch(address, options)).text());
    } catch {
      reached.push("");
    }
  }
  const form = document.createElement("form");
  form.method = "post"; form.action = place + "executions/run/stop"; form.target = "hidden";
  const frame = document.createElement("iframe");
  frame.name = "hidden";
  document.body.append(frame, form);
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
  form.submit();
  await loaded;
  const script = document.createElement("script");
  script.src = place + "static/live.js";
  const answered = new Promise((resolve) => {
    script.onload = () => resolve("loaded"); script.onerror = () => resolve("");
  });
  document.body.append(script);
  reached.push(await answered);
  return reached;
}
"""


@dataclass
class Elsewhere:
    """A server of another user; `cookies` are those that it was sent."""

    address: str = ""
    cookies: list[str] = field(default_factory=list)

    def answer(self, environ: object, start: object) -> object:
        request = Request(environ)  # type: ignore[arg-type]
        self.cookies.append(request.headers.get("Cookie", ""))
        page = Response("<!doctype html><title>Elsewhere</title>", content_type="text/html")
        return page(environ, start)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    other = Elsewhere()
    with make_server("127.0.0.1", 0, other.answer, threaded=True) as server:  # type: ignore[arg-type]
        other.address = f"http://127.0.0.1:{server.port}"
        thread = Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        yield other
        server.shutdown()
        thread.join()


def test_a_page_of_another_port_gets_no_cookie_no_content_and_stops_nothing(
    page: Page, elsewhere: Elsewhere, browser: Browser
) -> None:
    page.account.looks = {"run": a_look("run", "RUNNING")}
    tab = browser.new_context().new_page()
    tab.goto(page.session.link)
    tab.wait_for_url(f"**{page.session.path}")
    tab.goto(f"{page.session.origin}{page.session.path}executions/run")
    assert tab.get_by_role("link", name="Stop the execution").is_visible()
    tab.goto(elsewhere.address)
    place = f"{page.session.origin}{page.session.path}"  # even if somebody has told it
    assert tab.evaluate(ATTACK, place) == ["", "", "", ""]
    assert page.account.calls == []
    assert set(elsewhere.cookies) == {""}
    tab.context.close()
