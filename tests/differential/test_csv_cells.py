"""Cells of CSV: what is not refused is the same number to XGBoost's training and to its server."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from local_sagemaker.containers.errors import UserError
from local_sagemaker.containers.xgboost.library import xgboost
from local_sagemaker.containers.xgboost.request_body import read_rows
from local_sagemaker.containers.xgboost.training_data import read_matrix
from tuning.data.channel_sample import ChannelSample
from tuning.data.csv_faults import CsvRules, csv_faults
from tuning.data.piece import Piece

NUMBERS = ("0", "-1", "+2", "0.5", ".5", "5.", "1e3", "1E-3", " 7", "7 ", "1e30", "007")
OF_NO_VALUE = (
    "",
    " ",
    "nan",
    "NaN",
    "NAN",
    "-nan",
    "NA",
    "N/A",
    "null",
    "NULL",
    "None",
    "?",
    "-",
    ".",
)
OTHERS = (
    "inf",
    "-inf",
    "Infinity",
    "1_0",
    "0x1",
    "1e400",
    "1e39",
    "-4e38",
    "1e-50",
    "True",
    "x",
    '"1"',
    "1 2",
    "1,5",
    "\u0661",
)
# Both ends read them alike, and they are no numbers of anybody's table.
NOT_OFFERED = {"-nan", "1,5"}


def trained_on(cell: str, folder: Path) -> float | None:
    """None for what no training job reads."""
    file = folder / "rows.csv"
    file.write_text(f"1,3,{cell},9\n0,4,2,8\n", encoding="utf-8")
    try:
        return _second_feature(read_matrix([file], "csv", csv_weights=False))
    except UserError:
        return None


def asked_with(cell: str) -> float | None:
    """None for what the endpoint refuses."""
    try:
        return _second_feature(read_rows(f"3,{cell},9\n4,2,8".encode(), "text/csv"))
    except (ValueError, xgboost.core.XGBoostError):
        return None


def _second_feature(matrix: xgboost.DMatrix) -> float:
    rows = matrix.get_data()
    present = dict(zip(rows[0].indices, rows[0].data, strict=True))
    return float(present.get(1, np.nan))


def is_refused(cell: str) -> bool:
    content = f"1,3,{cell},9\n0,4,2,8\n".encode()
    piece = Piece("Channels.train", "s3://data/rows.csv", content, 0, len(content))
    channel = ChannelSample(piece.field, [piece], True)
    return bool([*csv_faults([channel], CsvRules())])


@pytest.mark.parametrize("cell", [*NUMBERS, *OF_NO_VALUE, *OTHERS])
def test_cell_is_refused_unless_both_ends_read_the_same(cell: str, tmp_path: Path) -> None:
    trained, asked = trained_on(cell, tmp_path), asked_with(cell)
    alike = (
        trained is not None
        and asked is not None
        and np.isclose(trained, asked, rtol=1e-6, atol=1e-37, equal_nan=True)
    )
    assert is_refused(cell) == (not alike or cell in NOT_OFFERED)
