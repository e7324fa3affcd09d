"""docs/tuning-requests.md says of every member of the request what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from local_aws.sagemaker.service_model import operation_model

PAGE = Path(__file__).parents[2] / "docs" / "tuning-requests.md"


def leaves(shape: Any) -> Iterator[str]:
    """The names of the members that have no members of their own."""
    if shape.type_name == "list":
        yield from leaves(shape.member)
    elif shape.type_name == "structure":
        for name, member in shape.members.items():
            inner = list(leaves(member))
            yield from inner or [name]


def test_every_member_of_the_request_is_documented() -> None:
    named = set(re.findall(r"\w+", "".join(re.findall(r"`[^`]+`", PAGE.read_text()))))
    asked = set(leaves(operation_model("CreateHyperParameterTuningJob").input_shape))
    assert asked - named == set()


def test_every_row_says_what_happens() -> None:
    rows = [line for line in PAGE.read_text().splitlines() if line.startswith("| `")]
    for row in rows:
        assert re.match(r"(Done|Shown|Refused)\b", row.split("|")[2].strip()), row
