"""The requests that are being answered, and a moment without any."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from local_sagemaker.faults.operations import operation_of
from local_sagemaker.protocol.wsgi import WHEN_ANSWERED, WsgiApplication
from local_sagemaker.saving.errors import BusyError

_DRAIN_SECONDS = 5.0
_OF_THE_SERVER = "/_local_aws/"
_READING = ("Get", "List", "Describe", "Head", "Search", "Lookup", "Validate")


class Traffic:
    """Lets requests through to the application, unless somebody wants it still.

    `is_untouched` is True as long as nobody has asked for anything but to be told something.
    """

    def __init__(self, application: WsgiApplication) -> None:
        self._application = application
        self._changed = threading.Condition()
        self._answering: list[str] = []
        self._still = False
        self.is_untouched = True

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith(_OF_THE_SERVER):
            return self._application(environ, start_response)
        operation = operation_of(environ)
        name = f"{operation.service} {operation.name}" if operation else environ["PATH_INFO"]
        with self._changed:
            self._changed.wait_for(lambda: not self._still)
            self._answering.append(name)
            if operation is None or not operation.name.startswith(_READING):
                self.is_untouched = False
        environ[WHEN_ANSWERED].append(partial(self._end, name))
        return self._application(environ, start_response)

    def _end(self, name: str) -> None:
        with self._changed:
            self._answering.remove(name)
            self._changed.notify_all()

    @contextmanager
    def stillness(self) -> Iterator[None]:
        """No request is answered within the block; those that come wait for its end.

        Raises BusyError when one is still being answered after some seconds.
        """
        with self._changed:
            self._changed.wait_for(lambda: not self._still)
            self._still = True
            try:
                if not self._changed.wait_for(lambda: not self._answering, _DRAIN_SECONDS):
                    raise BusyError([f"request {each}" for each in self._answering])
            except BusyError:
                self._still = False
                self._changed.notify_all()
                raise
        try:
            yield
        finally:
            with self._changed:
                self._still = False
                self._changed.notify_all()
