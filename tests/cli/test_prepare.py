"""`retune prepare`: a table as people have it becomes channels, whole or not at all."""

from __future__ import annotations

import csv
import gzip
import json
import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from preparation.description import Description
from preparation.encoder import Encoder
from sklearn import datasets

Run = Callable[..., Any]
Row = dict[str, Any]

CHANNELS = ("train", "validation", "test")
SECRET = "4711x"
JOBS = ("chef", "clerk", "nurse")


def visits(rows: int = 600) -> list[Row]:
    """A table with everything that people's tables have; `age` and `job` tell of the label."""
    source = random.Random(5)
    found = []
    for number in range(rows):
        age, job = source.randrange(18, 80), source.choice(JOBS)
        likely = 0.8 if age > 50 or job == "nurse" else 0.2
        found.append(
            {
                "id": f"v{number}",
                "age": age if source.random() > 0.1 else "NA",
                "job": job,
                "town": f"town {min(source.randrange(60), source.randrange(60))}",
                "member": source.choice(["yes", "no"]),
                "day": f"2024-{number * 12 // rows + 1:02}-{source.randrange(1, 29):02}",
                "price": f"{source.random():.3f}".replace(".", ",") if number % 9 else "",
                "country": "DE",
                "note": "",
                "bought": "yes" if source.random() < likely else "no",
            }
        )
    return found


def write(path: Path, rows: Iterable[Row], delimiter: str = ",") -> None:
    rows = list(rows)
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [*rows[0]], delimiter=delimiter)
        table.writeheader()
        table.writerows(rows)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a table in it."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "visits.csv", visits())
    return tmp_path


def described(folder: Path) -> Description:
    return Description.from_json((folder / "retune.preparation.json").read_text("utf-8"))


def channel(folder: Path, name: str) -> list[list[str]]:
    text = "".join(path.read_text() for path in sorted((folder / name).iterdir()))
    return [*csv.reader(text.splitlines())]


def prepare(retune: Run, *arguments: str) -> Any:
    ended = retune("prepare", *arguments)
    assert ended.exit_code == 0, ended.output
    return ended


def refused(retune: Run, *arguments: str) -> str:
    ended = retune("prepare", *arguments)
    assert ended.exit_code == 2, ended.output
    assert SECRET not in ended.output
    return " ".join(ended.stderr.split())


def test_a_table_becomes_channels_a_description_an_encoder_and_an_input(
    retune: Run, place: Path
) -> None:
    ended = prepare(retune, "visits.csv", "out", "--label", "bought")
    made = described(place / "out")
    assert [(column.name, column.encoding) for column in made.columns] == [
        ("age", "number"), ("job", "one-hot"), ("town", "ranked"), ("member", "boolean"),
        ("day", "date"), ("price", "number"),
    ]  # fmt: skip
    assert {dropped.name: dropped.reason for dropped in made.dropped} == {
        "id": "it is another text in every row",
        "country": "it has one value in train",
        "note": "it is empty in train",
    }
    assert sum(made.rows.values()) == 600
    for name in CHANNELS:
        rows = channel(place / "out", name)
        assert len(rows) == made.rows[name]
        assert {len(row) for row in rows} == {1 + len(made.features)}
        assert {row[0] for row in rows} == {"0", "1"}
        assert "nan" in {row[-1] for row in rows}  # of which an empty cell would end the line
    document = json.loads(ended.stdout)
    assert document["Channels"]["train"] == "s3://BUCKET/prepared/out/train/"
    assert document["StaticHyperParameters"]["objective"] == "binary:logistic"
    checked = retune("check", "-", stdin=ended.stdout.replace("BUCKET", "my-bucket"))
    assert "ParameterRanges" not in checked.stderr
    assert max(map(len, ended.stderr.splitlines())) <= 100
    assert "aws s3 cp --recursive out s3://BUCKET/prepared/out/" in ended.stderr
    assert sorted(path.name for path in place.iterdir()) == ["out", "visits.csv"]


def require_same_encoding(folder: Path, rows: Iterable[Row], label: str) -> None:
    """The encoder makes of raw rows what the channels have, cell by cell."""
    encoder = Encoder(json.loads((folder / "retune.preparation.json").read_text("utf-8")))
    encoded = (encoder.encode({n: str(v) for n, v in row.items()}) for row in rows if row[label])
    made = (row for name in CHANNELS for row in channel(folder, name))
    read = ([None if c in ("", "nan") else float(c) for c in row[1:]] for row in made)
    assert sorted(map(str, read)) == sorted(map(str, encoded))


