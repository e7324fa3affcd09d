"""Hypothesis strategies of channel content: nearly data, and what is none."""

from __future__ import annotations

from hypothesis import strategies as st

CELLS = (
    *("0", "1", "-1", "0.5", "1e30", "1e400", "-1e999999999", "nan", "inf", "", " ", "NA", "a"),
    *('"q"', '"', "'", "1_0", "\u0661", "\ufeff1", "\0", "=1", "#", "x" * 300),
    *("0:1", "1:0.5", "2:3", "4000000000:1", f"{10**30}:1", "1:1:1", ":", "1:", "qid:1", "-1:2"),
)
cells = st.sampled_from(CELLS) | st.text(max_size=4)
SEPARATORS = (",", ";", "\t", "|", " ", "")


def _table(separator: str, newline: str) -> st.SearchStrategy[str]:
    rows = st.lists(cells, min_size=1, max_size=5).map(separator.join)
    return st.lists(rows, max_size=6).map(lambda lines: newline.join(lines) + newline)


tables = st.tuples(
    st.sampled_from(SEPARATORS), st.sampled_from(["\n", "\r\n", "\r", "\n\n"])
).flatmap(lambda chosen: _table(*chosen))

# Encoded as people's programs do, or bytes of anything.
contents = st.one_of(
    tables.map(str.encode),
    tables.map(lambda text: text.encode("utf-8-sig")),
    tables.map(lambda text: text.encode("utf-16")),
    st.binary(max_size=60),
)
