"""Names of state machines, executions and activities."""

from __future__ import annotations

import re

from local_sagemaker.stepfunctions.errors import InvalidName

# API reference, CreateStateMachine, `name`: no whitespace, brackets, wildcards, special characters
# and control characters.
_REFUSED = re.compile(
    r"[\s<>{}\[\]?*\"#%\\^|~`$&,;:/\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff\U0010ffff]"
)


def check_name(name: str) -> None:
    """Raises InvalidName."""
    if _REFUSED.search(name):
        raise InvalidName(name)
