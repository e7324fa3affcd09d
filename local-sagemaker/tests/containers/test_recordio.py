"""application/x-recordio-protobuf, read and written."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from local_sagemaker.containers.recordio import (
    VALUES,
    Record,
    Tensor,
    read_records,
    read_rows,
    write_records,
    write_rows,
)

MAGIC = bytes.fromhex("0a23d7ce")
# One record, built by hand from the published schema: features {"values": float32 [1.0, 2.5]},
# label {"values": float32 [1.0]}.
VALUE_1_AND_2_5 = b"\x12\x0a\x0a\x08" + struct.pack("<2f", 1.0, 2.5)
FEATURES = b"\x0a\x16\x0a\x06values\x12\x0c" + VALUE_1_AND_2_5
LABEL = b"\x12\x12\x0a\x06values\x12\x08\x12\x06\x0a\x04" + struct.pack("<f", 1.0)
MESSAGE = FEATURES + LABEL


def framed(data: bytes, part: int = 0) -> bytes:
    return MAGIC + struct.pack("<I", part << 29 | len(data)) + data + b"\0" * (-len(data) % 4)


def test_a_record_of_the_published_schema_is_read() -> None:
    rows = read_rows(framed(MESSAGE) * 2)
    assert rows.features.tolist() == [[1.0, 2.5], [1.0, 2.5]]
    assert rows.labels.tolist() == [1.0, 1.0]


def test_a_record_is_written_byte_for_byte_in_the_published_schema() -> None:
    assert write_rows([[1.0, 2.5]], [1.0]) == framed(MESSAGE)


def test_rows_come_back_as_they_were_written() -> None:
    rng = np.random.default_rng(0)
    features, labels = rng.normal(size=(50, 7)).astype(np.float32), rng.integers(0, 3, 50)
    rows = read_rows(write_rows(features, labels))
    assert (rows.features == features).all()
    assert (rows.labels == labels).all()


def test_rows_without_labels_have_labels_that_are_not_a_number() -> None:
    assert np.isnan(read_rows(write_rows([[1, 2]])).labels).all()


@pytest.mark.parametrize(
    ("size", "width", "expected"),
    [(300, None, 300), (None, None, 262), (None, 270, 270)],
    ids=["shape given", "no shape", "width given"],
)
def test_sparse_records_are_filled_with_zeros(
    size: int | None, width: int | None, expected: int
) -> None:
    tensor = Tensor(np.array([5.0, 7.0]), np.array([3, 261]), size)
    rows = read_rows(write_records([Record({VALUES: tensor})]), width)
    assert rows.features.shape == (1, expected)
    assert rows.features[0, [0, 3, 261]].tolist() == [0.0, 5.0, 7.0]


def test_a_sparse_record_of_zeros_only_is_a_row_of_zeros() -> None:
    tensor = Tensor(np.array([]), np.array([], dtype=np.int64), 4)
    assert read_rows(write_records([Record({VALUES: tensor})])).features.tolist() == [[0.0] * 4]


def test_float64_and_int32_tensors_and_unpacked_numbers_are_read() -> None:
    doubles = b"\x1a\x0a\x0a\x08" + struct.pack("<d", 0.1)
    integers = b"\x3a\x03\x0a\x01\x05"
    unpacked = b"\x12\x0a" + b"".join(b"\x0d" + struct.pack("<f", v) for v in (1.0, 2.0))

    def feature(value: bytes) -> list[float]:
        entry = b"\x0a\x06values\x12" + bytes([len(value)]) + value
        (record,) = read_records(framed(b"\x0a" + bytes([len(entry)]) + entry))
        return list(record.features[VALUES].values)

    assert feature(doubles) == [0.1]
    assert feature(integers) == [5]
    assert feature(unpacked) == [1.0, 2.0]


def test_a_record_cut_at_the_magic_number_is_joined_again() -> None:
    magic_number = struct.unpack("<f", MAGIC)[0]
    whole = write_rows([[1.0, magic_number, 2.0]])
    message = whole[8:]
    first, second = message.split(MAGIC)
    cut = framed(first, 1) + framed(second, 3)
    assert read_rows(cut).features.tolist() == read_rows(whole).features.tolist()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"1,2.5,3\n", "no RecordIO record begins at byte 0"),
        (framed(MESSAGE)[:-6], "cut off"),
        (framed(MESSAGE) + b"xxxxxxxx", "no RecordIO record begins at byte 52"),
        (framed(b"\xff\xff\xff"), "no protocol buffer message, or is cut off"),
        (framed(b"\x0a\x7f"), "no protocol buffer message, or is cut off"),
        (framed(b"\x0a\x0c\x0a\x06values\x12\x02\x4a\x00"), "not float32, float64 or int32"),
        (framed(b""), 'record 0 has no features named "values"'),
        (write_rows([[1, 2]]) + write_rows([[1, 2, 3]]), "record 0 has 2 features, not 3"),
        (
            write_records([Record({VALUES: Tensor(np.array([1.0]), np.array([9]), 5)})]),
            "a record has feature 9, the last one can be 4",
        ),
    ],
    ids=["text", "cut", "rest", "number", "field", "bytes", "empty", "widths", "key beyond shape"],
)
def test_other_bytes_are_refused(content: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_rows(content)
