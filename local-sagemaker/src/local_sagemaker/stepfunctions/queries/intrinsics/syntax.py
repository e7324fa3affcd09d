"""From the text of a call to what it calls, with what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from local_sagemaker.stepfunctions.queries.intrinsics.functions import FUNCTIONS
from local_sagemaker.stepfunctions.queries.paths_in_scope import split_root
from local_sagemaker.stepfunctions.queries.reader import Reader

MOST_NESTED = 10

_FORMAT = "States.Format"
_NAME = re.compile(r"States\.(\w+)")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_WORD = re.compile(r"true\b|false\b|null\b")
_WORDS = {"true": True, "false": False, "null": None}
_ESCAPE = re.compile(r"\\(.?)", re.DOTALL)
_ESCAPED = frozenset("'{}\\")


@dataclass(frozen=True)
class Call:
    """A function and its arguments."""

    name: str
    arguments: tuple[Argument, ...]


@dataclass(frozen=True)
class PathArgument:
    """An argument that is a path."""

    path: str


@dataclass(frozen=True)
class Literal:
    """An argument that stands for itself. The template of Format has its escapes still."""

    value: Any


Argument = Call | PathArgument | Literal


@lru_cache(maxsize=4096)
def parse_call(text: str) -> Call:
    """The call that a text is; raises QuerySyntaxError."""
    reader = Reader(text)
    call = _call(reader, 1)
    reader.skip_spaces()
    if not reader.at_end:
        raise reader.fault("nothing more expected")
    return call


def _call(reader: Reader, depth: int) -> Call:
    if depth > MOST_NESTED:
        raise reader.fault(f"at most {MOST_NESTED} functions may be nested")
    name = reader.match(_NAME)
    if name is None or name not in FUNCTIONS:
        raise reader.fault("an intrinsic function expected")
    reader.skip_spaces()
    reader.expect("(")
    reader.skip_spaces()
    arguments: list[Argument] = []
    while not reader.take(")"):
        if arguments:
            reader.expect(",")
            reader.skip_spaces()
        is_template = name == _FORMAT and not arguments and reader.sees("'")
        arguments.append(Literal(_text(reader)) if is_template else _argument(reader, depth))
        reader.skip_spaces()
    if not FUNCTIONS[name].takes(len(arguments)):
        raise reader.fault(f"{name} does not take {len(arguments)} arguments")
    return Call(name, tuple(arguments))


def _argument(reader: Reader, depth: int) -> Argument:
    if reader.sees("States."):
        return _call(reader, depth + 1)
    if reader.sees("$"):
        return _path(reader)
    if reader.sees("'"):
        return Literal(_ESCAPE.sub(r"\1", _text(reader)))
    word = reader.match(_WORD)
    if word is not None:
        return Literal(_WORDS[word])
    number = reader.match(_NUMBER)
    if number is None:
        raise reader.fault("an argument expected")
    return Literal(int(number) if number.lstrip("-").isdigit() else float(number))


def _path(reader: Reader) -> PathArgument:
    """It ends before a comma or a bracket that is not within its own."""
    start = reader.place
    depth = 0
    while not reader.at_end and (depth or reader.text[reader.place] not in ",) "):
        if depth and (reader.sees("'") or reader.sees('"')):
            reader.quoted()
            continue
        depth += {"[": 1, "]": -1}.get(reader.text[reader.place], 0)
        reader.place += 1
    path = reader.text[start : reader.place]
    split_root(path)
    return PathArgument(path)


def _text(reader: Reader) -> str:
    """With its escapes, which are those of a quote, of braces and of the backslash."""
    text = reader.quoted()
    for escape in _ESCAPE.finditer(text):
        if escape[1] not in _ESCAPED:
            raise reader.fault(f"{escape.group()} is no escape")
    return text
