"""A page of somebody else in a real browser: whatever it sends, local AWS stays as it was.

Needs chromium or firefox on PATH. Their own checks of requests to this machine are turned off,
since they would hide what local AWS answers.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

PAGE = (Path(__file__).parent / "hostile_page.html").read_text()
PROGRAMS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "firefox": ("firefox", "firefox-esr"),
}
CHROMIUM = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"),
    *("--disable-popup-blocking", "--host-resolver-rules=MAP *.example 127.0.0.1"),
    "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,"
    "PrivateNetworkAccessSendPreflights,PrivateNetworkAccessForNavigations",
)
FIREFOX = """
user_pref("network.dns.localDomains", "evil.example,rebound.example");
user_pref("dom.disable_open_during_load", false);
user_pref("network.lna.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
"""


class Site(ThreadingHTTPServer):
    """Serves the page and gets what it reports when it has tried everything."""

    def __init__(self, page: str) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.page = page
        self.report: dict[str, str] = {}
        self.reported = threading.Event()


class Visit(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self._answer(self.server.page.encode())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(b"")
        self.server.report = json.loads(body)
        self.server.reported.set()

    def _answer(self, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Says nothing on stderr."""


@pytest.fixture
def site(local_aws: LocalAws) -> Iterator[Site]:
    port = local_aws.endpoint_url.rsplit(":", 1)[1]
    with Site(PAGE.replace("PORT", port)) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield site
        site.shutdown()


def command(browser: str, profile: Path, url: str) -> list[str]:
    program = next(filter(None, map(shutil.which, PROGRAMS[browser])), None)
    if program is None:
        pytest.skip(f"there is no {browser} on this machine")
    if browser == "chromium":
        return [program, *CHROMIUM, f"--user-data-dir={profile}", url]
    (profile / "user.js").write_text(FIREFOX)
    return [program, "--headless", "--no-remote", "--profile", str(profile), url]


@pytest.mark.parametrize("browser", PROGRAMS)
def test_page_changes_and_reads_nothing(
    local_aws: LocalAws, site: Site, browser: str, tmp_path: Path
) -> None:
    visit = command(browser, tmp_path, f"http://evil.example:{site.server_port}/")
    s3, name = local_aws.client("s3"), f"kept-from-{browser}"
    s3.create_bucket(Bucket=name)
    silent = subprocess.DEVNULL
    with subprocess.Popen(visit, stdout=silent, stderr=silent) as running:
        seen = site.reported.wait(90)
        running.terminate()
    assert seen, "the page was not run"
    assert site.report["own site"] == "read"  # the page can ask at all
    assert {tried: got for tried, got in site.report.items() if got == "read"} == {
        "own site": "read"
    }
    assert name in {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}
    roles = {role["RoleName"] for role in local_aws.client("iam").list_roles()["Roles"]}
    assert not {each for each in roles if "evil" in each}
    pages = local_aws.client("lambda").get_paginator("list_functions").paginate()
    functions = {function["FunctionName"] for page in pages for function in page["Functions"]}
    assert "evil" not in functions
