"""The lesson's table of results: a row a trial, the best first."""

from collections.abc import Sequence

from tuning.report.formats import duration, hyperparameter, metric
from tuning.report.search_space import parse_ranges
from tuning.trials.trials import Trial, TuningJob

from retune.output.markdown_table import MarkdownTable


def results_table(job: TuningJob, trials: Sequence[Trial]) -> MarkdownTable:
    """As wide as its names need."""
    names = list(parse_ranges(job.config))
    has_kinds = any(trial.definition_name for trial in trials)
    table = MarkdownTable()
    table.add_column("Training Job", no_wrap=True)
    if has_kinds:
        table.add_column("Definition")
    for heading in [*map(title, names), f"Objective ({job.metric_name})", "Time"]:
        table.add_column(heading, justify="right")
    table.add_column("Status")
    for trial in trials:
        name, *cells = _cells(trial, names)
        kind = [trial.definition_name or ""] if has_kinds else []
        table.add_row(name, *kind, *cells, style="bold green" if is_best(job, trial) else None)
    return table


def title(hyperparameter_name: str) -> str:
    """`max_depth` as the lesson writes it: Max Depth."""
    return hyperparameter_name.replace("_", " ").title()


def is_best(job: TuningJob, trial: Trial) -> bool:
    return trial.name == job.best_training_job


def _cells(trial: Trial, names: list[str]) -> list[str]:
    tuned = [hyperparameter(trial.tuned_hyperparameters.get(name, "")) for name in names]
    status = f"{trial.status}: {trial.failure_reason}" if trial.failure_reason else trial.status
    return [trial.name, *tuned, metric(trial.value), duration(trial.seconds), status]
