"""The description that `retune prepare` writes beside the channels travels with the model."""

from __future__ import annotations

from typing import Any

import pytest
from preparation.description import FILE_NAME, Column, Number
from tuning.endpoint.next_step import Endpoint
from tuning.errors import InvalidInput
from tuning.planning.changed_interface import compare_with_served
from tuning.variables.interface import Interface
from tuning.variables.plan import Plan

from tests.preparation.descriptions import description
from tests.tuning.channel_store import ChannelStore, store
from tests.tuning.plans import make_plan, refusal_of

TEXT = description(Number("age"), Number("price")).to_json()
KEPT = f"s3://data-bucket/runs/monday/{FILE_NAME}"
BESIDE = f"s3://data-bucket/data/{FILE_NAME}"


def with_description(text: str = TEXT, place: str = BESIDE) -> ChannelStore:
    data = store()
    data.objects[place] = text.encode()
    return data


def tags(plan: Plan) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in plan.endpoint.config.tags}


def test_features_have_names_and_the_description_a_copy_that_the_config_names() -> None:
    plan = make_plan(data=with_description())
    assert plan.interface is not None
    assert plan.interface.column_names == ("age", "price")
    assert plan.table_description is not None
    assert (plan.table_description.source, plan.table_description.kept) == (BESIDE, KEPT)
    assert tags(plan)["retune:preparation"] == KEPT
    assert "retune:preparation" not in str(plan.tuning_job["Tags"])  # nor the endpoint's


def test_without_one_all_is_as_it_was() -> None:
    plan = make_plan()
    assert plan.table_description is None
    assert "retune:preparation" not in tags(plan)


def test_it_lies_beside_the_train_channel_wherever_that_is() -> None:
    data = with_description(place=f"s3://data-bucket/data/other/{FILE_NAME}")
    for channel in ("train", "validation"):
        rows = data.objects[f"s3://data-bucket/data/{channel}/{channel}.csv"]
        data.objects[f"s3://data-bucket/data/other/{channel}/a.csv"] = rows
    channels = {n: f"s3://data-bucket/data/other/{n}/" for n in ("train", "validation")}
    assert make_plan({"Channels": channels}, data=data).table_description is not None


def test_model_that_is_trained_once_more_has_the_description_of_that_data() -> None:
    data = with_description(place=f"s3://data-bucket/data/larger/{FILE_NAME}")
    rows = data.objects["s3://data-bucket/data/train/train.csv"]
    data.objects["s3://data-bucket/data/larger/train/a.csv"] = rows
    retrain = {"Channels": {"train": "s3://data-bucket/data/larger/train/"}}
    assert make_plan({"Retrain": retrain}, data=data).table_description is not None


@pytest.mark.parametrize(
    "document",
    [
        {"ContentType": "text/libsvm"},
        {
            "AlgorithmSpecification": {"TrainingImage": "forest:1"},
            "HyperParameterTuningJobObjective": {"MetricName": "loss", "Type": "Minimize"},
            "ParameterRanges": {"depth": {"Type": "Continuous", "MinValue": 1, "MaxValue": 99}},
        },
    ],
    ids=["libsvm", "own image"],
)
def test_channels_that_prepare_does_not_make_have_none(document: dict[str, Any]) -> None:
    data = with_description()
    for name in ("train", "validation"):
        if "ContentType" in document:
            data.objects[f"s3://data-bucket/data/{name}/{name}.csv"] = b"1 1:0.5 2:3\n0 1:1 2:4\n"
    assert make_plan(document, data=data).table_description is None


def test_channels_with_other_columns_are_refused() -> None:
    text = description(Number("age")).to_json()
    assert refusal_of(data=with_description(text)) == (
        f"Channels.train = '{BESIDE}': It describes rows of 1 features, and those of the channel "
        "have 2: the channels were not made with it. Prepare the table again, or delete the file "
        "if the rows are right without it."
    )


FITTING = "0,30,1.5,1,1,0,2,12,7,23\n1,,,,0,0,,,,\n0,3,4,0,0,1,3,1,1,0\n"


@pytest.mark.parametrize(
    ("feature", "cell"),
    [
        (None, None),
        ("member", "2"),
        ("job=admin", "0.5"),
        ("job=chef", ""),
        ("city", "4"),
        ("city", "1.5"),
        ("called.month", "13"),
        ("called.hour", "24"),
    ],
)
def test_rows_that_its_encodings_never_give_are_refused(
    feature: str | None, cell: str | None
) -> None:
    known, rows = description(), FITTING
    if feature is not None:
        cells = FITTING.splitlines()[2].split(",")
        cells[known.features.index(feature) + 1] = str(cell)
        rows += ",".join(cells) + "\n"
    data = with_description(known.to_json())
    for name in ("train", "validation"):
        data.objects[f"s3://data-bucket/data/{name}/{name}.csv"] = rows.encode()
    if feature is None:
        assert make_plan(data=data).table_description is not None
    else:
        words = f"Rows of the channel hold in {feature!r} what it never gives: the channels were"
        assert words in refusal_of(data=data)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "retune.preparation.json is no JSON"),
        ('{"version": 99}', "has version 99"),
        ('{"version": 1}', "is no description as `retune prepare` writes it"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, words: str) -> None:
    refusal = refusal_of(data=with_description(text))
    assert refusal.startswith(f"Channels.train = '{BESIDE}': ")
    assert words in refusal


def served(*columns: Column) -> Interface:
    """What an endpoint takes whose model was trained on a table of these columns."""
    interface = make_plan(data=with_description(description(*columns).to_json())).interface
    assert interface is not None
    return interface


SERVES = Endpoint("InService", "champion")


def test_other_columns_than_those_of_what_serves_are_refused() -> None:
    plan, before = make_plan(data=with_description()), served(Number("weight"), Number("price"))
    with pytest.raises(InvalidInput, match="'the columns age': The endpoint retune serves weight"):
        compare_with_served(plan, SERVES, {"champion": before}.get)


def test_channels_without_a_description_are_told_of_where_what_serves_has_one() -> None:
    plan, before = make_plan(), served(Number("age"), Number("price"))
    (told,) = {*compare_with_served(plan, SERVES, {"champion": before}.get).warnings} - {
        *plan.warnings
    }
    assert told.startswith("What serves at retune has a description of its table, and none lies")
    assert "retune.preparation.json into the folder above train." in told


def test_same_columns_in_another_encoding_are_told_to_clients_that_encode() -> None:
    plan, before = make_plan(data=with_description()), served(Number("age"), Number("price", ","))
    (told,) = {*compare_with_served(plan, SERVES, {"champion": before}.get).warnings} - {
        *plan.warnings
    }
    assert told.startswith("The table was encoded otherwise than for what serves at retune.")
    assert KEPT in told
    same = served(Number("age"), Number("price"))
    assert compare_with_served(plan, SERVES, {"champion": same}.get) == plan
