"""`retune split`: a table becomes channels, whole or not at all."""

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

Run = Callable[..., Any]

CHANNELS = ("train", "validation", "test")
SECRET = "4711"


def table(rows: int = 300, header: str = "") -> str:
    """label, customer, amount"""
    source = random.Random(1)
    lines = (f"{n % 4 == 0:d},{source.randrange(40)},{source.random()}" for n in range(rows))
    return header + "".join(f"{line}\n" for line in lines)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a table in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "table.csv").write_text(table())
    return tmp_path


def lines(folder: Path, channel: str) -> list[str]:
    return (folder / channel / "rows.csv").read_text().splitlines()


def test_a_file_becomes_a_folder_a_channel_and_every_row_is_in_one(
    retune: Run, place: Path
) -> None:
    ended = retune("split", "table.csv", "out/channels")
    assert ended.exit_code == 0, ended.output
    made = [line for name in CHANNELS for line in lines(place / "out/channels", name)]
    assert sorted(made) == sorted(table().splitlines())
    assert "Label 0" in ended.stderr
    assert "aws s3 cp --recursive out/channels s3://BUCKET/data/" in ended.stderr
    assert json.loads(ended.stdout)["Channels"]["test"] == "s3://BUCKET/data/test/"
    assert sorted(path.name for path in place.iterdir()) == ["out", "table.csv"]


def test_a_folder_is_split_as_its_files_are_whatever_they_are_called(
    retune: Run, place: Path
) -> None:
    rows = table().splitlines(keepends=True)
    (place / "in/more").mkdir(parents=True)
    (place / "in/b").write_text("".join(rows[:100]))
    (place / "in/more/a").write_text("".join(rows[100:]))
    (place / "in/_SUCCESS").touch()
    retune("split", "table.csv", "one")
    assert retune("split", "in", "many").exit_code == 0
    for name in CHANNELS:
        assert sorted(lines(place / "one", name)) == sorted(lines(place / "many", name))


def test_rows_of_a_group_are_in_one_channel_and_each_file_has_the_header(
    retune: Run, place: Path
) -> None:
    (place / "table.csv").write_text(table(header="bought,customer,amount\n"))
    ended = retune("split", "table.csv", "out", "--group", "customer", "--label", "bought")
    assert ended.exit_code == 0, ended.output
    assert "begins with the header" in ended.stderr
    customers = []
    for name in CHANNELS:
        header, *rows = lines(place / "out", name)
        assert header == "bought,customer,amount"
        customers.append({row.split(",")[1] for row in rows})
    assert sum(map(len, customers)) == len(set.union(*customers)) == 40


def test_a_share_of_nothing_makes_no_channel(retune: Run, place: Path) -> None:
    ended = retune("split", "table.csv", "out", "--validation", "0")
    assert list(json.loads(ended.stdout)["Channels"]) == ["train", "test"]
    assert sorted(path.name for path in (place / "out").iterdir()) == ["test", "train"]


def test_a_channel_without_a_class_is_warned_of(retune: Run, place: Path) -> None:
    (place / "table.csv").write_text(table() + "2,1,1\n")
    assert "no row with the label 2" in retune("split", "table.csv", "out").stderr


REFUSED = [
    ("1,2\n", ["--test", "0.9", "--validation", "0.1"], "rows are left to train on"),
    ("1,2\n", ["--test", "0", "--validation", "0"], "nothing is split off"),
    ("1,2\n3,4\n", [], "No row would be in"),
    (table(), ["--test", "0.0001"], "No row would be in test"),
    ("4711,2\n4711,3\n" * 50, ["--group", "0"], "--group '0': all 100 rows are of one group"),
    (table(), ["--group", "customer"], "there is no column 'customer'"),
    (table() + "1,4711\n", [], "table.csv: line 301 has 2 columns, not 3."),
    ("a,b\n4711x,c\n", [], "Say --header or --no-header."),
    ("PAR1", [], "it is Parquet"),
    ("", [], "holds no row"),
]


