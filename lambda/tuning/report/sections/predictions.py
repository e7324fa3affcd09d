"""What the endpoint has answered."""

from __future__ import annotations

from markupsafe import Markup

from tuning.report.html import html
from tuning.report.run import CompletedRun, Run
from tuning.report.sections.section import NOTHING, section
from tuning.report.tables import predictions_table


def predictions(run: Run) -> Markup:
    """Beside the labels, or why it was not asked."""
    if not isinstance(run, CompletedRun):
        return NOTHING
    note = (
        "The first rows of the validation channel, which the endpoint was asked for after the "
        "deployment."
    )
    return section("Predictions of the endpoint", _answers(run), note)


def _answers(run: CompletedRun) -> Markup:
    if not run.is_deployed:
        return html("<p>The endpoint was not asked: nothing was deployed.</p>")
    if not run.predictions:
        return html(
            "<p>The endpoint was not asked: Retune makes no request of {}.</p>",
            run.plan.samples.content_type,
        )
    return predictions_table(run.predictions)
