"""The first words: what won, how it ended, and whether it was worth it."""

from __future__ import annotations

from markupsafe import Markup

from tuning.report.baseline import baseline
from tuning.report.formats import hyperparameter, metric, number
from tuning.report.html import html, join
from tuning.report.run import CompletedRun, Run
from tuning.trials.ending import why_it_ended
from tuning.variables.verdict import Proven

MOST_HYPERPARAMETERS = 6  # of the first words; the JSON below has all

_ENDINGS = {
    "Deployed": "The model serves at {}.",
    "ScalingFailed": "The model serves at {}, whose autoscaling could not be set.",
    "KeptChampion": "It did not replace the model that serves at {}.",
    "DryRun": "This was a dry run: {} was not touched.",
    "NotApproved": "It was not approved: {} was not touched.",
}


def outcome(run: Run) -> Markup:
    """Of a failed execution its name and the first line of its reason; what tuning found anyway."""
    parts = [_found(run), _gain(run)]
    if isinstance(run, CompletedRun):
        place = html("endpoint <strong>{}</strong>", run.endpoint_name)
        parts += [_retrained(run), _worth(run), html(_ENDINGS[run.outcome], place)]
        parts.append(_unscaled(run))
    else:
        parts = [_failed(run), *parts, _worth(run) if run.verdict else "", _why_tuning_ended(run)]
    return join(html("{} ", part) for part in parts if part)


def _found(run: Run) -> Markup:
    best, search = run.best, run.search
    if best is None or best.value is None:
        return html("None of {} training jobs ended with a metric.", str(len(search.trials)))
    tuned = best.tuned_hyperparameters
    names = [name for name in search.ranges if name in tuned]
    values = [f"{name} {hyperparameter(tuned[name])}" for name in names[:MOST_HYPERPARAMETERS]]
    more = len(names) - len(values)
    values += [f"{more} more"] if more else []
    earlier = run.plan.earlier_tuning_job if run.plan else None
    return html(
        "The best of {} scored training jobs{} reached {} <strong>{}</strong>{}.",
        str(len(search.scored)),
        f" of {search.title}, tuned earlier," if earlier else "",
        search.metric_name,
        metric(best.value),
        f" with {', '.join(values)}" if values else "",
    )


def _gain(run: Run) -> str:
    """How far the best is from the baseline."""
    base, best = baseline(run.search, run.algorithm), run.best
    if base is None or best is None or best.value is None or base.trial.name == best.name:
        return ""
    gain = abs(best.value - base.value)
    worse = gain and (best.value > base.value) != run.search.maximizes
    return (
        f"That is {number(gain, 3)} {'worse' if worse else 'better'} than {base.label} "
        f"({metric(base.value)})."
    )


def _retrained(run: CompletedRun) -> str:
    if not run.is_retrained:
        return ""
    data = "the data of today" if run.plan.earlier_tuning_job else "the larger data set"
    own = run.trained.metrics.get(run.winner.metric_name) if run.trained else None
    scored = "" if own is None else f", and reached {run.winner.metric_name} {metric(own)} itself"
    return f"Its hyperparameters were trained once more on {data}: {run.model_name}{scored}."


def _worth(run: Run) -> str:
    """The comparison with what served, and what it means."""
    verdict = run.verdict
    if not isinstance(verdict, Proven):
        return "It was not compared with what served before on data that tuning never saw."
    candidate, champion = verdict.candidate, verdict.champion
    scored = f"On {verdict.rows:,} held-out rows it has {verdict.metric_name} "
    scored += metric(candidate.score)
    if champion is None or champion.score is None or verdict.interval is None:
        return f"{scored}."
    low, high = verdict.interval
    confidence = f"{verdict.interval_confidence or 0:.4g}"
    return (
        f"{scored} against {metric(champion.score)} of what served before: the improvement is "
        f"{number(verdict.improvement or 0, 3)}, with confidence {confidence} between "
        f"{number(low, 3)} and {number(high, 3)}. {_meaning(low, high)}{_leniency(verdict, low)}"
    )


def _meaning(low: float, high: float) -> str:
    if low > 0:
        return "All of that is above 0: chance does not explain it."
    worse = "All of that is below 0: it is worse, and chance does not explain it."
    return worse if high < 0 else "0 lies between them: it may be chance."


def _leniency(verdict: Proven, low: float) -> str:
    """Why a model is promoted that is not better for sure."""
    if verdict.decision != "Promote" or low > 0 or verdict.margin >= 0:
        return ""
    margin = number(verdict.margin)
    return f" It was taken since Promotion.Margin, {margin}, lets in what is not much worse."


def _unscaled(run: CompletedRun) -> Markup | str:
    return html("Why: {}", run.scaling_failure) if run.scaling_failure else ""


def _failed(run: Run) -> Markup | str:
    if run.outcome is None:
        return ""
    return html("The execution ended with <strong>{}</strong>.", run.outcome)


def _why_tuning_ended(run: Run) -> str:
    ended = [(job, why_it_ended(job)) for job in run.search.jobs]
    if len(ended) == 1:
        return ended[0][1] or "Tuning goes on."
    return " ".join(f"{job.name}: {why or 'It goes on.'}" for job, why in ended)
