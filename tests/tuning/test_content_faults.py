"""An object that is something else than its channel's content type says, by its first bytes."""

from __future__ import annotations

import gzip

import pytest

from tests.tuning.channel_store import ROWS, store
from tests.tuning.plans import make_plan, refusal_of

LIBSVM = b"1 0:0.5 1:3\n0 0:0.25 1:4\n"
CONTENTS = {
    "gzip": (gzip.compress(ROWS, mtime=0), "It is compressed (gzip)", "uncompressed"),
    "zip": (b"PK\x03\x04" + ROWS, "It is compressed (zip), or a workbook", "uncompressed"),
    "Parquet": (
        b"PAR1\x15\x04" + ROWS,
        "It is Parquet",
        "Set ContentType to application/x-parquet",
    ),
    "libsvm": (LIBSVM, "It is libsvm", "Set ContentType to text/libsvm"),
    "UTF-16": (ROWS.decode().encode("utf-16"), "It is text in UTF-16", "UTF-8"),
    "JSON": (b'{"y": 1}\n', "It is JSON", "Write it as CSV"),
    "no row": (b"\n\n", "It holds no row", "Delete it."),
    "HTML": (b"<html>\n", "It is HTML or XML", "Write it as CSV"),
    "carriage returns": (ROWS.replace(b"\n", b"\r"), "Line 1 has a carriage return", "line feed"),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_advice_fits_what_the_object_is(name: str) -> None:
    content, rule, fix = CONTENTS[name]
    text = refusal_of(data=store(validation=content))
    assert text.startswith(
        "Channels.validation = 's3://data-bucket/data/validation/validation.csv'"
    )
    assert rule in text
    assert fix in text
    assert "header" not in text


def test_csv_under_another_content_type() -> None:
    text = refusal_of({"ContentType": "text/libsvm"}, data=store())
    assert "It is CSV, not text/libsvm. Set ContentType to text/csv." in text


def test_byte_order_mark_is_skipped_in_csv_of_xgboost_alone() -> None:
    marked = b"\xef\xbb\xbf"
    assert make_plan(data=store(train=marked + ROWS))
    text = refusal_of(
        {"ContentType": "libsvm"}, data=store(train=marked + LIBSVM, validation=LIBSVM)
    )
    assert "It begins with a byte order mark" in text
