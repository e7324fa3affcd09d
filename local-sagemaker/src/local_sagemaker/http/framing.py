"""Whether headers say in one way only where they and the body of a request end.

Two readers of anything else would see two requests (RFC 9112, 6.3 and 5.1), or wait for a body that
does not come.
"""

from __future__ import annotations

import re
from email.errors import (
    FirstHeaderLineIsContinuationDefect,
    InvalidHeaderDefect,
    MisplacedEnvelopeHeaderDefect,
    MissingHeaderBodySeparatorDefect,
)
from email.message import Message

_OF_LINES = (
    FirstHeaderLineIsContinuationDefect,
    InvalidHeaderDefect,
    MisplacedEnvelopeHeaderDefect,
    MissingHeaderBodySeparatorDefect,
)
_LENGTH = re.compile(r"[0-9]{1,18}")


def framing_fault(headers: Message) -> str:
    """Empty for a request that can be read."""
    if _ends_early(headers):
        return "A line of the headers is none"
    lengths = set(headers.get_all("Content-Length", []))
    codings = headers.get_all("Transfer-Encoding", [])
    if len(lengths) > 1 or not all(map(_LENGTH.fullmatch, lengths)):
        return "Content-Length is not one whole number"
    if codings and [coding.strip().lower() for coding in codings] != ["chunked"]:
        return "The Transfer-Encoding is not chunked"
    if codings and lengths:
        return "The request has Content-Length and Transfer-Encoding"
    return ""


def _ends_early(headers: Message) -> bool:
    """Whether the parser met a line that is no header, and left out those after it.

    It is one of mails: that a multipart/form-data has no parts yet is no fault of the headers.
    """
    rest = headers.get_payload()
    return any(isinstance(each, _OF_LINES) for each in headers.defects) or (
        isinstance(rest, str) and rest != ""
    )
