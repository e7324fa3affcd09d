"""What a sample of the rows suggests and does not prove: columns, leaks, groups."""

from __future__ import annotations

from random import Random
from typing import Any

from local_sagemaker.containers.recordio import write_rows

from tests.tuning.channel_store import ChannelStore, store
from tests.tuning.plans import make_plan

RANKING: dict[str, Any] = {
    "ContentType": "text/libsvm",
    "StaticHyperParameters": {"objective": "rank:ndcg", "num_round": 9},
    "HyperParameterTuningJobObjective": {"MetricName": "validation:ndcg"},
}


def table(count: int, seed: int) -> list[list[str]]:
    """Label and four features."""
    chance = Random(seed)
    return [
        [str(chance.randrange(2)), *(f"{chance.gauss(0, 1):.6f}" for _ in range(4))]
        for _ in range(count)
    ]


def csv(rows: list[list[str]]) -> bytes:
    return "".join(",".join(row) + "\n" for row in rows).encode()


def warnings(data: ChannelStore, document: dict[str, Any] | None = None) -> list[str]:
    """Those about the data."""
    found = make_plan(document or {}, data=data).warnings
    return [each for each in found if each.startswith("Channels.") and "not given" not in each]


def with_column(place: int, cells: Any) -> ChannelStore:
    """Both channels have other cells in a column."""
    both = [table(60, seed) for seed in (1, 2)]
    for rows in both:
        for number, row in enumerate(rows):
            row[place] = str(cells(number, row))
    train, validation = map(csv, both)
    return store(train=train, validation=validation)


def test_sound_channels_have_no_warning() -> None:
    assert warnings(store(train=csv(table(60, 1)), validation=csv(table(60, 2)))) == []


def test_column_of_one_value_is_told() -> None:
    (warning,) = warnings(with_column(3, lambda number, row: 7))
    assert "Column 4 has the same value in every row" in warning
    (warning,) = warnings(with_column(2, lambda number, row: ""))
    assert "Column 3 has the same value" in warning


def test_column_of_one_value_is_not_told_of_a_part_of_the_rows() -> None:
    """Rows that are sorted by a column have one value of it for long."""
    train, validation = table(30_000, 1), table(60, 2)
    for number, row in enumerate([*train, *validation]):
        row[3] = str(int(10_000 < number < 12_000))
    assert warnings(store(train=csv(train), validation=csv(validation))) == []


def test_copy_of_a_column_is_told_and_of_the_label_above_all() -> None:
    (warning,) = warnings(with_column(4, lambda number, row: row[2]))
    assert "Column 5 has the values of another column in every row, such as column 3" in warning
    (warning,) = warnings(with_column(4, lambda number, row: f"{row[0]}.0"))
    assert "Column 5 has the label itself in every row" in warning


def test_cells_are_never_shown() -> None:
    (warning,) = warnings(with_column(3, lambda number, row: 4711.5))
    assert "4711" not in warning


def test_rows_that_also_stand_in_train_are_told_with_their_share() -> None:
    train, other = table(100, 1), table(60, 2)
    data = store(train=csv(train), validation=csv(other + train[:20]), test=csv(train[50:]))
    validation, test = warnings(data)
    assert "Channels.validation" in validation
    assert "25% of its rows also stand in train (20 of the 80 that were looked at)" in validation
    assert "retune split" in validation
    assert "100% of its rows" in test


def test_records_of_train_in_another_channel_are_told_too() -> None:
    rows = [[*map(float, row)] for row in (*table(60, 1), *table(20, 2))]
    train = write_rows([row[1:] for row in rows[:60]], [row[0] for row in rows[:60]])
    mixed = write_rows([row[1:] for row in rows[40:]], [row[0] for row in rows[40:]])
    document = {"ContentType": "application/x-recordio-protobuf"}
    (warning,) = warnings(store(train=train, validation=mixed), document)
    assert "50% of its rows also stand in train (20 of the 40 that were looked at)" in warning


def test_share_of_a_sample_is_the_least() -> None:
    train = table(50_000, 1)
    (warning,) = warnings(store(train=csv(train), validation=csv(train[:40])))
    assert ": At least 100% of its rows" in warning


def test_rows_of_few_values_meet_by_chance() -> None:
    chance = Random(1)
    few = [[str(chance.randrange(2)) for _ in range(5)] for _ in range(200)]
    assert not any(
        "also stand" in each for each in warnings(store(train=csv(few), validation=csv(few)))
    )


def test_all_data_that_the_winner_is_trained_on_again_may_hold_validation() -> None:
    train, validation = csv(table(60, 1)), csv(table(60, 2))
    data = store(train=train, validation=validation)
    data.objects["s3://my-bucket/all/rows.csv"] = train + validation
    document = {"Retrain": {"Channels": {"train": "s3://my-bucket/all/"}}}
    assert warnings(data, document) == []


def test_column_that_lies_elsewhere_than_in_train_is_told() -> None:
    moved = [[row[0], row[2], row[1], f"{float(row[3]) * 100:.2f}", row[4]] for row in table(60, 2)]
    (warning,) = warnings(store(train=csv(table(60, 1)), validation=csv(moved)))
    assert "Channels.validation" in warning
    assert "Column 4 has values that mostly lie outside of those in train" in warning


def ranked(*groups: str) -> list[str]:
    rows = "".join(f"{number % 2}{group} 0:{number} 1:1\n" for number, group in enumerate(groups))
    data = store(train=rows.encode(), validation=b"1 qid:1 0:1 1:2\n0 qid:1 0:2 1:1\n")
    return warnings(data, RANKING)


def test_groups_of_a_ranking() -> None:
    assert ranked(" qid:1", " qid:1", " qid:2", " qid:2") == []
    assert "No row has a qid" in ranked("", "", "")[0]
    assert "Some rows have a qid and others have none" in ranked(" qid:1", "", " qid:2")[0]
    assert "do not stand together" in ranked(" qid:1", " qid:2", " qid:1")[0]
    in_csv = {**RANKING, "ContentType": "text/csv"}
    assert "No row has a qid" in warnings(store(), in_csv)[0]
