"""How JSONata writes values as text, in `$string` and `&`: as JavaScript does.

The library writes numbers of 16 digits in parts (5.89084071224308e+15) and escapes what is not
ASCII. Measured on AWS (floci-io/floci#2662): 1e20 in full, 1e21 as 1e+21, 1/3 with 15 digits.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from jsonata import Functions, Utils
from jsonata.jexception import JException

LONGS = range(-(2**63), 2**63)
_DIGITS = 15
# JavaScript writes numbers without an exponent from 1e-6 to before 1e21.
_PLACES = range(-5, 22)
_INDENT = "  "


def as_text(value: Any, is_pretty: bool = False) -> str:
    """A text as it is, a function as none, all else as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and not math.isfinite(value):
        raise JException("D3001", -1)
    return "" if _is_function(value) else "".join(_json(value, "\n" if is_pretty else ""))


def number_text(number: int | float) -> str:
    """A number of 64 bits in full; another with the fewest digits, of a fraction with 15."""
    if isinstance(number, int) and number in LONGS:
        return str(number)
    if not math.isfinite(number):
        raise JException("D1001", -1, number)
    shown = float(number) if number == int(number) else float(f"{number:.{_DIGITS}g}")
    decimal = Decimal(repr(shown)).normalize()
    _, digits, exponent = decimal.as_tuple()
    place = len(digits) + int(exponent)
    if place in _PLACES:
        return format(decimal, "f")
    first, rest = str(digits[0]), "".join(map(str, digits[1:]))
    return f"{'-' if decimal < 0 else ''}{first}{'.' if rest else ''}{rest}e{place - 1:+d}"


def _json(value: Any, line: str) -> Iterator[str]:
    """`line` is what begins a line at this depth, or empty for one line alone."""
    if value is None or value is Utils.NULL_VALUE:
        yield "null"
    elif isinstance(value, bool):
        yield "true" if value else "false"
    elif isinstance(value, int | float):
        yield number_text(value)
    elif isinstance(value, dict):
        members = [_member(name, item, line) for name, item in value.items()]
        yield from _joined("{", members, "}", line)
    elif isinstance(value, list | tuple | range):
        items = ["".join(_json(item, _deeper(line))) for item in value]
        yield from _joined("[", items, "]", line)
    else:
        yield json.dumps("" if _is_function(value) else value, ensure_ascii=False)


def _member(name: str, item: Any, line: str) -> str:
    key = json.dumps(name, ensure_ascii=False)
    return f"{key}:{' ' if line else ''}{''.join(_json(item, _deeper(line)))}"


def _joined(opening: str, parts: Iterable[str], closing: str, line: str) -> Iterator[str]:
    inside = f",{_deeper(line)}".join(parts)
    yield f"{opening}{_deeper(line)}{inside}{line}{closing}" if inside else opening + closing


def _deeper(line: str) -> str:
    return line + _INDENT if line else ""


def _is_function(value: Any) -> bool:
    return bool(Utils.is_function(value) or Functions.is_lambda(value))
