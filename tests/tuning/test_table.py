"""Reading tables row by row: what is a row, what decides its channel, and what is refused."""

from __future__ import annotations

import gzip
from io import BytesIO

import numpy as np
import pytest
from local_sagemaker.containers.recordio import write_rows
from tuning.data.table import Columns, table_of
from tuning.data.table_row import TableRow

RECORDS = write_rows(np.array([[0.5], [0.25]]), [1.0, 0.0])
SECRET = "4711"


def read(content: bytes, **columns: object) -> list[TableRow]:
    return list(table_of(content, Columns(**columns)).rows(BytesIO(content)))  # type: ignore[arg-type]


def identities(content: bytes, group: str) -> list[bytes]:
    return [row.identity for row in read(content, group=group)]


@pytest.mark.parametrize(
    "content", [b"1,2\r\n3,4\r\n", b"1,2\n3,4", b"\xef\xbb\xbf1,2\n\n3,4\n", b'"1","2"\n3,4\n']
)
def test_ends_of_lines_byte_order_mark_and_quotes_do_not_make_another_row(content: bytes) -> None:
    assert [row.identity for row in read(content)] == [row.identity for row in read(b"1,2\n3,4\n")]


def test_a_quoted_cell_may_hold_separators_and_lines() -> None:
    rows = read(b'1,"a, b\nc"\n0,"d ""e"""\n', has_header=False)
    assert [row.content for row in rows] == [b'1,"a, b\nc"\n', b'0,"d ""e"""\n']


def test_bytes_of_any_encoding_stay_as_they_are() -> None:
    assert read(b"1,M\xfcller\n", has_header=False)[0].content == b"1,M\xfcller\n"


@pytest.mark.parametrize(
    ("content", "header"),
    [
        (b"id,y\n1,0\n", b"id,y\n"),
        (b"1,0\n1,1\n", b""),
        (b"1,blue\n2,red\n", b""),
        (b"1,\n2,3\n", b""),
    ],
)
def test_a_header_is_names_over_numbers(content: bytes, header: bytes) -> None:
    assert table_of(content, Columns()).header == header


@pytest.mark.parametrize("content", [b"a,b\nc,d\n", b"a,b\n", b"1,unknown\n2,3\n"])
def test_what_may_be_a_header_must_be_said(content: bytes) -> None:
    with pytest.raises(ValueError, match="cannot be told"):
        table_of(content, Columns())
    assert table_of(content, Columns(has_header=True)).header
    assert not table_of(content, Columns(has_header=False)).header


def test_a_column_asked_for_by_name_tells_that_there_is_a_header() -> None:
    assert table_of(b"name,city\nann,rome\n", Columns(group="city")).header == b"name,city\n"


def test_a_group_is_a_column_by_name_or_number_and_one_number_however_it_is_written() -> None:
    content = b"id,customer\n1,7\n2,07\n3,7.0\n4, 7\n5,8\n"
    one, *others, another = identities(content, "customer")
    assert others == [one] * 3
    assert another != one
    assert identities(content, "1") == [one] * 4 + [another]


def test_libsvm_is_grouped_by_query() -> None:
    content = b"1 qid:1 1:0.5\n0 qid:1 2:0.5 # a remark\n# another\n1 qid:2 1:1\n"
    assert identities(content, "qid") == [b"qid:1", b"qid:1", b"qid:2"]
    assert [row.label for row in read(content)] == ["1", "0", "1"]


def test_records_go_as_they_are() -> None:
    rows = read(RECORDS)
    assert b"".join(row.content for row in rows) == RECORDS
    assert [row.label for row in rows] == ["1", "0"]


@pytest.mark.parametrize(
    ("content", "columns", "rule"),
    [
        (b"1,2\n3,4711,5\n", {}, "line 2 has 3 columns, not 2"),
        (b'1,"a\nb"\n4711\n', {"has_header": False}, "line 3 has 1 columns, not 2"),
        (b'1,2\n"4711,3\n5,6\n', {}, "line 2 is no CSV"),
        (b"1,2\n" + b"4711" * 3_000_000, {}, "line 2 is longer"),
        (b"1,4711\n2,3\n", {"group": "customer"}, "no column 'customer': it has no header"),
        (b"id,y\n1,4711\n", {"group": "customer"}, "no column 'customer': a name of its header"),
        (b"id,id\n1,4711\n", {"group": "id"}, "'id' more than once"),
        (b"1,4711\n", {"label": "2"}, "no column '2'"),
        (b"1 1:2\n0 4711\n", {}, "line 2 has a feature that is no index:value"),
        (b"1 1:2\n0 1:4711\n", {"group": "qid"}, "line 1 has no qid"),
        (b"1 1:4711\n", {"group": "customer"}, "group it by qid"),
        (b"1 1:4711\n", {"label": "y"}, "neither header nor columns"),
        (RECORDS, {"group": "0"}, "no columns to group"),
        (RECORDS[:-4], {}, "cut off"),
        (b"PAR1\x15\x04", {}, "it is Parquet: CSV, libsvm and recordio-protobuf are read"),
        (gzip.compress(b"1,4711\n", mtime=0), {}, "it is compressed"),
        ("1,4711\n".encode("utf-16"), {}, "text in UTF-16"),
        (b'{"y": 4711}\n', {}, "it is JSON"),
        (b"\n\n", {}, "it holds no row"),
    ],
)
def test_what_is_no_row_is_refused_by_its_line_and_never_shown(
    content: bytes, columns: dict[str, object], rule: str
) -> None:
    with pytest.raises(ValueError, match=rule) as refused:
        read(content, **columns)
    assert SECRET not in str(refused.value)
