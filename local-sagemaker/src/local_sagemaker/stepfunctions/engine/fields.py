"""Settings of a state that are said, found by a path (...Path), or come of a JSONata expression."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from local_sagemaker.stepfunctions.failure import RUNTIME, StateFailed
from local_sagemaker.stepfunctions.json_text import to_text
from local_sagemaker.stepfunctions.queries import jsonata, path, template

if TYPE_CHECKING:
    from local_sagemaker.stepfunctions.engine.visit import Visit

Kind = Literal["integer", "float"]
_NUMBERS: dict[Kind, re.Pattern[str]] = {
    "integer": re.compile(r"-?\d+"),
    "float": re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?"),
}


def expression(visit: Visit, field: str, expected: str) -> Any:
    """What a JSONata field comes to, of a type by JSON's name for it, such as array.

    Raises States.QueryEvaluationError for another type. An array that is said may have expressions
    in it.
    """
    said = visit.said[field]
    if isinstance(said, str) and jsonata.is_expression(said):
        return jsonata.typed_value(said, visit.scope(), field, expected)
    return template.evaluate(said, visit.scope(), "JSONata", field)


def number(visit: Visit, field: str, chosen: Any, kind: Kind) -> Any:
    """A setting that is a number; None where the state has none. `chosen` is what paths see."""
    if field in visit.said:
        return expression(visit, field, "number") if visit.is_jsonata else visit.said[field]
    where = visit.said.get(f"{field}Path")
    return None if where is None else number_at(visit, where, f"{field}Path", chosen, kind)


def number_at(visit: Visit, where: str, member: str, chosen: Any, kind: Kind) -> Any:
    """Where a path leads that `member` has; also to a number's text, as recorded.

    Raises States.Runtime for anything else.
    """
    value = path.select(where, visit.scope(input=chosen), member)
    shown = value if isinstance(value, str) else to_text(value)
    if not _NUMBERS[kind].fullmatch(shown):
        cause = f'The {member} field refers to value "{shown}" which is not a valid {kind}'
        raise StateFailed(RUNTIME, f"{cause}: {where}")
    return int(shown) if kind == "integer" else float(shown)
