"""Intrinsic functions of texts: formats, JSON, Base64, hashes."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from typing import Any

from local_sagemaker.stepfunctions.json_text import to_text
from local_sagemaker.stepfunctions.queries.intrinsics.arguments import (
    ArgumentFault,
    json_object,
    short_text,
    text,
)

HASHES = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}
_TOKEN = re.compile(r"\\.|\{\}|[^\\{]+|.", re.DOTALL)


def fill_in(template: Any, *values: Any) -> str:
    """The template with a value for each `{}`; a backslash stands before a brace that is one."""
    tokens = _TOKEN.findall(text(template))
    places = tokens.count("{}")
    if places != len(values):
        raise ArgumentFault(f"{places} values are expected for {places} {{}}, not {len(values)}")
    left = iter(values)
    return "".join(
        as_java(next(left)) if token == "{}" else token.removeprefix("\\") for token in tokens
    )


def as_java(value: Any) -> str:
    """How Java writes it: {a=1, b=[x, null]}."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}={as_java(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_java, value)) + "]"
    return value if isinstance(value, str) else to_text(value)


def parse(value: Any) -> Any:
    """The JSON of a text; null for one of nothing but spaces."""
    try:
        return json.loads(value) if text(value).strip() else None
    except ValueError as fault:
        raise ArgumentFault(f"Invalid JSON: {fault}") from fault


def merge(first: Any, second: Any, deep: Any) -> dict[str, Any]:
    if deep is not False:
        raise ArgumentFault("Only shallow merges are possible: the third argument must be false")
    return {**json_object(first), **json_object(second)}


def encode(value: Any) -> str:
    return base64.b64encode(short_text(value).encode()).decode()


def decode(value: Any) -> str:
    try:
        return base64.b64decode(short_text(value), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as fault:
        raise ArgumentFault(f"Invalid Base64: {fault}") from fault


def digest(value: Any, algorithm: Any) -> str:
    """Of a text, or of the JSON of another value."""
    if algorithm not in HASHES:
        raise ArgumentFault(f"The algorithm {algorithm} is none of {', '.join(HASHES)}")
    data = value if isinstance(value, str) else to_text(value)
    return hashlib.new(HASHES[algorithm], short_text(data).encode()).hexdigest()


def split(value: Any, delimiters: Any) -> list[str]:
    """At each of the characters; without the parts that are empty."""
    if not text(delimiters):
        return [text(value)]
    parts = re.split(f"[{re.escape(delimiters)}]", text(value))
    return [part for part in parts if part]
