"""Pages of every List operation, and of a history.

A page holds 100 entries unless maxResults asks for another number; 0 asks for none in particular.
The token names the entry with which the next page begins, so that what is added meanwhile at the
head of a list moves nothing.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Any

from local_sagemaker.stepfunctions.errors import InvalidToken

_PAGE = 100


def page(
    request: dict[str, Any],
    member: str,
    items: Sequence[dict[str, Any]],
    key: Callable[[dict[str, Any]], str],
) -> dict[str, Any]:
    """The entries that were asked for, under `member`; `key` tells entries apart.

    Raises InvalidToken.
    """
    start = _start(request.get("nextToken"), [key(item) for item in items])
    end = start + (request.get("maxResults") or _PAGE)
    answer: dict[str, Any] = {member: list(items[start:end])}
    if end < len(items):
        answer["nextToken"] = base64.urlsafe_b64encode(key(items[end]).encode()).decode()
    return answer


def _start(token: str | None, keys: list[str]) -> int:
    if token is None:
        return 0
    try:
        return keys.index(base64.b64decode(token, altchars=b"-_", validate=True).decode())
    except (ValueError, binascii.Error) as fault:
        raise InvalidToken() from fault
