"""Whether headers say in one way only where they and the body of a request end.

Two readers of anything else would see two requests (RFC 9112, 6.3 and 5.1), or wait for a body that
does not come.
"""

from __future__ import annotations

import re
from email.message import Message

_LENGTH = re.compile(r"[0-9]{1,18}")


def framing_fault(headers: Message) -> str:
    """Empty for a request that can be read."""
    if headers.defects or headers.get_payload():  # the parser ends at a line without a name
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
