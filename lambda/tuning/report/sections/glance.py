"""At a glance: short answers below the first words, each with a link to the part that has all."""

from __future__ import annotations

from markupsafe import Markup

from tuning.report.advice.advice import advise
from tuning.report.formats import duration
from tuning.report.html import html, join
from tuning.report.run import Run
from tuning.report.sections.section import anchor
from tuning.trials.trial_reasons import grouped_failures

MOST_CHARACTERS = 160  # of a reason, which stands in full further down


def glance(run: Run) -> Markup:
    """What mattered, what to try next, what it cost and why training jobs failed."""
    entries = (
        *_mattered(run),
        _next(run),
        ("What it cost", anchor("Time and money"), _cost(run)),
        _failures(run),
    )
    listed = join(
        html("<div><dt><a href='#{}'>{}</a></dt><dd>{}</dd></div>", target, question, answer)
        for question, target, answer in entries
    )
    return html("<nav class='glance' aria-label='At a glance'><dl>{}</dl></nav>", listed)


def _mattered(run: Run) -> list[tuple[str, str, str]]:
    """By the first evaluator; nothing of training jobs without a metric, which have no chart."""
    if not run.search.scored:
        return []
    shares = next(iter(run.importance.shares.values()), ())
    answer = run.importance.note or "The training jobs do not tell."
    if shares:
        first = shares[0]
        answer = f"{first.name} the most: {first.share:.0%} ({first.low:.0%} to {first.high:.0%})"
    return [("What mattered", "chart-importance", answer)]


def _next(run: Run) -> tuple[str, str, str]:
    question = "What to try next"
    found = [each.brief for each in advise(run).suggestions]
    if found:
        return (question, anchor(question), "; ".join(found))
    if run.reason:
        failed = "Why the execution failed"
        return (question, anchor(failed), "See why the execution failed.")
    return (question, "jobs", "No range stands out: the training jobs do not tell.")


def _cost(run: Run) -> str:
    trained = sum(trial.seconds or 0 for trial in run.search.trials)
    if run.cost is None:
        return f"{duration(trained)} of training"
    seconds = run.cost.seconds
    billed = "" if seconds is None else f", {seconds:,} billable seconds"
    return f"{run.cost.cost.short}{billed}"


def _failures(run: Run) -> tuple[str, str, str]:
    question = "Why training jobs failed"
    groups = grouped_failures(run.search.trials)
    if not groups:
        return (question, "jobs", f"None of {len(run.search.trials)} failed.")
    failed = sum(len(trials) for _, trials in groups)
    reason = groups[0][0]
    shown = reason if len(reason) <= MOST_CHARACTERS else f"{reason[:MOST_CHARACTERS]}…"
    more = f" (and {len(groups) - 1} more)" if len(groups) > 1 else ""
    answer = f"{failed} of {len(run.search.trials)}: {shown}{more}"
    return (question, anchor(question), answer)
