"""The comparisons of Choice rules. A value of another type than the comparison's is false."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from local_sagemaker.stepfunctions.queries.json_values import is_number, json_type
from local_sagemaker.stepfunctions.queries.timestamps import parse_timestamp

Comparison = Callable[[Any, Any], bool]
Reading = Callable[[Any], Any]

_ORDERS: dict[str, Comparison] = {
    "Equals": operator.eq,
    "LessThan": operator.lt,
    "LessThanEquals": operator.le,
    "GreaterThan": operator.gt,
    "GreaterThanEquals": operator.ge,
}


def _ordered(read: Reading, compare: Comparison) -> Comparison:
    """Compares what `read` makes of both values; None of it is a value of another type."""

    def compares(left: Any, right: Any) -> bool:
        first, second = read(left), read(right)
        return first is not None and second is not None and compare(first, second)

    return compares


def _string(value: Any) -> Any:
    """The units of UTF-16 that Java compares."""
    return value.encode("utf-16-be", "surrogatepass") if isinstance(value, str) else None


def _number(value: Any) -> Any:
    return value if is_number(value) else None


def _boolean(value: Any) -> Any:
    return value if isinstance(value, bool) else None


def _matches(value: Any, pattern: Any) -> bool:
    """`*` is any text; `\\*` and `\\\\` are what they escape (states language, "StringMatches")."""
    return isinstance(value, str) and _regex(pattern).fullmatch(value) is not None


@lru_cache(maxsize=1024)
def _regex(pattern: str) -> re.Pattern[str]:
    tokens = re.findall(r"\\.|.", pattern, re.DOTALL)
    return re.compile(
        "".join(".*" if token == "*" else re.escape(token[-1]) for token in tokens), re.DOTALL
    )


def _is(kind: str) -> Comparison:
    return lambda value, wanted: (json_type(value) == kind) is wanted


def _is_timestamp(value: Any, wanted: Any) -> bool:
    return (parse_timestamp(value) is not None) is wanted


COMPARISONS: dict[str, Comparison] = {
    **{f"String{name}": _ordered(_string, order) for name, order in _ORDERS.items()},
    **{f"Numeric{name}": _ordered(_number, order) for name, order in _ORDERS.items()},
    **{f"Timestamp{name}": _ordered(parse_timestamp, order) for name, order in _ORDERS.items()},
    "BooleanEquals": _ordered(_boolean, operator.eq),
    "StringMatches": _matches,
    "IsNull": _is("null"),
    "IsNumeric": _is("number"),
    "IsString": _is("string"),
    "IsBoolean": _is("boolean"),
    "IsTimestamp": _is_timestamp,
}
IS_PRESENT = "IsPresent"
