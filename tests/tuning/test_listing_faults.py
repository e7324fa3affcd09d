"""What keys and sizes alone tell: objects that no version reads, or that no job survives."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.data.s3_location import S3Object

from tests.tuning.channel_store import ROWS, ChannelStore, store
from tests.tuning.plans import make_plan, refusal_of

TRAIN = "s3://data-bucket/data/train/"


def beside(*keys: str, content: bytes = ROWS) -> ChannelStore:
    """The data bucket, with these keys in train beside what is there."""
    data = store()
    data.objects |= {TRAIN + key: content for key in keys}
    return data


@pytest.mark.parametrize(
    ("key", "content", "fix"),
    [
        (".DS_Store", b"x", "Delete it."),
        (".keep", b"", "Delete it."),
        (".ipynb_checkpoints/train-checkpoint.csv", ROWS, "Delete it."),
        ("part-1.csv", b"", "Delete it."),
        ("_metadata", ROWS, "Delete it."),
        ("README.md", b"1,2,3\n", "Move it elsewhere."),
        ("_temporary/0/part.csv", ROWS, "Move it elsewhere."),
        ("columns.json", b"1,2,3\n", "Move it elsewhere."),
        ("part-1.csv.gz", ROWS, "Upload it uncompressed."),
        ("part-1.ZIP", ROWS, "Upload it uncompressed."),
    ],
)
def test_stranger_among_the_objects_is_refused(key: str, content: bytes, fix: str) -> None:
    text = refusal_of(data=beside(key, content=content))
    assert text.startswith(f"Channels.train = '{TRAIN}'")
    assert f": {key}. {fix}" in text


@pytest.mark.parametrize("key", ["_SUCCESS", "folder/", "_committed_1"])
def test_empty_marker_is_no_fault(key: str) -> None:
    assert make_plan(data=beside(key, content=b""))


def test_several_strangers_are_counted() -> None:
    assert "a.md, and 2 more. Move it elsewhere." in refusal_of(data=beside("a.md", "b.md", "c.md"))


def test_objects_deeper_than_the_version_reads_are_refused() -> None:
    assert make_plan(data=beside("2024/02/part.csv"))
    text = refusal_of(data=beside("2024/02/01/part.csv"))
    assert "Version 3.0-5 reads 3 levels of folders" in text
    assert "2024/02/01/part.csv" in text


def test_earlier_version_reads_one_folder() -> None:
    earlier = {"AlgorithmVersion": "1.7-1"}
    assert make_plan(earlier, data=store())
    text = refusal_of(earlier, data=beside("2024/part.csv"))
    assert "Version 1.7-1 reads one folder of a channel, and there are 2" in text


class Huge(ChannelStore):
    """A store whose objects of train are so many bytes long, in its listing alone."""

    size = 0

    def list_objects(self, location: Any) -> Any:
        return [
            S3Object(entry.key, self.size if "train" in entry.key else entry.size_bytes)
            for entry in super().list_objects(location)
        ]


def huge(gigabytes: int) -> Huge:
    data = Huge(store().objects)
    data.size = gigabytes * 10**9
    return data


def test_data_larger_than_the_volume_is_refused() -> None:
    text = refusal_of(data=huge(12))
    assert text.startswith("Channels = '12.0 GB': The channels hold more than the volume")
    assert "VolumeSizeInGB to 19" in text


def test_data_larger_than_memory_is_refused_and_what_hardly_fits_is_a_warning() -> None:
    roomy: dict[str, Any] = {"ResourceConfig": {"VolumeSizeInGB": 100}}
    assert "ml.m5.large has 8 GiB of memory" in refusal_of(roomy, data=huge(30))
    assert any("8 GiB of memory" in each for each in make_plan(roomy, data=huge(12)).warnings)
    roomy["ResourceConfig"]["InstanceType"] = "ml.m5.12xlarge"
    assert not any("GiB of memory" in each for each in make_plan(roomy, data=huge(30)).warnings)


def test_of_several_kinds_of_machines_one_must_hold_the_data() -> None:
    configs = [
        {"InstanceType": "ml.m5.large", "VolumeSizeInGB": 10},
        {"InstanceType": "ml.r5.4xlarge", "VolumeSizeInGB": 100},
    ]
    assert make_plan(
        {"HyperParameterTuningResourceConfig": {"InstanceConfigs": configs}}, data=huge(30)
    )
