"""The page served by a real server, upon an account that tests make up."""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import urlencode

import pytest
from werkzeug.serving import make_server

from retune.stack import Stack
from retune.ui.application import create_app
from retune.ui.remembered import Remembered
from retune.ui.server import bind
from retune.ui.session import Session

MACHINE = "arn:aws:states:eu-west-1:123456789012:stateMachine:retune"
STACK = Stack(
    "retune", {"StateMachineArn": MACHINE, "EndpointName": "retune", "DataBucketName": "bucket"}
)


@dataclass
class Account:
    """What a page is shown, in place of looks at AWS; `calls` are the changes that were asked."""

    runs: list[Any] = field(default_factory=list)
    looks: dict[str, Any] = field(default_factory=dict)
    jobs: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    fault: Exception | None = None
    place: str = "AWS, eu-west-1"
    stack: Stack = STACK
    seconds: float = 5.0
    remembered: Remembered = field(default_factory=Remembered)

    @property
    def aws(self) -> Any:
        return self

    def client(self, service: str) -> Any:
        return Recorder(self.calls)

    def newest(self) -> list[Any]:
        if self.fault:
            raise self.fault
        return self.runs

    def models(self) -> list[Any]:
        return []

    def run(self, name: str) -> Any:
        return self.looks[name]

    def training_job(self, name: str) -> dict[str, Any]:
        return self.jobs[name]


class Recorder:
    """A client that does nothing but remember what it was asked to do."""

    def __init__(self, calls: list[tuple[str, dict[str, Any]]]) -> None:
        self._calls = calls

    def __getattr__(self, operation: str) -> Any:
        return lambda **given: self._calls.append((operation, given))


@dataclass(frozen=True)
class Answer:
    """An answer of the page."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass
class Page:
    """A client of the served page, which says of itself what it likes."""

    session: Session
    account: Account

    @property
    def cookie(self) -> dict[str, str]:
        """What the browser that opened the link sends."""
        return {"Cookie": f"retune={self.session.cookie}"}

    def get(self, path: str = "", headers: Mapping[str, str] | None = None) -> Answer:
        """A page below the session's folder, as its browser asks; `headers` lay over that."""
        return self.ask("GET", self.session.path + path, {**self.cookie, **(headers or {})})

    def post(
        self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Answer:
        """A form as the session's browser sends it."""
        own = {
            **self.cookie,
            "Origin": self.session.origin,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode({"form": self.session.form, **fields})
        return self.ask("POST", self.session.path + path, {**own, **(headers or {})}, body)

    def ask(
        self, method: str, target: str, headers: Mapping[str, str], body: str | None = None
    ) -> Answer:
        """Any request; a header that is empty is not sent."""
        connection = http.client.HTTPConnection("127.0.0.1", self.session.port, timeout=60)
        sent = {name: value for name, value in headers.items() if value}
        connection.request(method, target, body, sent)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return Answer(answer.status, dict(answer.getheaders()), text)


@pytest.fixture
def page() -> Iterator[Page]:
    with bind(0) as listener:
        session, account = Session(listener.getsockname()[1]), Account()
        looks: Any = account
        app = create_app(looks, session)
        host, port = listener.getsockname()
        with make_server(host, port, app, threaded=True, fd=listener.fileno()) as server:
            thread = Thread(target=server.serve_forever, args=[0.01])
            thread.start()
            yield Page(session, account)
            server.shutdown()
            thread.join()
