"""Asking an endpoint: a field for each column of the table behind its model, or rows as text."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask import render_template, request
from preparation.description import Description
from preparation.encoder import Encoder, csv_row

from retune.endpoints.class_answers import cells_of, columns_of
from retune.endpoints.endpoint import predict
from retune.endpoints.served_description import served_description
from retune.endpoints.served_width import served_width
from retune.errors import CommandError, InputError
from retune.tables.encoded_table import TableFile, about_unseen, encode_table
from retune.tables.feature_rows import read_features
from retune.ui.looks import Looks

_MOST_VALUES = 200  # that a field suggests
_MOST_ROWS = 1000  # that are asked about at a time
_TEXT = "The text"  # what messages call what stands in the area


@dataclass(frozen=True)
class Answer:
    """What the endpoint answers, a line a row."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = field(default_factory=list)


def choose(looks: Looks) -> str:
    """The endpoints of the deployed models, and that of executions without one."""
    endpoints = {model.endpoint_name: model.name for model in looks.models() if model.champion}
    return render_template(
        "predict_choose.html", endpoints=endpoints, own=looks.stack.endpoint_name
    )


def form(looks: Looks, name: str) -> str:
    """An empty form."""
    return _page(looks, name, None, "")


def answer(looks: Looks, name: str) -> str:
    """The form as it was sent, and the answer or what is wrong."""
    try:
        description = served_description(looks.aws, name)
        return _page(looks, name, _answer(looks, name, description), "")
    except CommandError as error:
        return _page(looks, name, None, str(error))


def _page(looks: Looks, name: str, found: Answer | None, error: str) -> str:
    return render_template(
        "predict.html",
        endpoint=name,
        description=served_description(looks.aws, name),
        most_values=_MOST_VALUES,
        given=request.form,
        answer=found,
        error=error,
    )


def _answer(looks: Looks, name: str, description: Description | None) -> Answer:
    if description is None:
        with _file() as file:
            given = read_features([file], None, served_width(looks.aws, looks.stack.name, name))
        answers = predict(looks.aws, name, _few(given.rows), given.content_type)
        return Answer(["Row", "Answer"], [[str(n), a] for n, a in enumerate(answers, start=1)])
    encoded, notes = _encoded(description)
    told, label = list(predict(looks.aws, name, _few(encoded))), description.label
    return Answer(columns_of(label, told[0]), [cells_of(label, each) for each in told], notes)


def _encoded(description: Description) -> tuple[list[str], list[str]]:
    """The features of what was given, and what a person should know of it."""
    if "rows" in request.form:
        with _file() as file:
            table = encode_table([file], description, None)
        return table.rows, table.notes
    encoder = Encoder(description.to_document())
    given = (request.form.get(f"column-{number}", "") for number in range(len(encoder.columns)))
    try:
        row = csv_row(encoder.encode(dict(zip(encoder.columns, given, strict=True))))
    except ValueError as fault:
        raise InputError(str(fault)) from fault
    return [row], [*about_unseen(encoder)]


@contextmanager
def _file() -> Iterator[TableFile]:
    """What stands in the area."""
    with tempfile.TemporaryDirectory(prefix="retune-ui-") as folder:
        path = Path(folder) / "rows"
        path.write_text(request.form.get("rows", ""), newline="")
        yield TableFile(_TEXT, path)


def _few(rows: list[str]) -> list[str]:
    if len(rows) > _MOST_ROWS:
        raise InputError(
            f"{_TEXT} has {len(rows)} rows, and at most {_MOST_ROWS} are asked about here: "
            "`retune predict` takes any number."
        )
    return rows
