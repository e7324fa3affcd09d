"""report.html: what Python says of a run, around what the page's script draws."""

from __future__ import annotations

from tuning.report.document_types import ReportDocument
from tuning.report.html import join
from tuning.report.page_files import page
from tuning.report.run import Run
from tuning.report.sections.advice import advice
from tuning.report.sections.best import best
from tuning.report.sections.champion import champion
from tuning.report.sections.columns import columns
from tuning.report.sections.costs import costs
from tuning.report.sections.failure import failure
from tuning.report.sections.failures import failures
from tuning.report.sections.glance import glance
from tuning.report.sections.outcome import outcome
from tuning.report.sections.predictions import predictions
from tuning.report.sections.request import request
from tuning.report.sections.setting import setting

# Charts and the table of training jobs stand between them.
_ABOVE = (failure, glance, champion, best)
_BELOW = (advice, failures, columns, predictions, costs, setting, request)


def render(run: Run, document: ReportDocument) -> bytes:
    """The page; `document` is report.json, from which its script makes charts and table."""
    return page(
        document.to_json(),
        title=run.search.title,
        outcome=outcome(run),
        above=join(part(run) for part in _ABOVE),
        below=join(part(run) for part in _BELOW),
    )
