"""What was run: objective, strategy, image, data and the models' names."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from tuning.report.html import html
from tuning.report.run import CompletedRun, Run
from tuning.report.tables import facts_list
from tuning.request_types import TrainingChannel
from tuning.variables.warm_start import WarmStartOutcome


def setting(run: Run) -> Markup:
    """As far as it is known."""
    job = run.search.job
    facts = {
        "Strategy": job.strategy,
        "Objective": f"{job.objective_type} {job.metric_name}",
        "Image": (run.image or "").rsplit("/", 1)[-1],
        **(_warm_start(run.plan.warm_start) if run.plan else _parents(job.parents)),
        **(_of_completed(run) if isinstance(run, CompletedRun) else {}),
    }
    return html("<h2>What was run</h2>{}", facts_list({k: v for k, v in facts.items() if v}))


def _of_completed(run: CompletedRun) -> dict[str, str]:
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


def _parents(names: tuple[str, ...]) -> dict[str, str]:
    return {"Warm start": f"From {', '.join(names)}."} if names else {}


def _channels(channels: Iterable[TrainingChannel]) -> dict[str, str]:
    return {
        f"Channel {channel['ChannelName']}": channel["DataSource"]["S3DataSource"]["S3Uri"]
        for channel in channels
    }
