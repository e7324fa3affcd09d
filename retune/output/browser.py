"""Opens a page in the person's browser."""

from __future__ import annotations

import os
import sys
import webbrowser


def open_page(url: str) -> None:
    """In a browser with windows, if there is one here; a text browser would take the terminal."""
    if sys.platform in ("darwin", "win32") or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        webbrowser.open(url)
