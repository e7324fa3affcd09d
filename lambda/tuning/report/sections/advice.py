"""What to try next."""

from __future__ import annotations

from markupsafe import Markup

from tuning.report.advice import range_advice
from tuning.report.html import html, join
from tuning.report.run import Run
from tuning.report.sections.section import NOTHING, section


def advice(run: Run) -> Markup:
    """Sentences of all trials."""
    found = range_advice(run)
    if not found:
        return NOTHING
    return section(
        "What to try next",
        html("<ul>{}</ul>", join(html("<li>{}</li>", sentence) for sentence in found)),
    )
