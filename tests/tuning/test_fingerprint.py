"""What counts as the same data and the same settings."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tuning.planning import fingerprint
from tuning.variables.last_run import Fingerprint

from tests.tuning.channel_store import ROWS, ChannelStore, store
from tests.tuning.plans import EXECUTION, make_plan

MORE = b"1,0.5,3\n0,0.25,4\n1,0.75,5\n"


def fingerprint_of(document: dict[str, Any] | None = None, **channels: bytes) -> Fingerprint:
    return make_plan(document, data=store(**channels)).fingerprint


def test_another_execution_on_the_same_data_has_the_same_fingerprint() -> None:
    later = type(EXECUTION)(EXECUTION.id + "-2", "tuesday", "2026-12-01T06:30:00Z")
    assert make_plan(execution=later).fingerprint == fingerprint_of()


@pytest.mark.parametrize("channel", ["train", "validation", "test"])
def test_other_rows_in_any_channel_are_other_data(channel: str) -> None:
    before = fingerprint_of(test=ROWS)
    after = make_plan(data=store(**({"test": ROWS} | {channel: MORE}))).fingerprint
    assert after.data != before.data
    assert after.settings == before.settings


def test_an_object_under_another_key_is_other_data() -> None:
    moved = ChannelStore(
        {uri.replace("train.csv", "new.csv"): rows for uri, rows in store().objects.items()}
    )
    assert make_plan(data=moved).fingerprint.data != fingerprint_of().data


@pytest.mark.parametrize(
    "document",
    [
        {"ResourceLimits": {"MaxNumberOfTrainingJobs": 3}},
        {"Freeze": {"gamma": "1"}},
        {"Promotion": {"Margin": 0.5}},
        {"Environment": {"TOKEN": "another"}},
    ],
)
def test_other_settings_are_other_settings(document: dict[str, Any]) -> None:
    before, after = fingerprint_of(test=ROWS), fingerprint_of(document, test=ROWS)
    assert after.settings != before.settings
    assert after.data == before.data


def test_when_to_tune_is_no_setting_of_what_is_tuned() -> None:
    assert fingerprint_of({"RetuneWhen": "DataChanged"}) == fingerprint_of()


def test_objects_that_a_manifest_lists_count_and_their_neighbours_do_not() -> None:
    names = [{"prefix": "s3://data-bucket/lists/"}, "a.csv"]
    files = {"train.manifest": json.dumps(names).encode(), "a.csv": ROWS, "ab.csv": ROWS}
    document = {
        "Channels": {
            "train": {
                "S3Uri": "s3://data-bucket/lists/train.manifest",
                "S3DataType": "ManifestFile",
            },
            "validation": "s3://data-bucket/data/validation/",
        }
    }

    def of_files(**changed: bytes) -> Fingerprint:
        listed = {name: changed.get(name.split(".")[0], rows) for name, rows in files.items()}
        lists = {f"s3://data-bucket/lists/{name}": rows for name, rows in listed.items()}
        return make_plan(document, data=ChannelStore(store().objects | lists)).fingerprint

    assert of_files(ab=MORE) == of_files()
    assert of_files(a=MORE) != of_files()


def test_more_objects_than_can_be_looked_at_are_never_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fingerprint, "MAX_OBJECTS", 1)
    assert fingerprint_of().data is None
