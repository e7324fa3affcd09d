"""A training job: what it was given, what became of it, and its log."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request
from tuning.quoted import repeatable, secrets_of
from tuning.visible import visible

from retune.errors import InputError
from retune.logs.job_log import JobLog
from retune.ui.log_place import Place, read_on
from retune.ui.looks import Looks, has_ended
from retune.ui.replies import data, part

_LOG_SECONDS = 2.0


def job(looks: Looks, name: str) -> str:
    """The page; its log comes after it."""
    return render_template("job.html", name=name, **_values(looks, name))


def job_part(looks: Looks, name: str) -> Response:
    """Everything but the log."""
    values = _values(looks, name)
    again = None if has_ended(values["job"]) else looks.seconds
    return part("job_now.html", again, **values)


def log(looks: Looks, name: str) -> Response:
    """The lines since `after`, and from where to ask again."""
    try:
        after = Place.parse(request.args.get("after", "0-0"))
    except ValueError:
        raise InputError("after: it is no place in a log. Load the page again.") from None
    goes_on = not has_ended(looks.training_job(name))
    lines, place = read_on(JobLog(looks.aws, "Training", name), after)
    document = {
        "lines": [[f"{line.time:%H:%M:%S}", visible(line.message.rstrip("\n"))] for line in lines],
        "after": str(place),
    }
    return data(document, max(looks.seconds, _LOG_SECONDS) if goes_on or lines else None)


def _values(looks: Looks, name: str) -> dict[str, Any]:
    described = looks.training_job(name)
    reason = repeatable(described.get("FailureReason"), secrets_of(described))
    return {"job": described, "reason": reason}
