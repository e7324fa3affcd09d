"""The tables and indexes that statements in PartiQL name.

DynamoDB guide, "PartiQL select statements": FROM "Music"."GenreIndex"; quotes may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_TOKEN = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|[\w-]+|\S""")
_BEFORE_NAMES = ("FROM", "INTO")
_LISTS = ("Statements", "TransactStatements")


def statements_of(parameters: Mapping[str, Any]) -> list[str]:
    """Every statement of a request, in order."""
    inner = (each for name in _LISTS for each in parameters.get(name) or ())
    given = [parameters, *(each for each in inner if isinstance(each, Mapping))]
    return [str(each["Statement"]) for each in given if each.get("Statement") is not None]


def named_tables(statement: str) -> list[tuple[str, str]]:
    """Each table with its index, which is empty for the table itself."""
    tokens = _TOKEN.findall(statement)
    after = [at + 1 for at, token in enumerate(tokens) if token.upper() in _BEFORE_NAMES]
    if tokens and tokens[0].upper() == "UPDATE":
        after.append(1)
    return [name for at in after for name in _names(tokens, at)]


def _names(tokens: list[str], at: int) -> list[tuple[str, str]]:
    """One, or several with commas between them."""
    table = "".join(tokens[at : at + 1])
    if not table or not (table[0] in "\"'" or table[0].isalnum() or table[0] in "_-"):
        return []
    has_index = tokens[at + 1 : at + 2] == ["."]
    index = "".join(tokens[at + 2 : at + 3]) if has_index else ""
    end = at + 3 if has_index else at + 1
    others = _names(tokens, end + 1) if tokens[end : end + 1] == [","] else []
    return [(_plain(table), _plain(index)), *others]


def _plain(name: str) -> str:
    return name[1:-1] if name[:1] in ("'", '"') else name
