"""Rows of libsvm: what PlanTuning lets pass is the same to XGBoost's training and server."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from local_sagemaker.containers.xgboost.request_body import read_rows
from local_sagemaker.containers.xgboost.training_data import read_matrix
from tuning.data.channel_sample import ChannelSample
from tuning.data.content_faults import content_faults
from tuning.data.data_format import DataFormat
from tuning.data.libsvm_faults import check_libsvm
from tuning.data.piece import Piece
from tuning.endpoint.sample_request import sample_request

from tests.differential.test_csv_rows import dense

SOUND = ("0:1", "1:0.5", "2:-3", "3:1e3", "4:7")
ODD = (
    *SOUND,
    "0:",
    ":1",
    "x",
    "1:x",
    "-1:2",
    "1:1:1",
    "# x",
    "#",
    "",
    "qid:1",
    "1:nan",
    "1:NA",
    "+1:1",
)
LABELS = ("0", "1", "-1", "0.5", "1:2", "x", "", "nan", "1e400")
ENDS = ("\n", "\r\n", "\r", "\n\n", "\n \n")

tokens = st.lists(st.sampled_from(SOUND), unique=True, max_size=4) | st.lists(
    st.sampled_from(ODD), max_size=3
)
rows = st.tuples(st.sampled_from(LABELS[:2]) | st.sampled_from(LABELS), tokens).map(
    lambda row: " ".join((row[0], *row[1]))
)
tables = st.tuples(st.lists(rows, min_size=1, max_size=5), st.sampled_from(ENDS)).map(
    lambda chosen: chosen[1].join(chosen[0]) + "\n"
)


def is_refused(content: bytes) -> bool:
    piece = Piece("Channels.train", "s3://data/rows", content, 0, len(content))
    found = [*content_faults(piece, DataFormat.LIBSVM, [*DataFormat], skips_mark=True)]
    channel = ChannelSample(piece.field, [piece], complete=True)
    return bool(found or check_libsvm([channel], None).faults)


@given(tables.map(str.encode))
def test_rows_that_pass_are_the_same_to_training_and_to_the_endpoint(content: bytes) -> None:
    if is_refused(content):
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "rows")
        file.write_bytes(content)
        trained = dense(read_matrix([file], "libsvm", csv_weights=False))
    request = sample_request(content, "text/libsvm")
    assert request is not None
    body = request.body
    assert isinstance(body, str)
    if not all(":" in row for row in body.split("\n")):
        return  # a row without a feature is no line of a request
    asked = dense(read_rows(body.encode(), "text/libsvm"))
    wide = max(trained.shape[1], asked.shape[1])
    both = [
        np.pad(each, ((0, 0), (0, wide - each.shape[1])), constant_values=np.nan)
        for each in (asked, trained)
    ]
    np.testing.assert_allclose(both[0], both[1][: len(asked)], rtol=1e-6)
