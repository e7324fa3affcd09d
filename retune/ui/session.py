"""What one `retune ui` and the browser that opened its link know, and nobody else."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from hmac import compare_digest

HOST = "127.0.0.1"


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True)
class Session:
    """The secrets of one run of the page, new each time.

    `token` opens the page, from the printed link; `cookie` is what the browser has from then on.
    A browser sends the cookies of 127.0.0.1 to every port of it, servers of other users among
    them. So the cookie holds for a `folder` only, which has a secret name too: who lures the
    browser to a port of his own does not know it. `form` proves that a form is one of ours.
    """

    port: int
    token: str = field(default_factory=_secret, repr=False)
    cookie: str = field(default_factory=_secret, repr=False)
    folder: str = field(default_factory=_secret, repr=False)
    form: str = field(default_factory=_secret, repr=False)

    @property
    def host(self) -> str:
        """What a browser's Host header has to be."""
        return f"{HOST}:{self.port}"

    @property
    def origin(self) -> str:
        return f"http://{self.host}"

    @property
    def link(self) -> str:
        """What the person opens."""
        return f"{self.origin}/?token={self.token}"

    @property
    def path(self) -> str:
        """Where all pages are."""
        return f"/{self.folder}/"


def same(given: str | None, known: str) -> bool:
    """Whether a secret was given, in a time that does not tell how much of it is right."""
    return given is not None and compare_digest(given.encode(), known.encode())
