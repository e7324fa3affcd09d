"""The one place of the page where text becomes HTML: every value is escaped and made visible."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined
from markupsafe import Markup
from tuning.report.formats import duration, hyperparameter, metric
from tuning.visible import visible

_FILTERS = {"duration": duration, "metric": metric, "hyperparameter": hyperparameter}


def prepare_templates(app: Flask) -> None:
    """Templates may use tuning.report's formats and `when`; a name that nobody gave is an error."""
    environment = app.jinja_env
    environment.autoescape = True
    environment.undefined = StrictUndefined
    environment.finalize = _shown
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters.update(_FILTERS, when=when)


def when(time: datetime) -> Markup:
    """A time in UTC, which the page's script shows in the browser's own zone."""
    text = time.astimezone().isoformat(timespec="seconds")
    return Markup('<time datetime="{}">{}</time>').format(text, f"{time:%Y-%m-%d %H:%M}")


def _shown(value: Any) -> Any:
    """Text that a stranger chose holds no character that hides or turns what stands beside it."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
