"""$progress: how far DeployEndpoint has come from one look at the endpoint to the next."""

from __future__ import annotations

from tuning.variables.variable import Variable

LONGEST_PAUSE_SECONDS = 30


class EndpointProgress(Variable):
    """`asked`: the endpoint was asked to serve the config; `settled`: it serves it.

    `looks` counts since the endpoint was asked, or from the beginning; the pauses between them are
    1, 2, 4 ... then 30 seconds.
    """

    asked: bool = False
    settled: bool = False
    looks: int = 0
    pause_seconds: int = 0

    def after_a_look(self, *, asked: bool, settled: bool) -> EndpointProgress:
        """Counts from the beginning again when this look has led to the endpoint being asked."""
        looks = 0 if asked and not self.asked else self.looks + 1
        return EndpointProgress(
            asked=asked,
            settled=settled,
            looks=looks,
            pause_seconds=min(2**looks, LONGEST_PAUSE_SECONDS),
        )
