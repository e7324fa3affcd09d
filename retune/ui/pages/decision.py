"""A person's decision on the model that an execution waits with."""

from __future__ import annotations

from flask import redirect as to
from flask import request, url_for
from werkzeug.wrappers import Response

from retune.errors import InputError
from retune.executions.model_packages import find_model_package, set_status
from retune.ui.looks import Looks

_STATUS = {"approve": "Approved", "reject": "Rejected"}


def decide(looks: Looks, name: str) -> Response:
    """Approves or rejects its model package, as `retune approve` and `retune reject` do."""
    status = _STATUS.get(request.form.get("decision", ""))
    if status is None:
        raise InputError("A decision is approve or reject.")
    package = find_model_package(looks.aws, looks.stack, name)
    set_status(looks.aws, package, status, request.form.get("reason") or None)
    looks.remembered.forget()
    return to(url_for("ui.execution", name=name), 303)
