"""What a container answers to a request."""

from __future__ import annotations

from typing import NamedTuple


class Answer(NamedTuple):
    """`container` is the name of the container that gave it; names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes
    container: str = "primary"
