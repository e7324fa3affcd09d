"""What a word without quotes means: what it means in JSON, or text.

YAML 1.1 and 1.2 disagree on `no`, `012` or `1_000`, and programs follow either. A word that one of
them takes for something else than text is refused, so that nobody has to know which this one is.
"""

from __future__ import annotations

import re
from math import isfinite

_CONSTANTS = {"null": None, "~": None, "": None, "true": True, "false": False}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_TRUTH = re.compile(r"y|n|yes|no|on|off|true|false|null", re.IGNORECASE)
# Octal, hexadecimal, binary, of base 60, with _, with a sign or point in front, infinite, NaN.
_ODD_NUMBER = re.compile(
    r"[-+]?(0[0-9_]+(\.[0-9_]*)?|0[xXoObB][0-9a-fA-F_]+|[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"
    r"|[0-9][0-9_]*\.?[0-9_]*([eE][-+]?[0-9]+)?|\.[0-9][0-9_]*([eE][-+]?[0-9]+)?"
    r"|\.(inf|Inf|INF)|\.(nan|NaN|NAN))"
)


class AmbiguousScalarError(ValueError):
    """A word that YAML reads in several ways; the text is the fix."""


def plain_scalar(text: str) -> str | int | float | bool | None:
    """The value of a word that stands without quotes.

    Raises:
        AmbiguousScalarError: programs would take it for different things.
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text) and len(text) < 400:
        return int(text)
    if _NUMBER.fullmatch(text) and isfinite(float(text)):
        return float(text)
    if _TRUTH.fullmatch(text):
        raise AmbiguousScalarError("Write true, false or null, or put the text in quotes.")
    if _ODD_NUMBER.fullmatch(text):
        raise AmbiguousScalarError("Write a number as JSON does, or put the text in quotes.")
    return text
