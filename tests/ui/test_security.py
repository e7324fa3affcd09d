"""Who talks to the page is the browser that opened the printed link; everybody else is refused."""

from __future__ import annotations

import socket
from http.cookies import SimpleCookie

import pytest

from retune.ui.session import Session
from tests.ui.conftest import Page

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_link_gives_a_cookie_for_a_folder_that_only_its_browser_knows(page: Page) -> None:
    answer = page.ask("GET", f"/?token={page.session.token}", {})
    assert answer.status == 200
    given = SimpleCookie(answer.headers["Set-Cookie"])["retune"]
    assert given.value == page.session.cookie
    assert given["httponly"] is True
    assert given["samesite"] == "Strict"
    assert given["path"] == page.session.path
    assert page.session.token not in page.session.path
    assert f"url={page.session.path}" in answer.text  # by a page: a redirect would lose the cookie


@pytest.mark.parametrize("target", ["/", "/?token=", "/?token=wrong", "/?token=é"])
def test_another_user_without_the_token_is_refused(page: Page, target: str) -> None:
    answer = page.ask("GET", target.replace("é", "%C3%A9"), {})
    assert answer.status == 403
    assert "Set-Cookie" not in answer.headers
    assert page.session.folder not in answer.text


@pytest.mark.parametrize("cookie", ["", "retune=", "retune=wrong", "other={cookie}"])
@pytest.mark.parametrize("path", ["", "newest", "static/live.js", "executions/a/report.json"])
def test_who_has_not_opened_the_link_sees_nothing_even_in_the_right_folder(
    page: Page, cookie: str, path: str
) -> None:
    given = cookie.format(cookie=page.session.cookie)
    answer = page.get(path, {"Cookie": given})
    assert (answer.status, answer.headers["Content-Type"]) == (403, "text/plain; charset=utf-8")


def test_the_cookie_alone_does_not_find_the_folder(page: Page) -> None:
    """A browser sends the cookies of 127.0.0.1 to every port, also to other users' servers."""
    for target in ("/newest", "/executions/a", f"/{'x' * len(page.session.folder)}/"):
        answer = page.ask("GET", target, page.cookie)
        assert answer.status == 404
        assert page.session.folder not in answer.text


@pytest.mark.parametrize(
    "host", ["evil.example:{port}", "localhost:{port}", "127.0.0.1", "evil.example"]
)
def test_a_name_that_was_made_resolve_to_this_machine_is_refused(page: Page, host: str) -> None:
    named = {"Host": host.format(port=page.session.port)}
    assert page.get("", named).status == 403
    assert page.ask("GET", f"/?token={page.session.token}", named).status == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_of_another_site_or_port_gets_nothing(page: Page, site: str) -> None:
    assert page.get("newest", {"Sec-Fetch-Site": site}).status == 403
    assert page.post("executions/a/stop", {}, {"Sec-Fetch-Site": site}).status == 403


@pytest.mark.parametrize("site", ["same-origin", "none", ""])
def test_its_own_pages_and_what_the_person_types_are_answered(page: Page, site: str) -> None:
    assert page.get("newest", {"Sec-Fetch-Site": site}).status == 200


def test_the_link_is_opened_from_anywhere(page: Page) -> None:
    link = f"/?token={page.session.token}"
    assert page.ask("GET", link, {"Sec-Fetch-Site": "cross-site"}).status == 200


@pytest.mark.parametrize(
    "origin", ["", "null", "https://evil.example", "http://127.0.0.1:1", "http://localhost:{port}"]
)
def test_a_form_of_another_origin_changes_nothing(page: Page, origin: str) -> None:
    sent = page.post("executions/a/stop", {}, {"Origin": origin.format(port=page.session.port)})
    assert sent.status == 403
    assert page.account.calls == []


@pytest.mark.parametrize("secret", ["", "wrong"])
def test_a_form_without_its_secret_changes_nothing(page: Page, secret: str) -> None:
    assert page.post("executions/a/stop", {"form": secret}).status == 403
    assert page.account.calls == []


@pytest.mark.parametrize("path", ["executions/a/decide", "newest", ""])
def test_reading_changes_nothing_and_what_changes_cannot_be_read(page: Page, path: str) -> None:
    method = page.get if path.endswith("decide") else lambda path: page.post(path, {})
    assert method(path).status == 405
    assert page.account.calls == []


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE", "TRACE"])
def test_other_methods_are_refused_and_no_origin_is_invited(page: Page, method: str) -> None:
    asked = {**page.cookie, "Origin": "https://evil.example"}
    answer = page.ask(method, page.session.path, asked)
    assert answer.status == 403
    assert not any(name.startswith("Access-Control") for name in answer.headers)


def test_a_request_that_is_too_large_is_refused(page: Page) -> None:
    assert page.post("predict/retune", {"rows": "1" * (1024 * 1024)}).status == 413


@pytest.mark.parametrize("path", ["", "newest", "static/live.js", "no-such-page"])
def test_every_answer_restricts_what_the_browser_does_with_it(page: Page, path: str) -> None:
    headers = page.get(path).headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_it_listens_on_loopback_only(page: Page) -> None:
    own = socket.gethostbyname(socket.gethostname())
    if own.startswith("127."):
        own = "127.0.0.2"  # this machine all the same, and not the address that it listens on
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((own, page.session.port), timeout=2)


def test_secrets_are_new_each_time_and_told_to_nobody() -> None:
    one, other = Session(1), Session(1)
    secrets = {one.token, one.cookie, one.folder, one.form, other.token, other.cookie}
    assert len(secrets) == 6
    assert all(len(secret) >= 43 for secret in secrets)  # 256 bits
    assert one.token not in repr(one)
