"""The one place where text becomes HTML.

Whoever builds HTML gives a literal and values; a value that is not HTML already (`Markup`) is
escaped, so that nobody has to remember it. ruff (S704) refuses a template that is no literal.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from string import Template

from markupsafe import Markup, escape

from tuning.visible import visible


def html(template: str, *values: str) -> Markup:
    """The template, a literal, with each `{}` filled in."""
    return Markup(template).format(*map(_harmless, values))  # noqa: S704


def join(parts: Iterable[Markup]) -> Markup:
    """The parts, one after the other."""
    return Markup("").join(map(_harmless, parts))


def fill(template: Path, **values: str) -> Markup:
    """A file of this package with each `$name` filled in."""
    text = Template(template.read_text(encoding="utf-8"))
    return trusted(text.substitute({name: _harmless(value) for name, value in values.items()}))


def trusted(text: str) -> Markup:
    """What Retune or a library of its layer has written, such as a script: stays as it is."""
    return Markup(text)  # noqa: S704


def data(json: str) -> Markup:
    """JSON as the content of a script element, which no value of it can end or comment out."""
    for character in "<>&":
        json = json.replace(character, f"\\u{ord(character):04x}")
    return trusted(json)


def _harmless(value: str) -> Markup:
    return value if isinstance(value, Markup) else escape(visible(value))
