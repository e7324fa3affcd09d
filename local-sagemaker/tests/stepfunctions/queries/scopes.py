"""What the expressions of a test see, and what they say when they fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.queries.scope import Scope

CONTEXT = {"Execution": {"Id": "arn:of:execution", "Input": {"a": 1}}, "State": {"Name": "S"}}


def scope(given: Any = None, **variables: Any) -> Scope:
    """Of a state S with this input and these variables."""
    return Scope(given, CONTEXT, variables, state="S")


def failure(evaluate: Callable[[], Any]) -> StateFailed:
    """The failure that it ends with."""
    with pytest.raises(StateFailed) as failed:
        evaluate()
    return failed.value
