"""The labels of the test channel, in each format."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from local_sagemaker.containers import sagemaker_record_pb2 as containers
from local_sagemaker.containers.recordio import (
    VALUES,
    Record,
    Tensor,
    read_rows,
    write_records,
    write_rows,
)
from tuning.data import sagemaker_record_pb2 as ours
from tuning.data.data_format import DataFormat
from tuning.data.recordio import read_records
from tuning.errors import EvaluationFailed
from tuning.evaluation.held_out_data import HeldOutData

from tests.evaluation.store import Store
from tests.tuning.plans import evaluated_plan

LABELS = [1.0, 0.0, 2.5, -3.0]
FEATURES = np.random.default_rng(0).normal(size=(4, 7))
SPARSE = [
    Record(
        {VALUES: Tensor(np.array([0.5]), np.array([3]), 300), "more": Tensor(np.ones(2))},
        {VALUES: Tensor(np.array([label]))},
    )
    for label in LABELS
]
RECORDIO = {"dense": write_rows(FEATURES, LABELS), "sparse": write_records(SPARSE)}


def labels(content: bytes) -> list[float]:
    records = list(read_records(BytesIO(content)))
    assert b"".join(record.content for record in records) == content
    return [record.label for record in records]


@pytest.mark.parametrize("content", RECORDIO.values(), ids=RECORDIO.keys())
def test_labels_of_recordio(content: bytes) -> None:
    assert labels(content) == LABELS


@pytest.mark.parametrize(
    ("tensor", "label"),
    [
        (b"\x1a\x0a\x0a\x08" + struct.pack("<d", 1.5), 1.5),
        (b"\x3a\x04\x0a\x02\xac\x02", 300),
        (b"\x3a\x0c\x0a\x0a" + b"\xff" * 9 + b"\x01", -1),
    ],
    ids=["float64", "int32", "negative int32"],
)
def test_labels_of_other_types(tensor: bytes, label: float) -> None:
    """Between fields that a reader of today does not know."""
    entry = b"\x0a\x06values\x12" + bytes([len(tensor)]) + tensor
    unknown = b"\x48\x04" + b"\x55abcd"  # fields 9 and 10
    record = unknown + b"\x12" + bytes([len(entry)]) + entry
    header = bytes.fromhex("0a23d7ce") + len(record).to_bytes(4, "little")
    content = header + record + b"\0" * (-len(record) % 4)
    assert labels(content) == [label]


def test_labels_of_generated_records_are_those_that_the_containers_read() -> None:
    """Local AWS's reader and this one, on records of every shape that its writer makes."""
    source = np.random.default_rng(1)
    for _ in range(50):
        records = [_random_record(source) for _ in range(source.integers(1, 20))]
        content = write_records(records)
        assert labels(content) == read_rows(content, width=40).labels.tolist()


def test_both_readers_have_the_same_generated_module() -> None:
    one, other = (Path(str(module.__file__)).read_bytes() for module in (ours, containers))
    assert one == other


def _random_record(source: np.random.Generator) -> Record:
    keys = np.sort(source.choice(40, size=source.integers(0, 10), replace=False))
    sparse = Tensor(source.normal(size=len(keys)), keys, 40)
    dense = Tensor(source.normal(size=40))
    label = {VALUES: Tensor(source.normal(size=source.integers(1, 3)))}
    others = {"weights": dense} if source.random() < 0.5 else {}
    return Record({VALUES: sparse if source.random() < 0.5 else dense} | others, label | others)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (RECORDIO["dense"][:-9], "cut off"),
        (b"1,2,3\n0,2,3\n", "no RecordIO"),
        (write_rows(FEATURES), 'record 1 has no label named "values"'),
    ],
    ids=["cut off", "CSV", "no label"],
)
def test_what_is_no_labelled_recordio_is_told(content: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        labels(content)


def held_out(data_format: DataFormat, content: str) -> HeldOutData:
    channel = "s3://bucket/test/"
    rows = {"ContentType": str(data_format)}
    plan = evaluated_plan(test_channel=channel, transform_input=rows)
    assert plan.evaluation is not None
    return HeldOutData.read(plan.evaluation, Store({f"{channel}rows": content}))


CONTENTS = {
    DataFormat.CSV: "1,5\n0,6\n2.5,7\n-3,8",
    DataFormat.LIBSVM: "1 0:5\n0 0:6\n2.5 0:7\n\n-3\n",
    DataFormat.RECORDIO: RECORDIO["dense"].decode("latin-1"),
}


@pytest.mark.parametrize("data_format", CONTENTS)
def test_labels_of_a_channel(data_format: DataFormat) -> None:
    assert held_out(data_format, CONTENTS[data_format]).labels.tolist() == LABELS


@pytest.mark.parametrize(
    ("data_format", "content", "words"),
    [
        (
            DataFormat.CSV,
            "1,2\nyes,3\n",
            "Line 2 of s3://bucket/test/rows has a label that is no number",
        ),
        (DataFormat.LIBSVM, "1:0.5 0:2\n", "Line 1 .* without a weight"),
        (DataFormat.RECORDIO, "1,2\n", "s3://bucket/test/rows .* no RecordIO"),
        (DataFormat.LIBSVM, "\n", "no rows"),
    ],
)
def test_label_that_is_no_number_ends_the_evaluation(
    data_format: DataFormat, content: str, words: str
) -> None:
    with pytest.raises(EvaluationFailed, match=words):
        held_out(data_format, content)
