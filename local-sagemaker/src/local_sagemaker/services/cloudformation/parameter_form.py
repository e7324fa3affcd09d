"""The form of a template's parameters: their members and types.

Source: "Parameters" of the CloudFormation user guide.
"""

from __future__ import annotations

import re
from typing import Any

from local_sagemaker.services.cloudformation.errors import ValidationError, format_error

_MEMBERS = frozenset(
    {
        "AllowedPattern",
        "AllowedValues",
        "ConstraintDescription",
        "Default",
        "Description",
        "MaxLength",
        "MaxValue",
        "MinLength",
        "MinValue",
        "NoEcho",
        "Type",
    }
)
_TYPE = re.compile(
    r"String|Number|CommaDelimitedList|List<(String|Number|AWS::[\w:]+)>"
    r"|AWS::(EC2|Route53)::[\w:]+|AWS::SSM::Parameter::(Name|Value<[\w:<>]+>)"
)


def check_parameters(parameters: dict[str, Any]) -> None:
    """Raises ValidationError."""
    for parameter in parameters.values():
        if not isinstance(parameter, dict) or "Type" not in parameter:
            continue  # made by a macro
        unknown = [key for key in parameter if key not in _MEMBERS]
        if unknown:
            raise ValidationError(f"Invalid template parameter property '{unknown[0]}'")
        if not _TYPE.fullmatch(parameter["Type"]):
            raise format_error(f"Unrecognized parameter type: {parameter['Type']}")
