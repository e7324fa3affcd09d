"""Data that training would take without a word and make a useless model of."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.algorithms.algorithm import load_algorithm
from tuning.data.channel_sample import ChannelSample
from tuning.data.csv_faults import CsvRules, csv_faults
from tuning.data.csv_warnings import csv_warnings
from tuning.data.label_rules import find_label_rule
from tuning.data.piece import Piece
from tuning.errors import Fault

ROWS = b"1,0.5,3\n0,0.25,4\n"


def sample(
    content: bytes = ROWS, channel: str = "train", *, cut: bool = False, complete: bool = True
) -> ChannelSample:
    """A channel of one object; `cut` when it goes on after the content."""
    uri, field = f"s3://data-bucket/{channel}/part-0.csv", f"Channels.{channel}"
    piece = Piece(field, uri, content, 0, len(content) + cut)
    return ChannelSample(field, [piece], complete and not cut)


def faults_of(
    *samples: ChannelSample,
    rule: str | None = "zero_or_one",
    num_class: str | None = None,
    **rules: Any,
) -> list[Fault]:
    found = find_label_rule(rule, num_class)
    return [*csv_faults(samples, CsvRules(found, **rules))]


def fault_of(
    content: bytes, rule: str | None = "zero_or_one", num_class: str | None = None, **options: Any
) -> Fault:
    faults = faults_of(sample(content, **options), rule=rule, num_class=num_class)
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
    assert faults_of(sample(content)) == []


def test_header_row_is_refused() -> None:
    fault = fault_of(b"bought,age\n1,31\n0,44\n")
    assert "Line 1, column 1 is part of a header row" in fault.rule
    assert "header=False" in fault.fix


def test_missing_cells_are_refused_where_the_algorithm_takes_none() -> None:
    samples = [sample(b"1,0.5,3\n0,,4\n")]
    (fault,) = faults_of(*samples, missing_values=False)
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
    fault = fault_of(b'"1",2\n"0",3\n')
    assert "Line 1, column 1 is a number in quotes" in fault.rule
    assert "QUOTE_NONE" in fault.fix


def test_uneven_rows_are_refused() -> None:
    assert "Line 2 has 2 columns, line 1 has 3." in fault_of(b"1,2,3\n0,2\n").rule


@pytest.mark.parametrize("label", ["2", "-1", "0.5", "1e30"])
def test_label_of_a_binary_objective_must_be_zero_or_one(label: str) -> None:
    fault = fault_of(f"0,5\n{label},6\n".encode())
    assert "Line 2, column 1 has a label that the objective does not take" in fault.rule
    assert "from 0 to 1" in fault.rule


def test_label_of_a_multiclass_objective_must_be_below_num_class() -> None:
    assert "from 0 to 2" in fault_of(b"0,5\n3,6\n", "below_num_class", "3").rule
    three = sample(b"0,5\n1,6\n2,7\n")
    assert faults_of(three, rule="below_num_class", num_class="3") == []


def test_any_label_will_do_for_regression() -> None:
    assert faults_of(sample(b"7.5,1\n-2,3\n"), rule=None) == []


def test_single_class_is_refused_only_when_the_whole_channel_was_read() -> None:
    assert "Every row has the same label" in fault_of(b"0,5\n0,6\n").rule
    part = sample(b"0,5\n0,6\n", complete=False)
    assert faults_of(part) == []


def test_last_line_of_a_cut_object_is_not_judged() -> None:
    part = sample(b"1,2,3\n0,2,3\n1,2", cut=True, complete=False)
    assert faults_of(part) == []


def test_line_longer_than_the_sample_tells_nothing() -> None:
    part = sample(b"1,2,3,4", cut=True, complete=False)
    assert faults_of(part, sample()) == []


def test_channels_must_have_the_same_columns() -> None:
    samples = [sample(), sample(b"1,2\n0,3\n", "validation")]
    (fault,) = faults_of(*samples)
    assert fault.field == "Channels.validation"
    assert "It has 2 columns, s3://data-bucket/train/part-0.csv has 3." in fault.rule


@pytest.mark.parametrize("marker", ["NA", "null", "NULL", "?", "N/A", "None", "-", " "])
def test_missing_value_that_the_endpoint_refuses_is_refused(marker: str) -> None:
    fault = fault_of(f"1,0.5,{marker}\n0,0.25,4\n".encode())
    assert "Line 1, column 3 is a missing value, in a form that the endpoint does not" in fault.rule
    assert "empty cell" in fault.fix


def test_row_without_a_label_is_refused() -> None:
    assert "Line 2, column 1 has no number for its label" in fault_of(b"7,1\n,2\n", None).rule


def test_blanks_between_numbers_are_told_from_text() -> None:
    assert "commas" in fault_of(b"1 0.5 3\n0 0.5 3\n").fix


def test_last_column_without_a_value_is_refused_in_what_is_trained_on() -> None:
    """Training counts columns up to the last value; the endpoint counts separators."""
    trailing = b"1,2,\n0,3,\n"
    assert "The last column is empty in every row" in fault_of(trailing).rule
    assert faults_of(sample(b"1,2,\n0,3,4\n")) == []
    assert faults_of(sample(), sample(trailing, "validation")) == []
    part = sample(trailing * 20, cut=True)
    (fault,) = faults_of(part)
    assert "in each of the 40 rows that were looked at" in fault.rule
    assert faults_of(sample(trailing, cut=True)) == []


def test_header_row_of_numbers_is_refused() -> None:
    assert "Line 1 counts the columns" in fault_of(b"0,1,2\n1,0.5,6\n1,2.5,7\n", None).rule
    may_be_a_row = sample(b"0,1,2\n1,5,6\n0,5,6\n")
    assert faults_of(may_be_a_row) == []
    (warning,) = csv_warnings([may_be_a_row])
    assert "Line 1 counts the columns, as a header row of pandas does, or is" in warning.rule


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("2026-01-31", "is a date"),
        ("31.1.2026", "is a date"),
        ("12%", "with a unit"),
        ("$12.50", "with a unit"),
        ("-inf", "is infinite"),
        ("red", "is no number"),
    ],
)
def test_advice_fits_the_cell(cell: str, words: str) -> None:
    fault = fault_of(f"1,2,3\n0,2,{cell}\n".encode())
    assert f"Line 2, column 3 {words}" in f"{fault.rule}".replace("is a number with", "with")
    assert cell not in f"{fault.rule} {fault.fix}"


def test_decimal_commas_are_told_from_separators() -> None:
    for content in (b"1;0,5;3,25\n0;0,25;4,5\n", b"1;0,5\n0;0,25\n"):
        assert "decimal comma" in fault_of(content).rule


def test_header_row_longer_than_the_sample_is_refused() -> None:
    part = fault_of(b"bought,age,inco", cut=True)
    assert "Line 1, column 1 is part of a header row" in part.rule


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    assert "Line 3, column 2 is no number" in fault_of(b"1,2\n\n0,x\n").rule


def test_all_objects_have_the_separator_of_the_first() -> None:
    (fault,) = faults_of(sample(), sample(b"1;0.5;3\n0;0.25;4\n", "validation"))
    assert "not separated as those of s3://data-bucket/train" in fault.rule


LABELS = {
    "count:poisson": (["0", "0.5", "7"], ["-1"]),
    "reg:gamma": (["0.1", "7"], ["0", "-1"]),
    "reg:tweedie": (["0", "7"], ["-0.1"]),
    "reg:squaredlogerror": (["-0.9", "7"], ["-1"]),
    "reg:logistic": (["0", "0.5", "1"], ["1.5", "-0.1"]),
    "rank:ndcg": (["0", "31"], ["32", "0.5", "-1"]),
    "rank:map": (["0", "1"], ["2"]),
    "survival:cox": (["-3", "7"], []),
}


@pytest.mark.parametrize("objective", LABELS)
def test_labels_of_an_objective(objective: str) -> None:
    """As the library's own checks have them, in versions 3."""
    rule = load_algorithm("xgboost").label_rule(objective, "3.0-5")
    taken, refused = LABELS[objective]
    for label in taken:
        assert faults_of(sample(f"1,5\n{label},6\n".encode()), rule=rule) == []
    for label in refused:
        assert "Line 2, column 1 has a label" in fault_of(f"1,5\n{label},6\n".encode(), rule).rule


