"""What every page is made of: the template, its style and its script, and what a browser may do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from tuning.report.content_security_policy import content_security_policy
from tuning.report.html import data, fill, trusted

TEMPLATE, STYLE, SCRIPT = (
    Path(__file__).with_name(f"page.{kind}") for kind in ("html", "css", "js")
)


def page(document: Mapping[str, Any], sections: Mapping[str, str]) -> bytes:
    """The file: `document` is what its script draws, `sections` the template's other parts."""
    style, script = STYLE.read_text(encoding="utf-8"), SCRIPT.read_text(encoding="utf-8")
    filled = fill(
        TEMPLATE,
        policy=content_security_policy(script, style),
        style=trusted(style),
        data=data(json.dumps(document, separators=(",", ":"))),
        script=trusted(script),
        **sections,
    )
    return filled.encode()
