"""What JSON of a definition must be, in the words of AWS's reader."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from local_sagemaker.sagemaker.pipelines.faults import unparsable


def expect_object(value: Any, properties: Collection[str] | None = None) -> dict[str, Any]:
    """The value, if it is an object, with no other properties than these if they are given.

    Raises:
        ValidationException: it is something else (aws/sagemaker-python-sdk#3908), or has a property
            that is unknown (aws/sagemaker-python-sdk#2746).
    """
    if not isinstance(value, dict):
        raise unparsable("Expecting start of Json Object.")
    if properties is not None:
        for name in value:
            if name not in properties:
                raise unparsable(f"Cannot parse object, unknown property '{name}'.")
    return value


def expect_list(value: Any) -> list[Any]:
    """The value, if it is a list.

    Raises:
        ValidationException: it is something else (aws/sagemaker-python-sdk#2345).
    """
    if not isinstance(value, list):
        raise unparsable("Expecting start of Json Array.")
    return value


def expect_text(value: Any, name: str) -> str:
    """The value of the property of this name, if it is text.

    Raises:
        ValidationException: it is something else.
    """
    if not isinstance(value, str):
        raise unparsable(f"{name} must be a string, not {value!r:.100}.")
    return value
