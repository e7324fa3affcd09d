"""The tokens of tasks that wait for an answer: from SendTaskSuccess, ...Failure, ...Heartbeat.

A token says by itself that it was given out here: so nothing need be kept of a task that is over,
and its token is told from one that never was.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
import time
import uuid
from dataclasses import dataclass
from typing import Any

from local_sagemaker.stepfunctions.errors import InvalidToken, TaskTimedOut
from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.tasks.task import Running, TaskRequest

_SECRET = secrets.token_bytes(32)
_open: dict[str, Token] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class Answer:
    """`output` is a value; a failure has `failed`, and error and cause as far as they are given."""

    output: Any = None
    failed: bool = False
    error: str | None = None
    cause: str | None = None


class Token:
    """One task that waits, as long as its execution does.

    `holder` is the ARN that IAM asks about whoever answers: the activity's, or the state machine's
    (aws/aws-cdk#8486).
    """

    def __init__(self, text: str, running: Running, holder: str) -> None:
        self.text = text
        self.running = running
        self.holder = holder
        self.answered = threading.Event()
        self.answer = Answer()
        self.last_heartbeat = time.monotonic()

    def close(self) -> None:
        """From now on an answer is refused."""
        with _lock:
            _open.pop(self.text, None)

    def result(self, event: str, **details: Any) -> Any:
        """The output of the answer; `event` and its details tell of a failure in the history."""
        if self.answer.failed:
            raise StateFailed(self.answer.error, self.answer.cause, event, details)
        return self.answer.output


def new_token() -> str:
    """The text of a token, for a context object."""
    name = uuid.uuid4().bytes
    return base64.b64encode(name + _seal(name)).decode()


def open_token(request: TaskRequest) -> Token:
    """Let the task with the token of the request's context object be answered."""
    of_activity = ":activity:" in request.resource
    holder = request.resource if of_activity else request.context["StateMachine"]["Id"]
    token = Token(request.context["Task"]["Token"], request.running, holder)
    with _lock:
        _open[token.text] = token
    return token


def holder_of(text: str) -> str | None:
    """None for a token that no task waits with."""
    with _lock:
        token = _open.get(text)
    return token.holder if token else None


def check(token: str) -> None:
    """Raises InvalidToken and TaskTimedOut for a token that no task waits with."""
    with _lock:
        _waiting(token)


def succeed(token: str, output: Any) -> None:
    """End the task with this output, a value. Raises InvalidToken and TaskTimedOut."""
    _answer(token, Answer(output))


def fail(token: str, error: str | None, cause: str | None) -> None:
    """Let the task fail. Raises InvalidToken and TaskTimedOut."""
    _answer(token, Answer(failed=True, error=error, cause=cause))


def heartbeat(token: str) -> None:
    """Let the task wait for HeartbeatSeconds from now. Raises InvalidToken and TaskTimedOut."""
    with _lock:
        _waiting(token).last_heartbeat = time.monotonic()


def _answer(text: str, answer: Answer) -> None:
    with _lock:
        token = _waiting(text)
        del _open[text]
        token.answer = answer
    token.answered.set()


def _waiting(text: str) -> Token:
    token = _open.get(text)
    if token is not None and token.running.is_running:
        return token
    raise TaskTimedOut() if _is_ours(text) else InvalidToken()


def _is_ours(text: str) -> bool:
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return False
    return hmac.compare_digest(_seal(data[:16]), data[16:])


def _seal(name: bytes) -> bytes:
    return hmac.digest(_SECRET, name, hashlib.sha256)
