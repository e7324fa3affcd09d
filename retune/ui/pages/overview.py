"""Executions and models at a glance."""

from __future__ import annotations

from flask import Response, render_template

from retune.executions.progress import now
from retune.ui.looks import MODELS_SECONDS, Looks
from retune.ui.replies import part


def overview(looks: Looks) -> str:
    """The page; its two parts come after it, so that it is there at once."""
    return render_template("overview.html", stack=looks.stack.name)


def newest(looks: Looks) -> Response:
    """The list of executions."""
    return part("newest.html", looks.seconds, runs=looks.newest(), now=now())


def models(looks: Looks) -> Response:
    """The table of models."""
    return part("models.html", MODELS_SECONDS, models=looks.models(), now=now())
