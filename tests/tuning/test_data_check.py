"""Data that training would take without a word and make a useless model of."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.data.csv_faults import CsvSample, check_samples
from tuning.errors import Fault

ROWS = b"1,0.5,3\n0,0.25,4\n"


def sample(
    content: bytes = ROWS, channel: str = "train", *, cut: bool = False, complete: bool = True
) -> CsvSample:
    uri = f"s3://data-bucket/{channel}/part-0.csv"
    return CsvSample.read(f"Channels.{channel}", uri, content, cut=cut, complete=complete)


def fault_of(
    content: bytes, rule: str = "zero_or_one", num_class: str | None = None, **options: Any
) -> Fault:
    faults = list(check_samples([sample(content, **options)], rule, num_class))
    assert len(faults) == 1, faults
    assert (faults[0].field, faults[0].value) == (
        "Channels.train",
        "s3://data-bucket/train/part-0.csv",
    )
    return faults[0]


@pytest.mark.parametrize(
    "content",
    [
        ROWS,
        b"1,,nan\n0,NaN,2\n",
        b"1;0.5\n0;1e-3\n",
        b"1\t2\r\n0\t3\r\n",
        b"\xef\xbb\xbf1,2\n0,3\n",
        b"1,2\n\n0,3\n",
    ],
    ids=["plain", "missing cells", "semicolons", "tabs", "byte order mark", "empty line"],
)
def test_sound_data_has_no_fault(content: bytes) -> None:
    assert list(check_samples([sample(content)], "zero_or_one", None)) == []


def test_header_row_is_refused() -> None:
    fault = fault_of(b"bought,age\n1,31\n0,44\n")
    assert "Line 1, column 1 is part of a header row" in fault.rule
    assert "header=False" in fault.fix


def test_missing_cells_are_refused_where_the_algorithm_takes_none() -> None:
    samples = [sample(b"1,0.5,3\n0,,4\n")]
    (fault,) = check_samples(samples, "zero_or_one", None, missing_values=False)
    assert "Line 2, column 2 is a missing value" in fault.rule


def test_truth_values_are_refused() -> None:
    fault = fault_of(b"1,0.5,True\n0,0.5,False\n")
    assert "Line 1, column 3 is a truth value" in fault.rule
    assert "dtype=int" in fault.fix


def test_text_is_refused_where_it_stands() -> None:
    fault = fault_of(b"1,0.5,3\n0,married,3\n")
    assert "Line 2, column 2 is no number" in fault.rule
    assert "get_dummies" in fault.fix


def test_quoted_number_is_refused() -> None:
    assert "Line 1, column 1 is no number" in fault_of(b'"1",2\n"0",3\n').rule


def test_uneven_rows_are_refused() -> None:
    assert "Line 2 has 2 columns, line 1 has 3." in fault_of(b"1,2,3\n0,2\n").rule


@pytest.mark.parametrize("label", ["2", "-1", "0.5", "", "1e30"])
def test_label_of_a_binary_objective_must_be_zero_or_one(label: str) -> None:
    fault = fault_of(f"0,5\n{label},6\n".encode())
    assert "Line 2, column 1 has a label that the objective does not take" in fault.rule
    assert "from 0 to 1" in fault.rule


def test_label_of_a_multiclass_objective_must_be_below_num_class() -> None:
    assert "from 0 to 2" in fault_of(b"0,5\n3,6\n", "below_num_class", "3").rule
    three = sample(b"0,5\n1,6\n2,7\n")
    assert list(check_samples([three], "below_num_class", "3")) == []


def test_any_label_will_do_for_regression() -> None:
    assert list(check_samples([sample(b"7.5,1\n-2,3\n")], None, None)) == []


def test_single_class_is_refused_only_when_the_whole_channel_was_read() -> None:
    assert "Every row has the same label" in fault_of(b"0,5\n0,6\n").rule
    part = sample(b"0,5\n0,6\n", complete=False)
    assert list(check_samples([part], "zero_or_one", None)) == []


def test_last_line_of_a_cut_object_is_not_judged() -> None:
    part = sample(b"1,2,3\n0,2,3\n1,2", cut=True, complete=False)
    assert list(check_samples([part], "zero_or_one", None)) == []


def test_line_longer_than_the_sample_tells_nothing() -> None:
    part = sample(b"1,2,3,4", cut=True, complete=False)
    assert list(check_samples([part, sample()], "zero_or_one", None)) == []


def test_channels_must_have_the_same_columns() -> None:
    samples = [sample(), sample(b"1,2\n0,3\n", "validation")]
    (fault,) = check_samples(samples, "zero_or_one", None)
    assert fault.field == "Channels.validation"
    assert "It has 2 columns, s3://data-bucket/train/part-0.csv has 3." in fault.rule
