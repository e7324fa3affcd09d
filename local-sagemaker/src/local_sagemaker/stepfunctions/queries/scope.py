"""What an expression sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

ABSENT: Any = object()


@dataclass(frozen=True)
class Scope:
    """`input` is `$` of JSONPath and `$states.input` of JSONata; `context` is `$$`.

    `variables` are named without their `$`. `result` and `error_output` are ABSENT where the
    expression stands in a field that does not have them.
    """

    input: Any
    context: Mapping[str, Any]
    variables: Mapping[str, Any] = field(default_factory=dict)
    result: Any = ABSENT
    error_output: Any = ABSENT
    state: str = ""

    def of(self, **members: Any) -> Scope:
        """The same with other members, such as the result of a task."""
        return replace(self, **members)
