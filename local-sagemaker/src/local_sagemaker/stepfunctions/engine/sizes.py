"""The quotas on what a state gives and an execution keeps.

Source: "Passing data between states with variables" of AWS's guide.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.json_text import is_too_long, to_text

DATA_LIMIT = "States.DataLimitExceeded"
MOST_BYTES_OF_VARIABLES = 10 * 1024 * 1024


def checked_text(value: Any, state: str) -> str:
    """The value's text. Raises States.DataLimitExceeded above 256 KiB."""
    return checked(to_text(value), state)


def checked(text: str, state: str) -> str:
    """The text itself. Raises States.DataLimitExceeded above 256 KiB."""
    if is_too_long(text):
        cause = (
            f"The state/task '{state}' returned a result with a size exceeding the maximum number "
            "of bytes service limit."
        )
        raise StateFailed(DATA_LIMIT, cause)
    return text


def checked_assignment(assigned: Mapping[str, Any], state: str) -> dict[str, str]:
    """The texts of variables. Raises States.DataLimitExceeded above 256 KiB, each and in all."""
    texts = {name: checked_text(value, state) for name, value in assigned.items()}
    checked("".join(texts.values()), state)
    return texts


def check_variables(size: int, state: str) -> None:
    """Raises States.DataLimitExceeded when an execution's variables come to more than 10 MiB."""
    if size > MOST_BYTES_OF_VARIABLES:
        cause = (
            f"With what the state '{state}' assigns, the variables of the execution come to {size} "
            f"bytes, above the {MOST_BYTES_OF_VARIABLES} of the service limit."
        )
        raise StateFailed(DATA_LIMIT, cause)
