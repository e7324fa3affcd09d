"""What a metric's Regex finds in a line of a log."""

from __future__ import annotations

import pytest
from tuning.trials.metric_regex import UnreadableRegex, metric_reader


@pytest.mark.parametrize(
    ("regex", "line", "value"),
    [
        ("#011auc:([0-9.]+)", "[0]#011auc:0.61", 0.61),
        ("#011auc:([0-9.]+)", "[0]\tauc:0.61", 0.61),
        (r"\tauc:([0-9.]+)", "[0]\tauc:0.61", 0.61),
        ("auc=(.*)", "auc=unknown", None),
        ("auc=(.*)", "auc=nan", None),
        ("auc=([0-9.]+)", "loss=0.3", None),
        ("auc(=[0-9.]+)?", "auc", None),
    ],
    ids=["as-written", "tab", "tab-in-regex", "words", "no-number", "another", "nothing-captured"],
)
def test_a_line_has_a_value_or_none(regex: str, line: str, value: float | None) -> None:
    assert metric_reader("auc", regex)(line) == value


@pytest.mark.parametrize(
    "regex",
    ["auc=([0-9]+", "auc=[0-9]+", "(a{99999999999})"],
    ids=["broken", "no-group", "too-large"],
)
def test_a_regex_that_finds_no_value_is_said(regex: str) -> None:
    with pytest.raises(UnreadableRegex, match="The Regex of auc "):
        metric_reader("auc", regex)
