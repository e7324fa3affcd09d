"""The one place that writes to a terminal: foreign text is shown there and never obeyed.

Nobody else prints, makes a Console or a Text (tests/cli/test_terminal.py): names, reasons and
answers come from AWS, from data and from other people.
"""

import os
import sys
from typing import Any

import typer
from rich.console import Console
from rich.text import Text
from tuning.visible import on_one_line, visible


def write(text: str, *, err: bool = False) -> None:
    """Some lines on stdout, or on stderr."""
    typer.echo(visible(text), err=err)


def write_line(text: str, *, err: bool = False) -> None:
    """The same for what must stay one line, since a line is a thing."""
    typer.echo(on_one_line(text), err=err)


def write_labelled(label: str, color: str, text: str, *, err: bool = False) -> None:
    """Some lines after a word in bold, such as `Error: `."""
    typer.secho(f"{label}: ", fg=color, bold=True, err=err, nl=False)
    write(text, err=err)


def write_file(content: bytes) -> None:
    """A whole file on stdout as it is, for a program that reads it, and not for a person."""
    sys.stdout.buffer.write(content)


def close_stdout() -> None:
    """For when nobody reads it any more: what is left in its buffer would fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def confirm(question: str) -> bool:
    """Whether the person says yes; the question goes to stderr, for stdout holds data."""
    return typer.confirm(visible(question), err=True)


def styled(text: str, style: str = "") -> Text:
    """Text in one style; what looks like markup in it is text too."""
    return Text(on_one_line(text), style)


class Terminal(Console):
    """rich's console for tables and progress; a string in them is text and nothing else."""

    def __init__(self, **options: Any) -> None:
        super().__init__(markup=False, emoji=False, highlight=False, **options)

    def on_broken_pipe(self) -> None:
        """Of the whole command line, and not of rich, is how it ends then."""
        raise

    @property
    def fits(self) -> bool:
        """Whether a person's columns are known: of a terminal, or by COLUMNS."""
        return self.is_terminal or "COLUMNS" in os.environ

    def render_str(self, text: str, **options: Any) -> Text:
        return super().render_str(visible(text), **options)
