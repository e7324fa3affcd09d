"""How an execution ended, well or not: what people are told and what its output says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from tuning.variables.explanation import Explanation
from tuning.variables.imported_model import Imported
from tuning.variables.rollback import RolledBack
from tuning.variables.summary import Summary

Result = Summary | RolledBack | Imported | Explanation
_RESULT: TypeAdapter[Result] = TypeAdapter(Result)


def parse_result(document: Mapping[str, Any]) -> Result:
    """From the payload of a task: what has a Reason is an explanation."""
    return _RESULT.validate_python(document)
