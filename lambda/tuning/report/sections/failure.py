"""What an execution failed of, as its recovery explains it."""

from __future__ import annotations

from markupsafe import Markup

from tuning.report.run import Run
from tuning.report.sections.section import NOTHING, section, sentences


def failure(run: Run) -> Markup:
    """Its reason, in lines."""
    if not run.reason:
        return NOTHING
    return section("Why the execution failed", sentences(run.reason.splitlines()))
