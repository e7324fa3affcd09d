"""The one place where foreign text becomes Markdown: it is shown, and is no markup."""

from __future__ import annotations

import re

from tuning.visible import on_one_line

_MARKUP = re.compile(r"([\\`*_\[\]<>|#~&])")


def as_markdown(text: str) -> str:
    """On one line, with a backslash before what Markdown, or a table of it, would obey."""
    return _MARKUP.sub(r"\\\1", on_one_line(text))
