"""The page's application: which address shows what, and what an error looks like."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from functools import partial
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError
from flask import Blueprint, Flask, Response, render_template, request
from tuning.visible import visible
from werkzeug.exceptions import HTTPException

from retune.aws_faults import explain
from retune.errors import CommandError, InputError, UnavailableError
from retune.output.terminal import write
from retune.ui.looks import Looks
from retune.ui.pages import charts, decision, execution, job, overview, predict, stop
from retune.ui.rendering import prepare_templates
from retune.ui.security import FORM_FIELD, PLAIN, in_folder, protect
from retune.ui.session import Session

View = Callable[..., Any]
_PAGES: dict[str, View] = {
    "/": overview.overview,
    "/newest": overview.newest,
    "/models": overview.models,
    "/charts.js": charts.charts_script,
    "/charts.css": charts.charts_style,
    "/executions/<name>": execution.execution,
    "/executions/<name>/now": execution.now_part,
    "/executions/<name>/report.json": execution.report_document,
    "/executions/<name>/files/<file>": execution.report_file,
    "/executions/<name>/stop": stop.ask_execution,
    "/executions/<name>/stop-tuning": stop.ask_tuning_job,
    "/jobs/<name>": job.job,
    "/jobs/<name>/now": job.job_part,
    "/jobs/<name>/log": job.log,
    "/predict": predict.choose,
    "/predict/<name>": predict.form,
}
_FORMS: dict[str, View] = {
    "/executions/<name>/stop": stop.stop_execution,
    "/executions/<name>/stop-tuning": stop.stop_tuning_job,
    "/executions/<name>/decide": decision.decide,
    "/predict/<name>": predict.answer,
}
_STATUS: dict[type[CommandError], int] = {InputError: 400, UnavailableError: 503}


def create_app(looks: Looks, session: Session) -> Flask:
    """All pages of one deployed stack, for one session."""
    app = Flask(__name__, static_folder=None)
    prepare_templates(app)
    protect(app, session)
    app.jinja_env.globals.update(form_field=FORM_FIELD, form_secret=session.form)
    app.context_processor(lambda: {"place": looks.place})
    app.register_blueprint(_pages(looks), url_prefix=session.path.rstrip("/"))
    for fault in (CommandError, ClientError, BotoCoreError, ResponseParserError):
        app.register_error_handler(fault, _expected)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _defect)
    return app


def _pages(looks: Looks) -> Blueprint:
    pages = Blueprint("ui", __name__, static_folder="static")
    for method, routes in (("GET", _PAGES), ("POST", _FORMS)):
        for rule, page in routes.items():
            pages.add_url_rule(rule, page.__name__, partial(page, looks), methods=[method])
    return pages


def _expected(fault: Any) -> Response:
    error = fault if isinstance(fault, CommandError) else explain(fault)
    found = (status for kind, status in _STATUS.items() if isinstance(error, kind))
    return _sentence(str(error), next(found, 502))


def _refused(fault: HTTPException) -> Response:
    return _sentence(f"{fault.name}: {request.path.rpartition('/')[2]}.", fault.code or 500)


def _defect(fault: Exception) -> Response:
    """Of Retune: the traceback is for the terminal, and never for a page."""
    write("".join(traceback.format_exception(fault)), err=True)
    return _sentence("This is a defect of Retune: the terminal of `retune ui` tells more.", 500)


def _sentence(sentence: str, status: int) -> Response:
    """Alone, for a script that has asked, and outside of the folder, whose name a page would tell;
    a person gets a page."""
    if request.headers.get("Sec-Fetch-Dest") == "empty" or not in_folder():
        return Response(f"{visible(sentence)}\n", status, content_type=PLAIN)
    return Response(render_template("error.html", sentence=sentence), status)