def test_the_encoder_encodes_the_raw_rows_as_the_channels_have_them(
    retune: Run, place: Path
) -> None:
    prepare(retune, "visits.csv", "out", "--label", "bought")
    require_same_encoding(place / "out", visits(), "bought")


@pytest.mark.parametrize(
    ("name", "task"),
    [
        ("iris", "multiclass"), ("wine", "multiclass"), ("breast_cancer", "binary"),
        ("diabetes", "regression"),
    ],
)  # fmt: skip
def test_tables_of_other_people_are_prepared(
    retune: Run, place: Path, name: str, task: str
) -> None:
    """More of them go all the way to predictions: python -m tests.public_tables."""
    given = getattr(datasets, f"load_{name}")()
    classes = list(given.get("target_names", []))
    rows: list[Row] = [
        {**dict(zip(given.feature_names, map(float, features), strict=True)),
         "label": classes[int(target)] if classes else float(target)}
        for features, target in zip(given.data, given.target, strict=True)
    ]  # fmt: skip
    write(place / "t.csv", rows)
    prepare(retune, "t.csv", "out", "--label", "label")
    assert described(place / "out").label.task == task
    assert described(place / "out").features == list(given.feature_names)
    require_same_encoding(place / "out", rows, "label")


def test_whatever_the_files_are_the_channels_are_the_same(retune: Run, place: Path) -> None:
    """Two files, one compressed, with other separators and columns in another order; Parquet."""
    rows = visits()
    (place / "in").mkdir()
    write(place / "in/a.csv", rows[:250], ";")
    write(place / "in/b.tsv", ({n: row[n] for n in reversed(row)} for row in rows[250:]), "\t")
    (place / "in/b.tsv.gz").write_bytes(gzip.compress((place / "in/b.tsv").read_bytes()))
    (place / "in/b.tsv").unlink()
    rows_of_csv = "SELECT * FROM read_csv('visits.csv', all_varchar=true)"
    duckdb.execute(f"COPY ({rows_of_csv}) TO 'v.parquet'")
    for source in ("visits.csv", "in", "v.parquet"):
        prepare(retune, source, f"{source}.out", "--label", "bought")
    for name in CHANNELS:
        one = sorted(channel(place / "visits.csv.out", name))
        assert sorted(channel(place / "in.out", name)) == one
        assert sorted(channel(place / "v.parquet.out", name)) == one


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\r\n+\n"])
def test_text_is_read_however_it_is_encoded_and_its_lines_end(
    retune: Run, place: Path, ends: str
) -> None:
    one, other = ends.split("+") if "+" in ends else (ends, ends)
    rows = [f"{'ja' if n % 3 else 'nein'},{'Köln' if n % 2 else 'Bonn'}, {n}.5" for n in range(400)]
    text = one.join(["Kündigt,Ort,Alter", *rows[:9], ""]) + other.join([*rows[9:], ""])
    for encoding in ("utf-8-sig", "latin-1"):
        (place / "t.csv").write_bytes(text.encode(encoding))
        ended = prepare(retune, "t.csv", encoding, "--label", "Kündigt")
        assert described(place / encoding).features == ["Ort=Bonn", "Ort=Köln", "Alter"]
        assert sum(described(place / encoding).rows.values()) == 400
        assert ("was read as Latin-1" in ended.stderr) == (encoding == "latin-1")


def test_what_is_learned_is_learned_of_train_alone(retune: Run, place: Path) -> None:
    """Rows whose towns and ages are found nowhere else are all test: nothing of them is known."""
    newest = [
        {**row, "day": f"2025-01-{number % 28 + 1:02}", "town": "elsewhere", "age": 200}
        for number, row in enumerate(visits(150))
    ]
    write(place / "visits.csv", [*visits(), *newest])
    ended = prepare(retune, "visits.csv", "out", "--label", "bought", "--time", "day")
    assert "elsewhere" not in (place / "out/retune.preparation.json").read_text()
    assert described(place / "out").rows["test"] == 150
    assert "Columns 'age', 'town': the values in test lie elsewhere" in ended.stderr
    train, test = (channel(place / "out", name) for name in ("train", "test"))
    year = described(place / "out").features.index("day.year") + 1
    assert {row[year] for row in train} == {"2024"}
    assert {row[year] for row in test} == {"2025"}


