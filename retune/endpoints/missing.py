"""What is said of an endpoint that is not there."""

from __future__ import annotations

from retune.errors import UnavailableError


def missing_endpoint(name: str) -> UnavailableError:
    """The error to raise."""
    return UnavailableError(
        f"There is no endpoint {name!r}. The first run that deploys makes it: "
        "`retune start --watch`."
    )
