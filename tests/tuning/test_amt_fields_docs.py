"""docs/amt-fields.md says of every field of CreateHyperParameterTuningJob what happens here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import botocore.session

TEXT = (Path(__file__).parents[2] / "docs" / "amt-fields.md").read_text()
# The members of a list of definitions are those of the single one.
SAME_AS_THE_SINGLE_ONE = "TrainingJobDefinitions"


def fields(shape: Any, path: str = "") -> Iterator[str]:
    """Every member, however deep: ParameterRanges.IntegerParameterRanges.Name."""
    while shape.type_name == "list":
        shape = shape.member
    for name, member in getattr(shape, "members", {}).items():
        yield f"{path}{name}"
        if name != SAME_AS_THE_SINGLE_ONE:
            yield from fields(member, f"{path}{name}.")


def all_fields() -> list[str]:
    model = botocore.session.get_session().get_service_model("sagemaker")
    return list(fields(model.operation_model("CreateHyperParameterTuningJob").input_shape))


def rows() -> list[list[str]]:
    lines = [line for line in TEXT.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]


def test_every_field_of_the_request_has_a_row_in_order() -> None:
    assert [row[0].strip("`") for row in rows()] == all_fields()


def test_no_cell_is_empty() -> None:
    assert [row for row in rows() if len(row) != 3 or not all(row)] == []
