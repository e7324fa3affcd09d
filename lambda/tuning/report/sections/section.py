"""The form of a section: a heading, a sentence on how to read it, and what it says."""

from __future__ import annotations

from markupsafe import Markup

from tuning.report.html import html, join

NOTHING = Markup("")


def anchor(heading: str) -> str:
    """What a link to the section ends on."""
    return heading.lower().replace(" ", "-")


def head(heading: str) -> Markup:
    """A heading that can be linked to."""
    return html("<h2 id='{}'>{}</h2>", anchor(heading), heading)


def section(heading: str, body: Markup, note: str = "") -> Markup:
    """Nothing at all when the body is empty."""
    if not body:
        return NOTHING
    return html(
        "{}{}<section class='scroll' tabindex='0' role='region' aria-label='{}'>{}</section>",
        head(heading),
        html("<p class='note'>{}</p>", note) if note else "",
        heading,
        body,
    )


def marking(training_job: str, label: str) -> Markup:
    """A link to the table of training jobs, where the page's script marks the job."""
    return html("<a href='#jobs' data-marks='{}'>{}</a>", training_job, label)


def sentences(lines: list[str]) -> Markup:
    """A paragraph each."""
    return join(html("<p>{}</p>", line) for line in lines)


def copied(json: str) -> Markup:
    """JSON that a person copies as it stands."""
    return html("<pre class='copied'>{}</pre>", json)
