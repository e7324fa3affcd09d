"""What a message may show of a value that somebody gave: everything but secrets.

Containers get their passwords as values of Environment, so that no value of Environment is ever
shown, wherever it stands, however it is written and however the field is misspelt. Nor is that of a
field whose name says that it is a secret.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

MAX_DEPTH = 32  # of objects and lists that are looked into
_MAX_BITS = 4096  # of a number; Python refuses to write one of 4,300 digits
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_SECRETS = ("password", "passwd", "pwd", "passphrase", "secret", "token", "apikey", "credential")
# Environment as a member of a document that is given as text, in JSON or YAML; user:password@host.
_SECRET_IN_TEXT = re.compile(
    r"(?:(?<![a-z])e(?:nv|vn)|viron)\w*(?:\\*[\"']?\s*[:=]|\W.*[:=])|//[^/\s]*@",
    re.IGNORECASE | re.DOTALL,
)
_END_OF_NAME = re.compile(r"\W")  # of a variable; in a shell and in YAML the value follows


class Hidden:
    """Stands in a message for a value that it may not show."""

    def __repr__(self) -> str:
        return "(not shown)"


HIDDEN = Hidden()


def shown(field: str, value: Any) -> Any:
    """The value of a field, `Environment.DB_PASSWORD` for example, with HIDDEN for what is secret.

    None, which stands for a field that is not given, stays None.
    """
    if value is not None and any(map(is_secret, field.split("."))):
        return HIDDEN
    return _shown(value, MAX_DEPTH)


def shown_field(field: str) -> str:
    """The path of a field. Who writes `{"DB_PASSWORD=x": ""}` has put the value into the name."""
    above: list[str] = []
    for name in field.split("."):
        if any(map(is_secret, (*above, _END_OF_NAME.split(name)[0]))) and _END_OF_NAME.search(name):
            return ".".join((*above, _END_OF_NAME.split(name)[0] + "..."))
        above.append(name)
    return field


def is_secret(name: str) -> bool:
    """Whether a field is Environment or was meant to be (Enviroment, ContainerEnv, env_vars), or
    is called a secret (DB_PASSWORD, Credentials)."""
    words = [word.lower() for word in (name, *_WORDS.findall(name))]
    return words[-1].removesuffix("s") in _SECRETS or any(map(_means_environment, words))


@lru_cache
def _means_environment(word: str) -> bool:
    if word.startswith(("env", "evn")) or "viron" in word:
        return True
    # Words of other lengths are less alike, and finding that out takes long in a large input.
    return 7 <= len(word) <= 18 and bool(get_close_matches(word, ["environment"], cutoff=0.75))


def _shown(value: Any, depth: int) -> Any:
    if isinstance(value, Mapping | list) and depth == 0:
        return HIDDEN
    if isinstance(value, Mapping):
        return {
            name: HIDDEN if is_secret(str(name)) else _shown(inner, depth - 1)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_shown(item, depth - 1) for item in value]
    if isinstance(value, str) and _SECRET_IN_TEXT.search(value):
        return HIDDEN
    if isinstance(value, int) and value.bit_length() > _MAX_BITS:
        return f"a number of {value.bit_length()} bits"
    return value
