"""A chart as JSON in which no text is markup.

Plotly takes tags in titles, labels and hover texts for markup, links among them, and decodes
entities. What Optuna writes there needs line breaks only.
"""

from __future__ import annotations

import json
import re
from typing import Any

import plotly.graph_objects as go

from tuning.visible import visible

_MARKUP = re.compile(r"&|<(?!br>|extra></extra>|/extra>)")
_AS_TEXT = {"&": "&amp;", "<": "&lt;"}


def chart_json(plot: go.Figure) -> str:
    """The JSON of a chart whose names and values may be anybody's."""
    return json.dumps(_inert(json.loads(plot.to_json())))


def _inert(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _inert(value) for name, value in part.items()}
    if isinstance(part, list):
        return [_inert(value) for value in part]
    return _text(part) if isinstance(part, str) else part


def _text(text: str) -> str:
    return _MARKUP.sub(lambda found: _AS_TEXT[found[0]], visible(text))
