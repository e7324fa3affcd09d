"""report.html: what Python says of a run; the rest is drawn by the page's script."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from tuning.names import execution_name
from tuning.prices.sentences import cost_facts
from tuning.report.advice import range_advice
from tuning.report.document_types import ReportDocument
from tuning.report.formats import duration, hyperparameter, metric
from tuning.report.html import html, join
from tuning.report.page_files import page
from tuning.report.proof import proof
from tuning.report.run import CompletedRun, Run
from tuning.report.tables import columns_table, facts_list, predictions_table
from tuning.request_types import TrainingChannel
from tuning.trials.ending import why_it_ended
from tuning.trials.trials import TuningJob
from tuning.variables.warm_start import WarmStartOutcome

_ENDINGS = {
    "Deployed": "The model serves at {}.",
    "KeptChampion": "It did not replace the model that serves at {}.",
    "DryRun": "This was a dry run: {} was not touched.",
    "NotApproved": "It was not approved: {} was not touched.",
}


def render(run: Run, document: ReportDocument) -> bytes:
    """The page; `document` is report.json, from which its script makes charts and table."""
    return page(
        document.to_json(),
        title=run.search.title,
        outcome=_outcome(run),
        facts=facts_list(_facts(run)),
        advice=_advice(range_advice(run)),
        proof=_proof(run),
        columns=columns_table(run.columns) if isinstance(run, CompletedRun) else "",
        predictions=_predictions(run),
    )


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
