"""Hypothesis strategies of what is sent to a container: nearly rows, and what is none."""

from __future__ import annotations

from hypothesis import strategies as st
from local_sagemaker.containers.recordio import write_rows

CELLS = (
    *("0", "1", "-1", "0.5", "1e30", "1e400", "nan", "inf", "", " ", "NA", "a", '"q"', '"', "1_0"),
    *("\u0661", "\ufeff1", "\0", "#", "x" * 300, "0:1", "1:0.5", "2:3", "150000000:1"),
    *("4000000000:1", f"{10**30}:1", "1:1:1", ":", "1:", ":1", "qid:1", "-1:2", "1e5:1", "1:x"),
)
cells = st.sampled_from(CELLS) | st.text(max_size=4)


def _table(separator: str, newline: str) -> st.SearchStrategy[bytes]:
    rows = st.lists(cells, min_size=1, max_size=5).map(separator.join)
    lines = st.lists(rows, max_size=5).map(lambda each: newline.join(each) + newline)
    return lines.map(lambda text: text.encode("utf-8", errors="replace"))


tables = st.tuples(
    st.sampled_from([",", ";", "\t", "|", " ", ""]), st.sampled_from(["\n", "\r\n", "\r", "\n\n"])
).flatmap(lambda chosen: _table(*chosen))

_RECORDS = write_rows([[1.0, 0.5, 2.0], [0.0, 1.0, 3.0]], [1.0, 0.0])
_JSON = (
    b'{"instances": [{"features": [1, 2, 3]}]}',
    *(b'{"instances": 5}', b'{"instances": [[1, "x"]]}', b"[" * 5000, b'{"instances": [{}]}'),
)


def _changed(content: bytes) -> st.SearchStrategy[bytes]:
    place = st.integers(0, len(content) - 1)
    return st.tuples(place, st.binary(max_size=3), place).map(
        lambda change: content[: change[0]] + change[1] + content[change[2] :]
    )


bodies = st.one_of(
    tables,
    _changed(_RECORDS),
    st.sampled_from(_JSON).flatmap(_changed),
    st.sampled_from(_JSON),
    st.binary(max_size=40),
)
CONTENT_TYPES = (
    *("text/csv", "text/libsvm", "application/x-recordio-protobuf", "application/json"),
    *("application/jsonlines", "text/csv; charset=x", "text/plain", "", "a" * 300, ";", "*/*"),
)
ACCEPTS = (*CONTENT_TYPES, "application/json;verbose=True", "text/csv;q=x", ",")
