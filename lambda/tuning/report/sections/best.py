"""The best hyperparameters and the fixed ones, ready to copy."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from tuning.report.html import html
from tuning.report.run import CompletedRun, Run
from tuning.report.sections.section import NOTHING, copied, marking, section


def best(run: Run) -> Markup:
    """As JSON for the execution input, or for any other training of the same image."""
    if run.best is None or run.best.value is None:
        return NOTHING
    tuned = dict(run.best.tuned_hyperparameters)
    fixed = {name: text for name, text in _fixed(run).items() if name not in tuned}
    body = html(
        "<h3>Found by tuning</h3>{}<h3>With those that were fixed</h3>{}",
        copied(_json(tuned)),
        copied(_json({"StaticHyperParameters": {**fixed, **tuned}})),
    )
    job = marking(run.best.name, run.best.name)
    return section("The best hyperparameters", body, html("Those of training job {}.", job))


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False)


def _fixed(run: Run) -> dict[str, str]:
    if isinstance(run, CompletedRun):
        return dict(run.winner.hyper_parameters)
    kind = run.best.definition_name if run.best else None
    named = {each.get("DefinitionName"): each for each in run.search.job.definitions}
    return dict(named.get(kind, {}).get("StaticHyperParameters", {}))
