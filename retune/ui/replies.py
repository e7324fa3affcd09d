"""What a page answers: a part of it that is asked for again, or JSON."""

from __future__ import annotations

from typing import Any

from flask import Response, json, make_response, render_template

AGAIN = "Retune-Again"  # a header: seconds until it is worth asking again; without it, never


def part(template: str, again: float | None, **values: Any) -> Response:
    """The HTML that takes the place of a part; `again` is None when it will not change any more."""
    return _again(make_response(render_template(template, **values)), again)


def data(document: Any, again: float | None) -> Response:
    """A document for the page's script."""
    text = document if isinstance(document, str) else json.dumps(document)
    return _again(Response(text, content_type="application/json"), again)


def _again(response: Response, again: float | None) -> Response:
    if again is not None:
        response.headers[AGAIN] = f"{again:g}"
    return response
