"""Rows of CSV: what PlanTuning lets pass is the same table to XGBoost's training and server."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from local_sagemaker.containers.xgboost.library import xgboost
from local_sagemaker.containers.xgboost.request_body import read_rows
from local_sagemaker.containers.xgboost.training_data import read_matrix
from numpy.typing import NDArray
from tuning.data.channel_sample import ChannelSample
from tuning.data.content_faults import content_faults
from tuning.data.csv_faults import CsvRules, csv_faults
from tuning.data.data_format import DataFormat
from tuning.data.piece import Piece
from tuning.endpoint.sample_request import sample_request

CELLS = (
    "0",
    "1",
    "-1",
    "0.5",
    "1e30",
    "1e400",
    "nan",
    "",
    " ",
    "NA",
    "a",
    '"1"',
    "1 2",
    " 3",
    "inf",
)
ENDS = ("\n", "\r\n", "\r", "\n\n", "\n \n")

cells = st.sampled_from(CELLS[:4]) | st.sampled_from(CELLS)
widths = st.integers(min_value=3, max_value=5)  # of one feature a missing value is no line
tables = st.tuples(widths, st.sampled_from(",;\t| "), st.sampled_from(ENDS)).flatmap(
    lambda chosen: st.lists(
        st.lists(cells, min_size=chosen[0], max_size=chosen[0]).map(chosen[1].join),
        min_size=1,
        max_size=5,
    ).map(lambda lines: chosen[2].join(lines) + chosen[2])
)


def is_refused(content: bytes) -> bool:
    piece = Piece("Channels.train", "s3://data/rows.csv", content, 0, len(content))
    found = [*content_faults(piece, DataFormat.CSV, [*DataFormat], skips_mark=True)]
    channel = ChannelSample(piece.field, [piece], complete=True)
    return bool(found or [*csv_faults([channel], CsvRules())])


def dense(matrix: xgboost.DMatrix) -> NDArray[np.float32]:
    """What is missing as NaN."""
    sparse = matrix.get_data()
    rows = np.full((matrix.num_row(), matrix.num_col()), np.nan, dtype=np.float32)
    places = np.repeat(np.arange(matrix.num_row()), np.diff(sparse.indptr))
    rows[places, sparse.indices] = sparse.data
    return rows


@given(tables.map(str.encode) | tables.map(lambda text: text.encode("utf-8-sig")))
def test_rows_that_pass_are_the_same_to_training_and_to_the_endpoint(content: bytes) -> None:
    if is_refused(content):
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "rows.csv")
        file.write_bytes(content)
        trained = read_matrix([file], "csv", csv_weights=False)
    request = sample_request(content, "text/csv")
    assert request is not None
    body = request.body
    assert isinstance(body, str)
    asked = read_rows(body.encode(), "text/csv")
    assert asked.num_col() == trained.num_col()
    np.testing.assert_allclose(dense(asked), dense(trained)[: asked.num_row()], rtol=1e-6)
