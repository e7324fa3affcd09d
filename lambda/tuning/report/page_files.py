"""report.html: one file that needs no network, from page.html, page.css and page.js."""

from __future__ import annotations

from pathlib import Path

from tuning.report.content_security_policy import content_security_policy
from tuning.report.html import data, fill, trusted

TEMPLATE, STYLE, SCRIPT = (
    Path(__file__).with_name(f"page.{kind}") for kind in ("html", "css", "js")
)


def page(document: str, **sections: str) -> bytes:
    """The file: `document` is report.json, `sections` are the template's other parts."""
    style, script = STYLE.read_text(encoding="utf-8"), SCRIPT.read_text(encoding="utf-8")
    filled = fill(
        TEMPLATE,
        policy=content_security_policy(script, style),
        style=trusted(style),
        data=data(document),
        script=trusted(script),
        **sections,
    )
    return filled.encode()
