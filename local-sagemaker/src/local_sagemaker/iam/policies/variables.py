"""Policy variables: ${aws:PrincipalTag/team}, with a default ${aws:username, 'nobody'}, and ${*}.

IAM guide, "IAM policy elements: Variables and tags". They are known to policies of the version
2012-10-17 only; earlier ones mean the text as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from local_sagemaker.iam.policies.wildcards import literal

Context = Mapping[str, tuple[str, ...]]
"""Condition keys in lower case, and their values in this request."""

_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_WITH_DEFAULT = re.compile(r"\s*([^,\s]+)\s*,\s*'(.*)'\s*")
_CHARACTERS = ("*", "?", "$")


class _Unresolved(Exception):
    pass


def resolved(pattern: str, context: Context) -> str | None:
    """The pattern with the values of its variables; None if one has no value and no default.

    A key with several values cannot be a variable.
    """
    if "${" not in pattern:
        return pattern
    try:
        return _VARIABLE.sub(lambda found: _value(found.group(1), context), pattern)
    except _Unresolved:
        return None


def _value(written: str, context: Context) -> str:
    if written in _CHARACTERS:
        return literal(written)
    with_default = _WITH_DEFAULT.fullmatch(written)
    key = with_default.group(1) if with_default else written.strip()
    values = context.get(key.lower(), ())
    if len(values) == 1:
        return literal(values[0])
    if with_default:
        return literal(with_default.group(2))
    raise _Unresolved
