"""Foreign text made visible: names, reasons and answers, which are shown and never obeyed.

A character without a picture of its own can move a terminal's cursor, clear its screen, turn the
direction of the text around it, or begin a line that looks like one of ours.
"""

from __future__ import annotations

import unicodedata

# Control (C0 and C1), format (overrides of direction, zero width), half a pair, line separators.
_WITHOUT_A_PICTURE = ("Cc", "Cf", "Cs", "Zl", "Zp")
_LAYOUT = "\n\t"
_JOINERS = "\u200c\u200d"  # scripts and emoji need them


def visible(text: str) -> str:
    """The text with `\\x1b`, `\\u202e` and the like written out; newline and tab stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def on_one_line(text: str) -> str:
    """The same where a newline would begin a line of ours: it is written out too."""
    return visible(text).replace("\n", "\\n").replace("\t", "\\t")


def _shown(character: str) -> str:
    if character in _LAYOUT + _JOINERS:
        return character
    if unicodedata.category(character) in _WITHOUT_A_PICTURE:
        return character.encode("unicode_escape").decode("ascii")
    return character