def test_ranking_of_earlier_versions_takes_any_label() -> None:
    assert load_algorithm("xgboost").label_rule("rank:pairwise", "1.7-1") is None


def test_empty_cell_between_tabs_is_refused() -> None:
    assert "which training does not see between tabs" in fault_of(b"1\t\t3\n0\t2\t4\n").rule
    assert faults_of(sample(b"1\tnan\t3\n0\t2\t4\n")) == []


def test_separator_that_the_algorithm_does_not_find_is_refused() -> None:
    assert "separated by a character" in fault_of(b"1|0.5|3\n0|0.25|4\n").rule
    semicolons = sample(b"1;0.5;3\n0;0.25;4\n")
    (fault,) = faults_of(semicolons, separators=",")
    assert "separated by a character" in fault.rule


def test_label_without_features_is_refused() -> None:
    assert "which leaves none for features" in fault_of(b"1\n0\n").rule
    (fault,) = faults_of(sample(b"1,2\n0,3\n"), weighted=True)
    assert "which leaves none for features" in fault.rule


@pytest.mark.parametrize("weight", ["-1", ""])
def test_weight_must_be_one(weight: str) -> None:
    rows = sample(f"1,2,3\n0,{weight},3\n".encode())
    (fault,) = faults_of(rows, weighted=True)
    assert "Line 2, column 2 is no weight" in fault.rule
