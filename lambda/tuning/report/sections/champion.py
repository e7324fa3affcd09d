"""Candidate and champion side by side: what they are, and what they are worth on held-out data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from markupsafe import Markup

from tuning.report.formats import duration, hyperparameter
from tuning.report.html import html, join
from tuning.report.proof import proof
from tuning.report.run import CompletedRun, Run
from tuning.report.sections.answers import answers
from tuning.report.sections.section import NOTHING
from tuning.report.trained_model import TrainedModel
from tuning.variables.verdict import Proven


def champion(run: Run) -> Markup:
    """The verdict, what differs between both models, their metrics and their answers."""
    if run.verdict is None:
        return NOTHING
    if isinstance(run, CompletedRun):
        parts = [proof(run.verdict, run.approval)]
        if run.trained and run.champion:
            parts.append(_models(run, run.trained, run.champion))
    else:
        parts = [proof(run.verdict, None)]
    if isinstance(run.verdict, Proven):
        parts.append(answers(run.verdict))
    return html(
        "<h2>Candidate and champion</h2><p class='note'>{}</p><div class='proof'>{}</div>",
        "The candidate is what this run made, the champion what served before. Held-out data are "
        "rows that tuning never saw.",
        join(parts),
    )


def _models(run: CompletedRun, candidate: TrainedModel, champion: TrainedModel) -> Markup:
    """Their names, ages and the hyperparameters that differ."""
    now = run.search.job.ended or candidate.created
    rows = [
        ("Model", candidate.name, champion.name),
        ("Trained", _age(candidate, now), _age(champion, now)),
        *_differing(candidate.hyper_parameters, champion.hyper_parameters),
    ]
    body = join(
        html("<tr><th scope='row'>{}</th><td>{}</td><td>{}</td></tr>", *row) for row in rows
    )
    return html(
        "<section class='scroll' tabindex='0' role='region' aria-label='Both models'><table>"
        "<thead><tr><th scope='col'>What differs</th><th scope='col'>Candidate</th>"
        "<th scope='col'>Champion</th></tr></thead><tbody>{}</tbody></table></section>",
        body,
    )


def _age(model: TrainedModel, now: datetime) -> str:
    seconds = (now - model.created).total_seconds()
    days = int(seconds // 86_400)
    ago = f"{days} days" if days > 1 else duration(max(seconds, 0))
    return f"{model.created:%Y-%m-%d %H:%M} ({ago} before the end of tuning)"


def _differing(one: Mapping[str, str], other: Mapping[str, str]) -> list[tuple[str, str, str]]:
    names = dict.fromkeys((*one, *other))
    return [
        (name, hyperparameter(one.get(name, "")), hyperparameter(other.get(name, "")))
        for name in names
        if one.get(name) != other.get(name)
    ] or [("Hyperparameters", "the same", "the same")]
