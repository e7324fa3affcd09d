"""The request that makes the same tuning job again."""

from __future__ import annotations

import json

from markupsafe import Markup

from tuning.quoted import without_secrets
from tuning.report.html import html, join
from tuning.report.run import Run
from tuning.report.sections.section import NOTHING, copied
from tuning.trials.trials import TuningJob


def request(run: Run) -> Markup:
    """CreateHyperParameterTuningJob of each tuning job, folded; values of Environment are hidden.

    SageMaker refuses a name that it has seen: it is to be changed.
    """
    asked = [job for job in run.search.jobs if job.request]
    if not asked:
        return NOTHING
    return html(
        "<h2>The request that makes it again</h2><p class='note'>{}</p>{}",
        "CreateHyperParameterTuningJob. Give another name, and the values of Environment, which "
        "are not shown.",
        join(map(_folded, asked)),
    )


def _folded(job: TuningJob) -> Markup:
    text = json.dumps(job.request, indent=2, ensure_ascii=False, default=str)
    return html(
        "<details><summary>{}</summary>{}</details>",
        f"Request of {job.name}",
        copied(without_secrets(text, job.secrets)),
    )
