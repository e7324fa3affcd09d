"""Which columns the model looks at."""

from __future__ import annotations

from markupsafe import Markup

from tuning.report.run import CompletedRun, Run
from tuning.report.sections.section import NOTHING, section
from tuning.report.tables import columns_table


def columns(run: Run) -> Markup:
    """Their shares of what its trees gain."""
    if not isinstance(run, CompletedRun):
        return NOTHING
    note = (
        "Their share of what all splits of the model's trees gain. A column that tells the label "
        "too well may be a leak."
    )
    return section("Columns that mattered", columns_table(run.columns), note)
