"""report.html: one file that needs no network, from the template page.html."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from markupsafe import Markup
from plotly.offline import get_plotlyjs

from tuning.names import execution_name
from tuning.prices.sentences import cost_facts
from tuning.report.advice import range_advice
from tuning.report.chart_json import chart_json
from tuning.report.content_security_policy import content_security_policy
from tuning.report.document_types import ReportDocument
from tuning.report.figures import Figure, draw_figures
from tuning.report.formats import duration, hyperparameter, metric
from tuning.report.html import data, fill, html, join, trusted
from tuning.report.proof import proof
from tuning.report.run import CompletedRun, Run
from tuning.report.tables import columns_table, facts_list, predictions_table, trials_table
from tuning.request_types import TrainingChannel
from tuning.trials.ending import why_it_ended
from tuning.trials.trials import TuningJob
from tuning.variables.warm_start import WarmStartOutcome

_TEMPLATE, _STYLE, _SCRIPT = (
    Path(__file__).with_name(f"page.{kind}") for kind in ("html", "css", "js")
)

_ENDINGS = {
    "Deployed": "The model serves at {}.",
    "KeptChampion": "It did not replace the model that serves at {}.",
    "DryRun": "This was a dry run: {} was not touched.",
    "NotApproved": "It was not approved: {} was not touched.",
}


def render(run: Run, document: ReportDocument) -> bytes:
    """The page; `document` is report.json."""
    plotly, script, style = get_plotlyjs(), _SCRIPT.read_text(), _STYLE.read_text()
    shares = document.importance[0].shares if document.importance else ()
    figures = draw_figures(run.search, {each.name: each.share for each in shares})
    page = fill(
        _TEMPLATE,
        policy=content_security_policy([plotly, script], style),
        title=run.search.title,
        style=trusted(style),
        outcome=_outcome(run),
        facts=facts_list(_facts(run)),
        advice=_advice(range_advice(run)),
        proof=_proof(run),
        columns=columns_table(run.columns) if isinstance(run, CompletedRun) else "",
        trials=trials_table(run),
        figures=join(map(_figure, figures)),
        predictions=_predictions(run),
        plotly=trusted(plotly),
        script=trusted(script),
    )
    return page.encode()


def _outcome(run: Run) -> Markup:
    if isinstance(run, CompletedRun):
        return html(
            "{} {}{}",
            _best(run),
            _retrained(run),
            html(_ENDINGS[run.outcome], html("endpoint <strong>{}</strong>", run.endpoint_name)),
        )
    ended = [html("{}", why_it_ended(job) or "It goes on.") for job in run.search.jobs]
    failed = html("The execution ended with <strong>{}</strong>. ", run.outcome or "")
    return html("{}{} {}", failed if run.outcome else "", _best(run), join(ended))


def _best(run: Run) -> Markup:
    if run.best is None or run.best.value is None:
        return html("No training job ended with a metric.")
    tuned = run.best.tuned_hyperparameters
    values = [
        f"{name} {hyperparameter(tuned[name])}" for name in run.search.ranges if name in tuned
    ]
    earlier = run.plan.earlier_tuning_job if run.plan else None
    return html(
        "The best of {} scored training jobs{} reached {} <strong>{}</strong> with {}.",
        str(len(run.search.scored)),
        f" of {run.search.title}, tuned earlier," if earlier else "",
        run.search.metric_name,
        metric(run.best.value),
        ", ".join(values),
    )


def _proof(run: Run) -> Markup:
    if isinstance(run, CompletedRun):
        return proof(run.verdict, run.approval)
    lines = (run.reason or "Nothing was scored on held-out data.").splitlines()
    return html("<section>{}</section>", join(html("<p>{}</p>", line) for line in lines))


def _retrained(run: CompletedRun) -> str:
    if not run.is_retrained:
        return ""
    data = "the data of today" if run.plan.earlier_tuning_job else "the larger data set"
    return f"Its hyperparameters were trained once more on {data}. "


def _facts(run: Run) -> dict[str, str]:
    job = run.search.job
    trained = sum(trial.seconds or 0 for trial in run.search.trials)
    return {
        **({"Execution": execution_name(run.execution_id)} if run.execution_id else {}),
        "Started": f"{job.created:%Y-%m-%d %H:%M} {job.created.tzname()}",
        "Strategy": job.strategy,
        "Objective": f"{job.objective_type} {job.metric_name}",
        "Training jobs": _counters(job),
        "Duration": f"{duration(job.seconds)}; training in all {duration(trained)}",
        **(cost_facts(run.cost, run.plan.cost_bound) if run.plan else {}),
        "Image": (run.image or "").rsplit("/", 1)[-1],
        **(_warm_start(run.plan.warm_start) if run.plan else {}),
        **(_completed_facts(run) if isinstance(run, CompletedRun) else {}),
    }


def _completed_facts(run: CompletedRun) -> dict[str, str]:
    described = run.plan.table_description
    return {
        **_learning_objective(run),
        **_channels(run.channels),
        **({"Description of the table": described.kept} if described else {}),
        "Best training job": run.best_training_job,
        "Model": run.model_name,
    }


def _learning_objective(run: CompletedRun) -> dict[str, str]:
    """Such as binary:logistic; what another image learns is not known."""
    if run.algorithm is None:
        return {}
    return {"Learning objective": run.algorithm.objective(run.winner.hyper_parameters)}


def _warm_start(outcome: WarmStartOutcome | None) -> dict[str, str]:
    return {"Warm start": " ".join(outcome.sentences)} if outcome else {}


def _counters(job: TuningJob) -> str:
    counters, limits = job.counters, job.limits
    parts = [f"{counters.get('Completed', 0)} completed"]
    parts += [f"{job.failed} failed"] if job.failed else []
    parts += [f"{counters['Stopped']} stopped"] if counters.get("Stopped") else []
    return f"{', '.join(parts)} ({limits.get('MaxParallelTrainingJobs', '?')} at a time)"


def _channels(channels: Iterable[TrainingChannel]) -> dict[str, str]:
    return {
        f"Channel {channel['ChannelName']}": channel["DataSource"]["S3DataSource"]["S3Uri"]
        for channel in channels
    }


def _advice(sentences: list[str]) -> Markup:
    if not sentences:
        return html("<p>The best values lie well within their ranges: none needs widening.</p>")
    return html("<ul>{}</ul>", join(html("<li>{}</li>", sentence) for sentence in sentences))


def _predictions(run: Run) -> Markup:
    if not isinstance(run, CompletedRun) or not run.is_deployed:
        return html("<p>The endpoint was not asked: nothing was deployed.</p>")
    if not run.predictions:
        return html(
            "<p>The endpoint was not asked: Retune makes no request of {}.</p>",
            run.plan.samples.content_type,
        )
    return predictions_table(run.predictions)


def _figure(figure: Figure) -> Markup:
    """The chart as data, where the page's script finds it."""
    return html(
        "<figure class='{}'><h3>{}</h3><figcaption>{}</figcaption>"
        "<div class='scroll'><div class='plot' data-least='{}rem'></div></div>"
        "<script type='application/json'>{}</script></figure>",
        "wide" if figure.wide else "",
        figure.title,
        figure.caption,
        str(figure.least_rem),
        data(chart_json(figure.plot)),
    )
