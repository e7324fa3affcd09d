"""Patterns of policies: * and ? in texts, and in ARNs segment by segment.

A policy variable is put into a pattern as it is: what looks like a wildcard in its value is none
(IAM guide, "IAM policy elements: Variables and tags"). Such characters travel as private ones.
"""

from __future__ import annotations

import re
from functools import lru_cache

_LITERALS = str.maketrans("*?$", "\ue000\ue001\ue002")
_ORIGINALS = str.maketrans("\ue000\ue001\ue002", "*?$")
_SEGMENTS = 6  # arn:partition:service:region:account:resource


def literal(text: str) -> str:
    """The text as a pattern that only it matches."""
    return text.translate(_LITERALS)


def plain(pattern: str) -> str:
    """The pattern as the text that is written, for comparisons that know no wildcards."""
    return pattern.translate(_ORIGINALS)


def matches(pattern: str, text: str) -> bool:
    """Whether the text is of the pattern, upper and lower case told apart."""
    return pattern == "*" or _expression(pattern).fullmatch(text) is not None


def matches_arn(pattern: str, arn: str) -> bool:
    """Whether an ARN is of the pattern; a wildcard stands for a part of one segment.

    An ARN that is cut short in a policy is completed by asterisks ("IAM JSON policy elements:
    Resource"). The last segment may have colons.
    """
    if pattern == "*":
        return True
    if arn.count(":") < _SEGMENTS - 1:
        return matches(pattern, arn)
    return _arn_expression(pattern).fullmatch(arn) is not None


@lru_cache(maxsize=8192)
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(_written(pattern, "."), re.DOTALL)


@lru_cache(maxsize=8192)
def _arn_expression(pattern: str) -> re.Pattern[str]:
    segments = pattern.split(":", _SEGMENTS - 1)
    segments += ["*"] * (_SEGMENTS - len(segments))
    written = [_written(each, "[^:]") for each in segments[:-1]]
    return re.compile(":".join([*written, _written(segments[-1], ".")]), re.DOTALL)


def _written(pattern: str, character: str) -> str:
    """A regular expression in which a wildcard stands for such characters."""
    wild = {"*": f"{character}*", "?": character}
    parts = re.split(r"([*?])", pattern)
    return "".join(wild.get(part) or re.escape(plain(part)) for part in parts)
