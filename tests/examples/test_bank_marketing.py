"""The demo's data: what `retune prepare` makes of them, and nothing that gives the answer away."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from preparation.encoder import Encoder, csv_row
from typer.testing import CliRunner

from examples.bank_marketing import customers, demo, table
from retune.cli import app

SHARES = {"train": 0.6, "validation": 0.2, "test": 0.2}


def prepared(target: Path) -> Path:
    """The folder with channels and description, made by the demo's command."""
    table.fetch_table()
    ended = CliRunner().invoke(app, ["prepare", str(table.TABLE), str(target), *demo.OPTIONS])
    assert ended.exit_code == 0, ended.output
    return target


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("bank") / "data")


@pytest.fixture(scope="module")
def channels(folder: Path) -> dict[str, list[str]]:
    """Lines of CSV by channel."""
    return {
        name: [
            line for file in sorted((folder / name).iterdir())
            for line in file.read_text().splitlines()
        ]
        for name in SHARES
    }  # fmt: skip


@pytest.fixture(scope="module")
def encoder(folder: Path) -> Encoder:
    return Encoder(json.loads((folder / "retune.preparation.json").read_text()))


def test_every_customer_is_in_one_channel(channels: dict[str, list[str]]) -> None:
    assert sum(map(len, channels.values())) == 45_211
    for name, share in SHARES.items():
        assert len(channels[name]) / 45_211 == pytest.approx(share, abs=0.005)


def test_shares_of_buyers_are_near_each_other_and_as_the_documents_tell(
    channels: dict[str, list[str]],
) -> None:
    shares = [
        sum(line.startswith("1,") for line in channels[name]) / len(channels[name])
        for name in SHARES
    ]
    assert shares == [pytest.approx(5_289 / 45_211, abs=0.01)] * len(SHARES)
    told = "{:.1%}, {:.1%} and {:.1%}".format(*shares).replace("%", " %")
    for page in ("docs/lesson.md", "examples/bank_marketing/README.md"):
        assert told in (table.ROOT / page).read_text()


def test_the_length_of_the_call_is_not_in_the_data(encoder: Encoder) -> None:
    assert "duration" not in encoder.columns


def test_channels_are_the_same_every_time(folder: Path, tmp_path: Path) -> None:
    files = [file for file in prepared(tmp_path / "data").rglob("*") if file.is_file()]
    assert len(files) >= len(SHARES)
    for file in files:
        assert file.read_bytes() == (folder / file.relative_to(tmp_path / "data")).read_bytes()


def test_customers_who_are_asked_about_are_of_the_test_channel_and_half_of_them_buyers(
    channels: dict[str, list[str]], encoder: Encoder, tmp_path: Path
) -> None:
    customers.write_rows(
        tmp_path / "customers.csv", customers.some_of_each(customers.test_customers())
    )
    with (tmp_path / "customers.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["y"] for row in rows] == ["yes", "no"] * 5
    for row in rows:
        label = "1" if row["y"] == "yes" else "0"
        assert f"{label},{csv_row(encoder.encode(row))}" in channels["test"]


def test_another_table_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "TABLE", tmp_path / "other.csv.gz")
    table.TABLE.write_bytes(b"not the data")
    with pytest.raises(SystemExit, match="SHA-256"):
        table.fetch_table()


def test_the_test_set_that_is_ranked_is_the_test_channel(
    channels: dict[str, list[str]], encoder: Encoder
) -> None:
    rows = customers.test_customers()
    encoded = [
        f"{'1' if row['y'] == 'yes' else '0'},{csv_row(encoder.encode(row))}" for row in rows
    ]
    assert sorted(encoded) == sorted(channels["test"])
