"""Where the description lies of the table behind a run's channels: in $plan."""

from __future__ import annotations

from tuning.variables.variable import Variable


class TableDescription(Variable):
    """S3 URIs of a file that `retune prepare` has written beside the channels."""

    source: str
    kept: str  # a copy in the run's folder, which no later preparation changes
