"""What to try next."""

from __future__ import annotations

import json

from markupsafe import Markup

from tuning.report.advice.advice import advise
from tuning.report.html import html, join
from tuning.report.run import Run
from tuning.report.sections.section import NOTHING, copied, section

_NOTE = (
    "From all training jobs, where chance does not explain it. What is not named here is not known "
    "to need a change."
)


def advice(run: Run) -> Markup:
    """Sentences, and JSON for the next execution input; nothing where the trials do not tell."""
    found = advise(run)
    if not found.suggestions:
        return NOTHING
    listed = join(html("<li>{}</li>", each.sentence) for each in found.suggestions)
    text = json.dumps(found.next_input, indent=2, ensure_ascii=False)
    wanted = html("<p>In the next execution input:</p>{}", copied(text))
    body = html("<ul>{}</ul>{}", listed, wanted if found.next_input else "")
    return section("What to try next", body, _NOTE)
