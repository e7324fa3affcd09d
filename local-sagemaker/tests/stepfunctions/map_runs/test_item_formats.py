"""What objects hold that items are read from."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from local_sagemaker.stepfunctions.map_runs.column_order import in_item_order
from local_sagemaker.stepfunctions.map_runs.item_formats import UnreadableItems, parsed

FIRST_ROW = {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}


@pytest.mark.parametrize(
    ("names", "order"),
    [
        (["Col1", "Col2", "Col3"], ["Col1", "Col2", "Col3"]),
        (["0", "True", "{}"], ["0", "{}", "True"]),
        (["H1", ""], ["", "H1"]),
    ],
)
def test_columns_have_the_order_that_aws_gives_them(names: list[str], order: list[str]) -> None:
    assert in_item_order(names) == order


@pytest.mark.parametrize(
    ("config", "body", "items"),
    [
        (FIRST_ROW, "a,b\n1\n\n2,3,4\n", [{"a": "1", "b": ""}, {"a": "2", "b": "3"}]),
        (FIRST_ROW | {"CSVDelimiter": "PIPE"}, "a|b\n1|2\n", [{"a": "1", "b": "2"}]),
        ({"InputType": "JSONL"}, "1\n\n[2]\r\n", [1, [2]]),
        ({"InputType": "JSONL"}, '"a\u2028b"\n', ["a\u2028b"]),  # a line ends nowhere but at \\n
        ({}, "\ufeff[1]", [1]),
        ({"ItemsPointer": "/a~1b/c~0"}, '{"a/b": {"c~": [1]}}', [1]),
    ],
)
def test_body_is_read_compressed_or_not(config: dict[str, Any], body: str, items: Any) -> None:
    assert parsed(body.encode(), config) == items
    assert parsed(gzip.compress(body.encode()), config) == items


@pytest.mark.parametrize(
    ("config", "body", "words"),
    [
        ({}, '{"a": 1}', "Attempting to map over non-iterable node."),
        (FIRST_ROW, "a,a\n1,2\n", "CSV headers cannot contain duplicates."),
        ({"ItemsPointer": "/b"}, '{"a": 1}', "The ItemsPointer '/b' was not found."),
        ({"InputType": "JSONL"}, "{", "Expecting property name"),
        (FIRST_ROW, "a\n" + "x" * 200_000, "field larger than field limit"),
        ({}, "\ufeff[\xff", "Expecting value"),
        ({}, gzip.compress(b"[1]", mtime=0)[:-4], "begins as gzip does, and is none"),
        ({}, gzip.compress(b"[1]", mtime=0)[:2] + b"\xff" * 20, "begins as gzip does, and is none"),
    ],
)
def test_what_holds_no_items_is_told(config: dict[str, Any], body: str | bytes, words: str) -> None:
    with pytest.raises(UnreadableItems, match=words):
        parsed(body.encode() if isinstance(body, str) else body, config)
