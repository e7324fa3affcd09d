"""Which names are of a deployment, by its name prefix: bank-prod is none of the deployment `ban`.

It may be one of `bank`, though, as well as of `bank-prod`: where that matters, the tag tells.
"""

from __future__ import annotations

import re

_JOB = re.compile(r"\d{6}-[0-9a-f]{8}(-.*)?")  # after Execution.job_name's prefix


def is_own_name(prefix: str, name: str) -> bool:
    """Whether a name is the prefix, or begins with it and a hyphen."""
    return name == prefix or name.startswith(f"{prefix}-")


def is_own_job(prefix: str, name: str) -> bool:
    """Whether a run of this very deployment has named a job so: bank-261130-1a2b3c4d-00."""
    start, _, rest = name.partition(f"{prefix}-")
    return not start and _JOB.fullmatch(rest) is not None
