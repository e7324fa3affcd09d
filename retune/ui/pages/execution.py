"""One execution: where it is, its tuning job with the report's own charts, its files."""

from __future__ import annotations

import json

from flask import Response, render_template, url_for
from tuning.execution_input.endpoint_name import parsed
from tuning.shown import shown

from retune.errors import InputError
from retune.executions.progress import best_text, now, trials_text
from retune.ui.graph import graph
from retune.ui.looks import Looks
from retune.ui.replies import data, part
from retune.ui.run_look import RunLook

# A file of the report is a page of its own, which may run its scripts and reach nothing of ours.
_SANDBOX = "sandbox allow-scripts allow-downloads allow-popups"
_TYPES = {"html": "text/html", "json": "application/json", "csv": "text/csv"}


def execution(looks: Looks, name: str) -> str:
    """The page with its parts as they are now."""
    look = looks.run(name)
    given = _readable(look.execution.input)
    return render_template("execution.html", name=look.execution.name, given=given, **_values(look))


def now_part(looks: Looks, name: str) -> Response:
    """Everything that changes but the charts."""
    look = looks.run(name)
    return part("execution_now.html", None if look.is_final() else looks.seconds, **_values(look))


def report_document(looks: Looks, name: str) -> Response:
    """report.json of the tuning job as it is now; its jobs' logs are pages of ours."""
    document = looks.document(name)
    for job in document["Jobs"] if document else ():
        job["LogUrl"] = url_for("ui.job", name=job["Name"])
    return data(document, None if looks.run(name).is_final() else looks.seconds)


def report_file(looks: Looks, name: str, file: str) -> Response:
    """A file of the report from the data bucket."""
    location = looks.run(name).files.get(file)
    if location is None:
        raise InputError(f"The execution {name} has no file {file!r}.")
    kind = _TYPES.get(file.rpartition(".")[2], "application/octet-stream")
    headers = {"Content-Security-Policy": _SANDBOX}
    return Response(looks.file(location), content_type=f"{kind}; charset=utf-8", headers=headers)


def _values(look: RunLook) -> dict[str, object]:
    where = look.state or "starting"
    tuning = look.tuning
    return {
        "look": look,
        "run": look.run,
        "now": now(),
        "workflow": graph("workflow", look.visits, f"The workflow; the latest state is {where}."),
        "recovery": graph("recover", look.recovery, "What undoes it.") if look.recovery else None,
        "trials": trials_text(tuning, now()) if tuning else "",
        "best": best_text(tuning) if tuning else "",
    }


def _readable(text: str) -> str:
    """An execution's input without its secrets; empty for what is no object."""
    document = parsed(text)
    return json.dumps(shown("", document), indent=2, default=repr) if document else ""