@pytest.mark.parametrize(("content", "options", "rule"), REFUSED, ids=[r[2] for r in REFUSED])
def test_what_cannot_be_split_is_refused_and_leaves_nothing(
    retune: Run, place: Path, content: str, options: list[str], rule: str
) -> None:
    (place / "table.csv").write_text(content)
    ended = retune("split", "table.csv", "out", *options)
    assert ended.exit_code == 2, ended.output
    assert rule in ended.stderr
    assert SECRET not in ended.output
    assert [path.name for path in place.iterdir()] == ["table.csv"]


def test_the_second_file_is_named_when_it_is_of_another_kind(retune: Run, place: Path) -> None:
    (place / "in").mkdir()
    (place / "in/a.csv").write_text(table(header="y,c,x\n"))
    for content, rule in (("1 1:2\n", "b: it is text/libsvm"), ("1,2,3\n", "b: line 1 is not")):
        (place / "in/b").write_text(content)
        ended = retune("split", "in", "out")
        assert ended.exit_code == 2
        assert rule in ended.stderr


@pytest.mark.parametrize(
    ("source", "target", "rule"),
    [
        ("table.csv", "full", "is not empty"),
        ("full", "full/out", "is inside SOURCE"),
        ("nowhere.csv", "out", "is no file and no folder"),
        ("empty", "out", "has no file with data"),
        ("hidden", "out", "has a hidden file, '.rows.csv'"),
        ("s3://bucket", "out", "is no s3://bucket/folder/"),
        ("s3://bucket/a/", "s3://bucket/a/b/", "is inside SOURCE"),
        ("s3://bucket/a", "s3://bucket/a/", "is inside SOURCE"),
    ],
)
def test_places_that_cannot_be_used(
    retune: Run, place: Path, source: str, target: str, rule: str
) -> None:
    for folder, name in (("full", "rows.csv"), ("hidden", ".rows.csv"), ("empty", "x")):
        (place / folder).mkdir()
        (place / folder / name).write_text("1,2\n" if folder != "empty" else "")
    ended = retune("split", source, target, AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x")
    assert ended.exit_code == 2, ended.output
    assert rule in ended.stderr
    assert not (place / "out").exists()


@pytest.fixture
def bucket(local_aws: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A bucket with a table of two objects beside another one."""
    for name, value in local_aws.environment().items():
        monkeypatch.setenv(name, value)
    bucket = boto3.Session().resource("s3").Bucket("split-me")  # the default one keeps old keys
    bucket.create()
    rows = table().splitlines(keepends=True)
    for key, part in (("in/a", rows[:100]), ("in/b", rows[100:]), ("in-old/a", rows)):
        bucket.put_object(Key=key, Body="".join(part).encode())
    yield bucket
    bucket.objects.delete()
    bucket.delete()


def test_s3_is_split_as_files_are(retune: Run, place: Path, local_aws: Any, bucket: Any) -> None:
    retune("split", "table.csv", "out")
    here = local_aws.server.variables
    ended = retune("split", "s3://split-me/in", "s3://split-me/channels", **here)
    assert ended.exit_code == 0, ended.output
    channels = json.loads(ended.stdout)["Channels"]
    assert channels == {name: f"s3://split-me/channels/{name}/" for name in CHANNELS}
    for name in CHANNELS:
        made = bucket.Object(f"channels/{name}/rows.csv").get()["Body"].read().decode()
        assert made.splitlines() == lines(place / "out", name)
    again = retune("split", "s3://split-me/in/", "s3://split-me/channels/", **here)
    assert again.exit_code == 2
    assert "is not empty" in again.stderr
    assert "such as input.json, is empty now" in again.stderr  # `>` has emptied it


@pytest.mark.parametrize(
    ("fault", "exit_code", "said"),
    [("access-denied", 1, "Nothing is left in s3://split-me/out/"), ("crash-after", 3, "Nothing")],
)
def test_an_upload_that_fails_leaves_nothing(
    retune: Run, place: Path, local_aws: Any, bucket: Any, fault: str, exit_code: int, said: str
) -> None:
    """S3 refuses the object, or has stored it when the answer is lost."""
    local_aws.add_fault(fault, service="s3", operation="PutObject", times=None)
    try:
        ended = retune("split", "table.csv", "s3://split-me/out/", **local_aws.server.variables)
    finally:
        local_aws.remove_faults()
    assert ended.exit_code == exit_code, ended.output
    assert said in ended.stderr
    assert [*bucket.objects.filter(Prefix="out/")] == []
