"""What a local AWS can be started with: the one rule for the commands, the plugin and programs."""

from __future__ import annotations

LEAST_PORT, GREATEST_PORT = 1, 65_535
LEAST_WAIT_SCALE, GREATEST_WAIT_SCALE = 0, 1


class OptionError(ValueError):
    """A value that no server can have; the text names it, and says what it may be."""


def port(value: str | int) -> int:
    """The port that is meant."""
    try:
        number = int(value)
    except ValueError:
        number = -1
    if LEAST_PORT <= number <= GREATEST_PORT:
        return number
    raise OptionError(f"{value!r} is no port: give a whole number from 1 to {GREATEST_PORT}")


def wait_scale(value: str | float) -> float:
    """The factor of waits that is meant; `nan` is none."""
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if LEAST_WAIT_SCALE <= number <= GREATEST_WAIT_SCALE:
        return number
    raise OptionError(
        f"{value!r} is no scale of waits: give a number from 0 to 1, such as 0.01 for waits of a "
        "hundredth"
    )
