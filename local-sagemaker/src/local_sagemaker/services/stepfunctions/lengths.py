"""How long the JSON may be that a client hands to an execution."""

from __future__ import annotations

from moto.stepfunctions.parser.api import ValidationException

_LONGEST = 262_144  # of SensitiveData in the API's model; botocore does not check it


def check_length(member: str, text: str | None) -> None:
    """Raises ValidationException in the words of AWS."""
    if text is not None and len(text.encode()) > _LONGEST:
        raise ValidationException(
            f"1 validation error detected: Value at '{member}' failed to satisfy constraint: "
            f"Member must have length less than or equal to {_LONGEST}"
        )
