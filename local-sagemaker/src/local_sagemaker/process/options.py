"""What a local AWS can be started with: the one rule for the commands, the plugin and programs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

LEAST_PORT, GREATEST_PORT = 1, 65_535
LEAST_WAIT_SCALE, GREATEST_WAIT_SCALE = 0, 1


_HOST_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_ORIGIN = re.compile(r"https?://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d+)?")


@dataclass(frozen=True)
class Admitted:
    """Who is answered besides programs of this machine: `host_names` that mean it, and `origins`.

    An origin is that of web pages, such as http://localhost:3000. Their requests must be signed
    with keys of the server like all others.
    """

    host_names: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()

    @property
    def as_arguments(self) -> list[str]:
        """For the command line of the server."""
        names = [word for name in self.host_names for word in ("--host-name", name)]
        return names + [word for origin in self.origins for word in ("--origin", origin)]


NOBODY_ELSE = Admitted()


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


def saved_state(value: str | Path) -> Path:
    """The file to begin with, which can be read; what it holds is not looked at."""
    path = Path(value)
    try:
        path.open("rb").close()
    except OSError as fault:
        raise OptionError(f"{path} cannot be read: {fault.strerror}.") from fault
    return path


def host_name(value: str) -> str:
    """The name that is meant, in small letters."""
    if _HOST_NAME.fullmatch(value):
        return value.lower()
    raise OptionError(f"{value!r} is no host name: give one without port, such as laptop.example")


def origin(value: str) -> str:
    """The origin that is meant."""
    if _ORIGIN.fullmatch(value):
        return value.lower()
    raise OptionError(
        f"{value!r} is no origin: give scheme, host and port, such as http://localhost:3000"
    )