def test_rows_of_a_group_are_in_one_channel_and_it_is_no_feature(retune: Run, place: Path) -> None:
    prepare(retune, "visits.csv", "out", "--label", "bought", "--group", "town", "--drop", "id")
    made = described(place / "out")
    assert ("town", "rows are grouped by it") in [(d.name, d.reason) for d in made.dropped]
    assert made.split.by == "group"


def test_equal_rows_stay_together_whatever_is_dropped(retune: Run, place: Path) -> None:
    twice = [{**row, "id": f"{row['id']}{copy}"} for row in visits(200) for copy in "ab"]
    write(place / "visits.csv", twice)
    prepare(retune, "visits.csv", "out", "--label", "bought", "--drop", "id")
    for name in CHANNELS:
        rows = channel(place / "out", name)
        assert all(rows.count(row) > 1 for row in rows)


def test_a_column_that_tells_the_label_is_warned_of(retune: Run, place: Path) -> None:
    source = random.Random(1)
    leak = [
        {**row, "invoice": source.randrange(100, 200) if row["bought"] == "yes" else ""}
        for row in visits()
    ]
    write(place / "visits.csv", leak)
    ended = prepare(retune, "visits.csv", "out", "--label", "bought")
    assert "Column 'invoice' alone tells the label nearly, or entirely (AUC 1.000" in ended.stderr
    assert ended.stderr.count("alone tells") == 1


def test_a_file_whose_column_means_something_else_is_warned_of(retune: Run, place: Path) -> None:
    (place / "in").mkdir()
    rows = visits()
    write(place / "in/a.csv", rows[:300])
    dearer = ({**row, "price": row["price"].replace("0,", "1,")} for row in rows[300:])
    write(place / "in/b.csv", dearer)
    ended = prepare(retune, "in", "out", "--label", "bought", "--drop", "day")
    assert "Column 'price': the values in in/b.csv lie elsewhere" in ended.stderr
    assert "'age'" not in ended.stderr


@pytest.mark.parametrize(
    ("label", "options", "objective", "classes"),
    [
        ("job", (), "multi:softprob", ("chef", "clerk", "nurse")),
        ("age", (), "reg:squarederror", None),
        ("member", ("--positive", "no"), "binary:logistic", ("yes", "no")),
    ],
)
def test_the_label_makes_the_task(
    retune: Run,
    place: Path,
    label: str,
    options: tuple[str, ...],
    objective: str,
    classes: tuple[str, ...] | None,
) -> None:
    ended = prepare(retune, "visits.csv", "out", "--label", label, *options)
    assert json.loads(ended.stdout)["StaticHyperParameters"]["objective"] == objective
    assert described(place / "out").label.classes == classes
    assert ("rows without a label in 'age' are left out" in ended.stderr) == (label == "age")


HEADER = "y,a,b\n"
GOOD = HEADER + "".join(f"{n % 2},{n},{n * n % 7}\n" for n in range(40))
DATES = "y,a\n" + "1,1/2/2024\n0,2/1/2024\n" * 9
REFUSED = [
    ("\n", "", "t.csv is empty"),
    (HEADER, "", "t.csv has no row below its header"),
    (GOOD, "--label z", "--label 'z': t.csv has no such column. It has 'y', 'a', 'b'"),
    ("5,6,7\n" + GOOD[6:], "", "If its first line is a row, write a header above it"),
    ("y,a,a\n1,2,3\n", "", "t.csv has more than one column 'a'"),
    (GOOD + "1,4711x\n", "", "t.csv, line 42, has 2 columns, and the header 3"),
    (GOOD + '1,"4711x,1\n', "", "t.csv, line 42, has a quote that nobody closes"),
    (GOOD + "1,4711x,3\n", "", "Column 'a' has numbers in 97.56% of its cells"),
    (DATES, "", "Say --date a=DMY or --date a=MDY"),
    (DATES.replace("/2/", "th Feb "), "", "Column 'a' looks like dates"),
    (GOOD, "--date a=DMY", "100.00% of its cells are no dates"),
    (GOOD, "--date a=D", "say COLUMN=ORDER, with YMD, DMY, MDY"),
    (GOOD, "--task guess", "--task 'guess': it is binary, multiclass or regression"),
    (GOOD, "--task regression --label a --validation 0", "tuning judges by these rows"),
    (GOOD, "--group a --time b", "rows are split by one of them"),
    (GOOD, "--positive 2", "--positive '2' is no value of the label. It has '0' and '1'"),
    (GOOD.replace(",1\n", ",\n"), "--group b", "rows have no value in it"),
    ("y,a\n" + "".join(f"{n % 2},x{n}\n" for n in range(40)), "", "No column is left to learn"),
    (HEADER + "1,2,3\n" * 40, "", "has one value in all rows"),
    (GOOD + "2,2,9\n", "--task multiclass", "train has no row of '2', so that no model learns it"),
    ("y,a\n" + "".join(f"n{n},1\n" for n in range(200)), "", "which are no classes"),
    ("PK\x03\x04", "", "t.csv is a ZIP file or a workbook"),
    ("PAR1" + SECRET, "", "t.csv cannot be read as Parquet"),
    ('"y\n' + SECRET * 99_999, "", "t.csv has a name of more than 131,072 characters"),
    ("," * 999_998 + "\n", "", "t.csv has 999,999 columns, more than 2,000"),
]


