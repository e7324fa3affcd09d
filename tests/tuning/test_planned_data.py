"""What PlanTuning looks at in the channels before anything is paid for."""

from __future__ import annotations

import pytest
from tuning.errors import MissingData

from tests.tuning.channel_store import ROWS, ChannelStore, store
from tests.tuning.plans import make_plan, refusal_of


def test_channels_without_data_are_missing_data_all_named() -> None:
    with pytest.raises(MissingData) as missing:
        make_plan(data=ChannelStore({"s3://data-bucket/data/train/_SUCCESS": b""}))
    lines = str(missing.value).splitlines()
    assert [line.split(" = ")[0] for line in lines] == ["Channels.train", "Channels.validation"]
    assert "aws s3 cp train.csv s3://data-bucket/data/train/" in lines[0]


def test_retrain_channel_without_data_is_missing_data() -> None:
    with pytest.raises(MissingData, match=r"Retrain\.Channels\.train = 's3://my-bucket/all/'"):
        make_plan({"Retrain": {"Channels": {"train": "s3://my-bucket/all/"}}})


def test_prefix_that_also_takes_a_sibling_is_refused() -> None:
    data = store()
    data.objects["s3://data-bucket/data/train-old/a.csv"] = ROWS
    channels = {
        "train": "s3://data-bucket/data/train",
        "validation": "s3://data-bucket/data/validation/",
    }
    text = refusal_of({"Channels": channels}, data)
    assert "Channels.train = 's3://data-bucket/data/train'" in text
    assert "also data/train-old/" in text
    assert "Use s3://data-bucket/data/train/." in text


def test_prefix_without_slash_and_without_sibling_is_accepted() -> None:
    channels = {
        "train": "s3://data-bucket/data/train",
        "validation": "s3://data-bucket/data/validation/validation.csv",
    }
    assert (
        make_plan({"Channels": channels}).to_document()["Samples"]["Key"]
        == "data/validation/validation.csv"
    )


def test_hidden_file_is_refused() -> None:
    data = store()
    data.objects["s3://data-bucket/data/train/.DS_Store"] = b"x"
    assert "Channels.train = 's3://data-bucket/data/train/'" in refusal_of(data=data)


def test_faults_of_all_channels_are_reported_together() -> None:
    text = refusal_of(data=store(train=b"label,age\n1,3\n", validation=b"1,True\n0,False\n"))
    assert len(text.splitlines()) == 2
    assert "header row" in text
    assert "truth value" in text


def test_labels_are_held_against_the_objective_of_the_input() -> None:
    data = store(train=b"0,1\n1,2\n2,3\n", validation=b"0,1\n2,3\n")
    assert "Line 3, column 1 has a label" in refusal_of(data=data)
    document = {
        "StaticHyperParameters": {"objective": "multi:softmax", "num_class": 3, "num_round": 9},
        "HyperParameterTuningJobObjective": {"MetricName": "validation:merror"},
    }
    assert make_plan(document, data=data)


def test_parts_of_large_data_are_read() -> None:
    data = store(train=ROWS * 100_000)
    make_plan(data=data)
    assert sum(data.read_sizes) < 1_000_000


def test_fault_in_the_middle_or_at_the_end_of_a_large_object_is_found() -> None:
    middle = ROWS * 50_000 + b"1,x,3\n" * 30_000 + ROWS * 50_000
    for wrong in (middle, ROWS * 100_000 + b"1,x,3\n"):
        text = refusal_of(data=store(train=wrong))
        assert "after byte" in text
        assert "column 2 is no number" in text


def test_fault_in_another_object_is_found() -> None:
    data = store()
    for number in range(40):
        data.objects[f"s3://data-bucket/data/train/part-{number:02}.csv"] = ROWS
    data.objects["s3://data-bucket/data/train/x-old.txt"] = b"1,2\n"
    assert "x-old.txt': It has 2 columns" in refusal_of(data=data)


def test_object_that_is_cut_off_is_found_among_many() -> None:
    data = store()
    for number in range(200):
        data.objects[f"s3://data-bucket/data/train/part-{number:03}.csv"] = ROWS * 2000
    data.objects["s3://data-bucket/data/train/part-077.csv"] = ROWS * 1900 + b"1,0"
    assert "part-077.csv': Line" in refusal_of(data=data)
    assert sum(data.read_sizes) < 1_500_000
