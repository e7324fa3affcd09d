"""The tables of the page, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from tuning.report.formats import duration, hyperparameter, metric, number
from tuning.report.run import Run
from tuning.trials.trials import Trial
from tuning.variables.predictions import Prediction


def trials_table(run: Run) -> str:
    """The lesson's table: every training job with its hyperparameters and metric, best first."""
    names = run.hyperparameter_names
    kinds = ["Definition"] if any(trial.definition_name for trial in run.trials) else []
    has_reasons = any(trial.failure_reason for trial in run.trials)
    columns = ["Training job", *kinds, *names, run.job.metric_name, "Time", "Status"]
    head = _head([*columns, "Reason"] if has_reasons else columns)
    rows = (_trial_row(run, trial, has_reasons=has_reasons) for trial in run.trials)
    return f"<table class='trials'>{head}<tbody>{''.join(rows)}</tbody></table>"


def _trial_row(run: Run, trial: Trial, *, has_reasons: bool) -> str:
    is_best = trial.name == run.best_training_job
    tuned = (trial.tuned_hyperparameters.get(name, "") for name in run.hyperparameter_names)
    kind = [f"<td>{escape(trial.definition_name)}</td>"] if trial.definition_name else []
    cells = [
        _name_cell(trial.name.removeprefix(f"{run.job.name}-"), trial.name, is_best=is_best),
        *kind,
        *(_number_cell(hyperparameter(text), exact=text) for text in tuned),
        _number_cell(metric(trial.value), exact="" if trial.value is None else str(trial.value)),
        _number_cell(duration(trial.seconds)),
        f"<td>{escape(trial.status)}</td>",
    ]
    if has_reasons:
        cells.append(f"<td class='reason'>{escape(trial.failure_reason or '')}</td>")
    mark = "best" if is_best else "unscored" if trial.value is None else ""
    return f"<tr class='{mark}'>{''.join(cells)}</tr>"


def predictions_table(rows: Sequence[Prediction]) -> str:
    """What the endpoint predicted for rows of the validation channel, beside their labels."""
    body = "".join(
        f"<tr>{_number_cell(_value(row.actual))}{_number_cell(_value(row.predicted))}</tr>"
        for row in rows
    )
    return f"<table>{_head(['Actual', 'Predicted'])}<tbody>{body}</tbody></table>"


def metrics_table(
    decisive: str, candidate: Mapping[str, float], champion: Mapping[str, float]
) -> str:
    """Every metric of both models on held-out data, the decisive one first."""
    names = [decisive, *(name for name in candidate if name != decisive)]
    head = _head(["Metric", "Candidate", *(["Champion"] if champion else [])])
    rows = "".join(
        f"<tr{' class=best' if name == decisive else ''}><th scope='row'>{escape(name)}</th>"
        f"{_number_cell(metric(candidate[name]), exact=str(candidate[name]))}"
        + (_number_cell(metric(champion.get(name))) if champion else "")
        + "</tr>"
        for name in names
    )
    return f"<table>{head}<tbody>{rows}</tbody></table>"


def facts_list(facts: Mapping[str, str]) -> str:
    """Names and values of what was run."""
    entries = (
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in facts.items()
    )
    return f"<dl>{''.join(entries)}</dl>"


def _head(columns: Iterable[str]) -> str:
    cells = "".join(f"<th scope='col'>{escape(column)}</th>" for column in columns)
    return f"<thead><tr>{cells}</tr></thead>"


def _name_cell(short: str, name: str, *, is_best: bool) -> str:
    """A trial's name begins with its tuning job's, which the page's heading tells."""
    badge = " <b>best</b>" if is_best else ""
    return f"<th scope='row' title='{escape(name)}'>{escape(short)}{badge}</th>"


def _number_cell(text: str, *, exact: str = "") -> str:
    title = f" title='{escape(exact)}'" if exact and exact != text else ""
    return f"<td class='number'{title}>{escape(text)}</td>"


def _value(value: float | str | tuple[float, ...]) -> str:
    if isinstance(value, tuple):
        return ", ".join(_value(item) for item in value)
    return value if isinstance(value, str) else number(value, digits=5)
