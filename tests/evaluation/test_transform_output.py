"""What transform jobs of the built-in algorithms write: where it lies, and its numbers."""

from __future__ import annotations

import pytest
from tuning.data.s3_location import S3Location, S3Object
from tuning.evaluation.transform_output import output_of, read_predictions

WRITTEN = {
    "XGBoost, one value": ("0.25\n0.75\n", [[0.25], [0.75]]),
    "XGBoost, a value a class": ("[0.1, 0.9]\n[0.8, 0.2]\n", [[0.1, 0.9], [0.8, 0.2]]),
    "an endpoint's CSV": ("0.1,0.9\n", [[0.1, 0.9]]),
    "Linear Learner, a line a row": (
        '{"score": 0.3, "predicted_label": 0}\n{"score": 0.6, "predicted_label": 1}\n',
        [[0.3], [0.6]],
    ),
    "Linear Learner, many at once": (
        '{"predictions": [{"score": [0.1, 0.9]}, {"score": [0.7, 0.3]}]}\n',
        [[0.1, 0.9], [0.7, 0.3]],
    ),
}


@pytest.mark.parametrize(("text", "rows"), WRITTEN.values(), ids=WRITTEN.keys())
def test_predictions_are_one_list_a_row(text: str, rows: list[list[float]]) -> None:
    assert list(read_predictions(text.splitlines())) == rows


@pytest.mark.parametrize("text", ["yes\n", "0.1,\n", '{"predicted_label": 1}\n', "{]\n"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the words are Python's own for most
        list(read_predictions(text.splitlines()))


@pytest.mark.parametrize(
    ("channel", "written"),
    [
        ("held-out/", "a/rows.csv.out"),
        ("held-out", "a/rows.csv.out"),
        ("held-out/a/rows.csv", "rows.csv.out"),
    ],
    ids=["folder", "folder without its slash", "one object"],
)
def test_output_lies_where_sagemaker_puts_it(channel: str, written: str) -> None:
    output = S3Location("bucket", "runs/monday/evaluation/candidate/")
    found = output_of(S3Object("held-out/a/rows.csv", 9), S3Location("data", channel), output)
    assert str(found) == f"s3://bucket/runs/monday/evaluation/candidate/{written}"
