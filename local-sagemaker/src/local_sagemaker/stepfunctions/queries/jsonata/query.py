"""A parsed expression, whose numbers and texts are JavaScript's.

The library ends a division by zero in Python's error, and cuts what is left of a division (5.5 % 2)
to an integer. On AWS 1/0 is "Infinity" (floci-io/floci#2737).
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any

from jsonata import Jsonata, Utils
from jsonata.jexception import JException

from local_sagemaker.stepfunctions.queries.jsonata.texts import as_text


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    return math.copysign(math.inf, left) * math.copysign(1, right) if left else math.nan


def _rest(left: float, right: float) -> float:
    return math.fmod(left, right) if right else math.nan


_OPERATIONS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _divide,
    "%": _rest,
}


class Query(Jsonata):  # type: ignore[misc]
    """In place of the library's own arithmetic and concatenation."""

    def evaluate_numeric_expression(self, lhs: Any, rhs: Any, op: str) -> Any:
        for code, side in (("T2001", lhs), ("T2002", rhs)):
            if side is not None and not Utils.is_numeric(side):
                raise JException(code, -1, op, side)
        if lhs is None or rhs is None:  # an undefined side makes it undefined
            return None
        result = _OPERATIONS[op](float(lhs), float(rhs))
        return Utils.convert_number(result) if math.isfinite(result) else result

    def evaluate_string_concat(self, lhs: Any, rhs: Any) -> str:
        return "".join(as_text(side) for side in (lhs, rhs) if side is not None)
