"""What to ask for when a quota of the account is too small."""

from __future__ import annotations

import re

# As CreateHyperParameterTuningJob and CreateEndpoint put it.
_REFUSAL = re.compile(
    r"service limit '(?P<name>[^']+)' is (?P<limit>\d+) (?P<unit>\w+), with current utilization "
    r"of (?P<used>\d+) \w+ and a request delta of (?P<asked>\d+)"
)


def quota_advice(message: str) -> str | None:
    """The quota, and the value to ask for; None when the message names no quota."""
    match = _REFUSAL.search(message)
    if match is None:
        return None
    needed = int(match["used"]) + int(match["asked"])
    return (
        f"Quota: Amazon SageMaker, '{match['name']}'. It is {match['limit']}, {match['used']} in "
        f"use, {match['asked']} asked for: request at least {needed} in Service Quotas."
    )
