"""How the page is opened: a port of one's own, and a link that no other user sees."""

from __future__ import annotations

import stat
import webbrowser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from retune.errors import InputError
from retune.ui.opening import opened
from retune.ui.server import bind
from tests.cli.conftest import CREDENTIALS, Run, retune

__all__ = ["retune"]  # a fixture

LINK = "http://127.0.0.1:1/?token=secret"


def test_the_link_reaches_the_browser_by_a_file_of_this_user_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: list[str] = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "open", given.append)
    with opened(LINK):
        (address,) = given
        page = Path(unquote(urlsplit(address).path))
        assert "secret" not in address  # which everybody can see on the browser's command line
        assert stat.S_IMODE(page.parent.stat().st_mode) == 0o700
        assert f"url={LINK}" in page.read_text()
    assert not page.exists()


def test_without_a_display_no_browser_takes_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(webbrowser, "open", lambda address: pytest.fail("it was opened"))
    with opened(LINK):
        pass


def test_a_port_that_is_taken_is_refused_with_what_to_do() -> None:
    with bind(0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=rf"^--port {port}: .*Choose another"):
            bind(port)


def test_without_aws_it_says_so_and_listens_to_nobody(retune: Run) -> None:
    run = retune("ui", "--no-open", AWS_ENDPOINT_URL="http://127.0.0.1:9", **CREDENTIALS)
    assert run.exit_code == 3
    assert run.stdout == ""
    assert "Nothing answers at AWS_ENDPOINT_URL" in run.stderr
