"""The labels of the test channel, in each format."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from local_sagemaker.containers.protobuf_wire import BYTES, FIXED32, VARINT, pack, tagged
from local_sagemaker.containers.recordio import VALUES, Record, Tensor, write_records, write_rows
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
    ("field", "numbers", "label"),
    [(3, np.array([1.5], "<f8").tobytes(), 1.5), (7, pack([300]), 300)],
    ids=["float64", "int32"],
)
def test_labels_of_other_types(field: int, numbers: bytes, label: float) -> None:
    """Between fields that a reader of today does not know."""
    value = tagged(field, BYTES, tagged(1, BYTES, numbers))
    entry = tagged(1, BYTES, b"values") + tagged(2, BYTES, value)
    unknown = tagged(9, VARINT, pack([4])) + tagged(10, FIXED32, b"abcd")
    record = unknown + tagged(2, BYTES, entry)
    header = bytes.fromhex("0a23d7ce") + len(record).to_bytes(4, "little")
    content = header + record + b"\0" * (-len(record) % 4)
    assert labels(content) == [label]


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
        (DataFormat.CSV, "1,2\nyes,3\n", "Line 2 .* 'yes'"),
        (DataFormat.LIBSVM, "1:0.5 0:2\n", "Line 1 .* '1:0.5'.* without a weight"),
        (DataFormat.RECORDIO, "1,2\n", "s3://bucket/test/rows .* no RecordIO"),
        (DataFormat.LIBSVM, "\n", "no rows"),
    ],
)
def test_label_that_is_no_number_ends_the_evaluation(
    data_format: DataFormat, content: str, words: str
) -> None:
    with pytest.raises(EvaluationFailed, match=words):
        held_out(data_format, content)
