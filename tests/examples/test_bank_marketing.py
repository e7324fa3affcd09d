"""The demo's data: what SageMaker's XGBoost reads, and nothing that gives the answer away."""

from pathlib import Path

import pytest

from examples.bank_marketing.demo import SOURCE, data_set
from examples.bank_marketing.prepare import DataSet, prepare, some_customers, to_csv


@pytest.fixture(scope="module")
def data() -> DataSet:
    return data_set()


def test_every_customer_is_in_one_channel(data: DataSet) -> None:
    sizes = {channel: len(rows) for channel, rows in data.channels.items()}
    assert sum(sizes.values()) == 45_211
    assert sizes["train"] == pytest.approx(0.6 * 45_211, abs=2)


def test_every_channel_has_the_same_share_of_buyers(data: DataSet) -> None:
    for rows in data.channels.values():
        assert sum(row[0] == "1" for row in rows) / len(rows) == pytest.approx(
            5_289 / 45_211, abs=1e-3
        )


def test_rows_are_numbers_without_a_header(data: DataSet) -> None:
    for rows in data.channels.values():
        for line in to_csv(rows[:500]).splitlines():
            cells = [float(cell) for cell in line.split(",")]
            assert len(cells) == len(data.columns)
            assert cells[0] in (0, 1)


def test_the_length_of_the_call_is_not_in_the_data(data: DataSet) -> None:
    assert "duration" not in data.columns


def test_preparation_is_the_same_every_time(data: DataSet) -> None:
    assert prepare(SOURCE) == data


def test_customers_to_look_at_are_half_buyers(data: DataSet) -> None:
    assert [row[0] for row in some_customers(data.channels["test"])] == ["1", "0"] * 5


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.csv.gz"
    other.write_bytes(b"not the data")
    with pytest.raises(ValueError, match="SHA-256"):
        prepare(other)
