"""What programs that are not this server's own get of its environment."""

from __future__ import annotations

import os

_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")


def passed_on() -> dict[str, str]:
    """What says where things are on this machine; no credentials and no settings of anybody's."""
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
