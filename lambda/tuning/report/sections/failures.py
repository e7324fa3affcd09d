"""Why training jobs failed: each reason once, with how many and which they were."""

from __future__ import annotations

from markupsafe import Markup

from tuning.report.html import html, join
from tuning.report.run import Run
from tuning.report.sections.section import NOTHING, marking, section
from tuning.trials.trial_reasons import grouped_failures
from tuning.trials.trials import Trial

MOST_NAMES = 10  # of a reason


def failures(run: Run) -> Markup:
    """The most frequent reason first."""
    groups = grouped_failures(run.search.trials)
    if not groups:
        return NOTHING
    failed = sum(len(trials) for _, trials in groups)
    rows = join(
        html(
            "<tr><td class='number'>{}</td><td class='reason'>{}</td><td>{}</td></tr>",
            str(len(trials)),
            reason,
            _names(run, trials),
        )
        for reason, trials in groups
    )
    table = html(
        "<table><thead><tr><th scope='col'>Training jobs</th><th scope='col'>Reason</th>"
        "<th scope='col'>Which</th></tr></thead><tbody>{}</tbody></table>",
        rows,
    )
    note = f"{failed} of {len(run.search.trials)} training jobs, by the reason that they gave."
    return section("Why training jobs failed", table, note)


def _names(run: Run, trials: list[Trial]) -> Markup:
    shown = [marking(trial.name, run.search.label(trial)) for trial in trials[:MOST_NAMES]]
    more = len(trials) - len(shown)
    return html("{}{}", Markup(", ").join(shown), f" and {more} more" if more else "")