@pytest.mark.parametrize(("content", "options", "rule"), REFUSED, ids=[r[2] for r in REFUSED])
def test_what_cannot_be_prepared_is_refused_and_leaves_nothing(
    retune: Run, place: Path, content: str, options: str, rule: str
) -> None:
    (place / "visits.csv").unlink()
    (place / "t.csv").write_text(content)
    assert rule in refused(retune, "t.csv", "out", "--label", "y", *options.split())
    assert [path.name for path in place.iterdir()] == ["t.csv"]


def test_files_of_other_columns_are_no_table(retune: Run, place: Path) -> None:
    (place / "in").mkdir()
    write(place / "in/a.csv", visits(10))
    write(place / "in/b.csv", ({**row, "more": 1} for row in visits(10)))
    assert "Column 'more' of in/b.csv is not in in/a.csv." in refused(
        retune, "in", "out", "--label", "bought"
    )


def test_what_is_no_gzip_in_the_end_is_refused(retune: Run, place: Path) -> None:
    packed = gzip.compress((place / "visits.csv").read_bytes())
    for damaged in (packed[:-9], packed[:2], packed[:10] + b"\xff" * 99, packed[:-8] + bytes(8)):
        (place / "t.csv").write_bytes(damaged)
        assert "t.csv begins as gzip does and cannot be unpacked" in refused(
            retune, "t.csv", "out", "--label", "bought"
        )


@pytest.mark.parametrize(
    "name", ["t*", "t[12]", "t?", "t'1", 't"1', "t\\1", "bought=x/t", "f0=7/t"]
)
@pytest.mark.parametrize("end", ["csv", "parquet"])
def test_a_name_of_a_file_is_no_pattern_column_or_sql(
    retune: Run, place: Path, name: str, end: str
) -> None:
    """DuckDB reads every file that a pattern fits, and makes columns of folders called a=b."""
    duckdb.execute("COPY (SELECT * FROM read_csv('visits.csv', all_varchar=true)) TO 'v.parquet'")
    for other in ("t1", "t2", "tt"):
        (place / f"{other}.{end}").write_text("bought,age\n" + "no,1\n" * 600)
    table = place / f"{name}.{end}"
    table.parent.mkdir(exist_ok=True)
    table.write_bytes((place / ("visits.csv" if end == "csv" else "v.parquet")).read_bytes())
    for given in (f"{name}.{end}", "visits.csv"):
        prepare(retune, given, f"{given}.out", "--label", "bought")
    for each in CHANNELS:
        assert channel(place / f"{name}.{end}.out", each) == channel(place / "visits.csv.out", each)


def test_many_columns_take_no_join_each(
    retune: Run, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As DuckDB would make of the texts that mean a missing cell, until it has no memory left."""
    monkeypatch.setattr("preparation.engine.database.MEMORY_MB", 100)
    header = ",".join(["y", *(f"n{n}" for n in range(120))])
    rows = (",".join(str((n + 1) * row % 13) for n in range(121)) for row in range(60))
    (place / "wide.csv").write_text("\n".join([header, *rows]))
    prepare(retune, "wide.csv", "out", "--label", "y", "--task", "regression")
    assert len(described(place / "out").columns) > 100
