"""Lines as a file that an upload reads in parts."""

from __future__ import annotations

import pytest
from tuning.aws.line_stream import LineStream

LINES = [b"one", b"", b"three"]


@pytest.mark.parametrize("size", [1, 3, 4, 5, 100])
def test_parts_make_up_the_lines(size: int) -> None:
    stream, parts = LineStream(LINES), []
    while part := stream.read(size):
        parts.append(part)
    assert b"".join(parts) == b"one\n\nthree\n"
    assert all(len(part) == size for part in parts[:-1])


def test_without_a_size_all_that_is_left_is_read() -> None:
    stream = LineStream(LINES)
    assert stream.read(2) + stream.read() == b"one\n\nthree\n"
    assert stream.read() == b""
