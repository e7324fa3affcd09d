"""Faults in libsvm, Parquet and recordio-protobuf, which training would find, or never mention."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from local_sagemaker.containers.errors import UserError
from local_sagemaker.containers.recordio import write_rows
from local_sagemaker.containers.xgboost.training_data import read_matrix
from tuning.data.parquet_label import read_label_range

from tests.tuning.channel_store import ChannelStore, store
from tests.tuning.plans import make_plan, refusal_of

ROWS = b"1 0:0.5 1:3\n0 0:0.25 1:4\n"
LIBSVM = {"ContentType": "text/libsvm"}
PARQUET = {"ContentType": "application/x-parquet"}
RECORDIO = {"ContentType": "application/x-recordio-protobuf"}


def of_format(train: bytes, validation: bytes | None = None) -> ChannelStore:
    return store(train=train, validation=train if validation is None else validation)


class TestLibsvm:
    @pytest.mark.parametrize(
        ("rows", "words"),
        [
            (b"# made by dump_svmlight_file\n" + ROWS, "Line 1 has a comment"),
            (b"1 0:0.5 1:3 \n0 0:1 1:2\n", "Line 1 has a tab, or a space that divides nothing"),
            (b"1 0:0.5\t1:3\n0 0:1 1:2\n", "Line 1 has a tab"),
            (b"1 0:0.5 1:3\n0 0:1 x\n", "Line 2 has a feature that is no index:value"),
            (b"1 0:0.5 1:x\n0 0:1 1:2\n", "Line 1 has a feature that is no index:value"),
            (b"1 0:1 qid:1\n0 0:1 1:1\n", "Line 1 has a feature that is no index:value"),
            (b"1 0:1\n\n0 0:1 1:1\n", "Line 2 is empty"),
            (b"1 0:1 1:1\n0 -1:1\n", "Line 2 has a feature that is no index:value"),
            (b"1 0:1 1:1\n0 4000000000:1\n", "whose index is above 1,000,000,000"),
            (b"1 0:1 1:1\n-1 0:1 1:3\n", "Line 2 has a label that the objective does not take"),
            (b"1 0:1 1:1\nx 0:1 1:3\n", "Line 2 has no number for its label"),
            (b"1 0:1 1:1\n1 0:1 1:3\n", "Every row has the same label"),
            (b"1 0:1 1:1\n0 0:1 # at 8:15\n", "Line 2 has a comment"),
            (b"1 0:1 1:1\n0:x 0:1 1:3\n", "Line 2 has a weight after its label that is no"),
        ],
    )
    def test_row_is_refused_by_its_line(self, rows: bytes, words: str) -> None:
        text = refusal_of(LIBSVM, of_format(rows))
        assert words in text

    @pytest.mark.parametrize(
        "rows",
        [
            ROWS,
            b"1:0.5 0:1\n0:2 0:1 1:3\n",
            b"1\n0 0:1 1:3\n",
            b"1 0:1 1:1\n0 0:1 1:3 \n",
            b"1 0:1 1:1\n0 0:1 # of Monday\n",
        ],
        ids=["plain", "weights", "no feature", "space behind a later row", "comment behind a row"],
    )
    def test_row_that_training_takes_is_planned(self, rows: bytes, tmp_path: Path) -> None:
        file = tmp_path / "rows"
        file.write_bytes(rows)
        assert read_matrix([file], "libsvm", csv_weights=False).num_row() == 2
        assert make_plan(LIBSVM, data=of_format(rows))

    @pytest.mark.parametrize(
        "rows", [b"# by hand\n" + ROWS, b"1 0:1 # x\n", b"1 0:1 1:1 \n", b"1 0:1\t1:1\n"]
    )
    def test_refused_row_is_one_that_training_refuses(self, rows: bytes, tmp_path: Path) -> None:
        file = tmp_path / "rows"
        file.write_bytes(rows)
        with pytest.raises(UserError):
            read_matrix([file], "libsvm", csv_weights=False)
        assert refusal_of(LIBSVM, of_format(rows))

    def test_channel_that_is_wider_than_train_is_refused(self) -> None:
        text = refusal_of(LIBSVM, of_format(ROWS, b"1 0:1 5:1\n0 0:2\n"))
        assert "Channels.validation" in text
        assert "a feature of index 5, and train has none above 1" in text
        assert make_plan(LIBSVM, data=of_format(b"1 0:1 5:1\n0 0:2\n", ROWS))

    def test_where_train_was_read_in_part_it_is_a_warning(self) -> None:
        data = of_format(ROWS * 20_000, b"1 0:1 5:1\n0 0:2\n")
        assert any("by a sample" in warning for warning in make_plan(LIBSVM, data=data).warnings)

    def test_row_longer_than_the_part_that_is_read_is_a_warning(self) -> None:
        row = b" ".join(b"%d:1" % index for index in range(40_000))
        data = of_format(b"1 " + row + b"\n0 " + row + b"\n", ROWS)
        warnings = make_plan(LIBSVM, data=data).warnings
        assert any("none was looked at" in warning for warning in warnings)


def parquet(folder: Path, columns: str) -> bytes:
    target = folder / "rows.parquet"
    with duckdb.connect() as database:
        query = f"SELECT {columns} FROM range(50) t(i)"
        database.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet)")
    return target.read_bytes()


class TestParquet:
    def warnings(self, data: ChannelStore) -> list[str]:
        common = "Of Parquet the columns and the range"
        return [each for each in make_plan(PARQUET, data=data).warnings if common not in each]

    @pytest.mark.parametrize(
        ("columns", "words"),
        [
            ("i % 2 AS y, i::VARCHAR AS how", "Column 2 holds text"),
            ("i % 2 AS y, 0.5 AS x, DATE '2026-01-01' AS day", "Column 3 holds dates or times"),
            ("i % 2 AS y, now() AS at", "Column 2 holds dates or times"),
            ("i % 2 AS y, [1, 2] AS list, 3 AS x", "Column 2 holds lists or structs"),
        ],
    )
    def test_column_that_holds_no_numbers_is_refused(
        self, columns: str, words: str, tmp_path: Path
    ) -> None:
        assert words in refusal_of(PARQUET, of_format(parquet(tmp_path, columns)))

    @pytest.mark.parametrize(
        ("label", "words"),
        [
            ("i", "Column 1 has a label that the objective does not take"),
            ("(i % 2 - 1)::TINYINT", "Column 1 has a label that the objective does not take"),
            ("i / 50", "Column 1 has a label that the objective does not take"),
            ("CASE WHEN i > 2 THEN i % 2 END", "the label, is missing in 3 rows"),
        ],
    )
    def test_label_that_the_objective_does_not_take_is_refused(
        self, label: str, words: str, tmp_path: Path
    ) -> None:
        text = refusal_of(PARQUET, of_format(parquet(tmp_path, f"{label} AS y, i AS x")))
        assert words in text

    @pytest.mark.parametrize(
        "kind", ["INT", "UTINYINT", "DECIMAL(9, 2)", "DOUBLE", "FLOAT", "BOOL"]
    )
    def test_labels_of_every_type_are_planned(self, kind: str, tmp_path: Path) -> None:
        rows = parquet(tmp_path, f"(i % 2)::{kind} AS y, i AS x")
        assert make_plan(PARQUET, data=of_format(rows))

    def test_damaged_file_is_planned_or_refused(self, tmp_path: Path) -> None:
        whole = parquet(tmp_path, "i % 2 AS y, i AS x")
        footer = int.from_bytes(whole[-8:-4], "little")
        for position in range(len(whole) - footer - 8, len(whole)):
            for value in (0, 0x1C, 0xFC, 255):
                read_label_range(whole[:position] + bytes([value]) + whole[position + 1 :])

    def test_numbers_of_every_kind_are_planned(self, tmp_path: Path) -> None:
        kinds = "i % 2 AS y, i::DOUBLE AS d, i > 3 AS b, i::DECIMAL(9) AS m, i::UTINYINT AS u"
        assert not any(
            "Column" in each for each in self.warnings(of_format(parquet(tmp_path, kinds)))
        )

    def test_other_order_in_another_channel_is_refused(self, tmp_path: Path) -> None:
        train = parquet(tmp_path, "i % 2 AS y, i AS age, 0.5 AS income")
        other = parquet(tmp_path, "i % 2 AS y, 0.5 AS income, i AS age")
        text = refusal_of(PARQUET, of_format(train, other))
        assert "in another order than those of s3://data-bucket/data/train" in text
        assert "from column 2 on" in text
        wider = parquet(tmp_path, "i % 2 AS y, i AS age")
        assert "It has 2 columns" in refusal_of(PARQUET, of_format(train, wider))

    def test_label_elsewhere_and_index_of_pandas_are_warnings(self, tmp_path: Path) -> None:
        rows = parquet(tmp_path, 'i % 2 AS kind, i AS label, i AS "__index_level_0__"')
        last, index = self.warnings(of_format(rows))[-2:]
        assert "column 2 is called one" in last
        assert "Column 3 is the index of pandas" in index

    def test_it_is_said_that_values_are_not_looked_at(self, tmp_path: Path) -> None:
        data = of_format(parquet(tmp_path, "i % 2 AS y, i AS x"))
        assert any("and no values" in each for each in make_plan(PARQUET, data=data).warnings)

    def test_file_that_is_cut_off_is_refused(self, tmp_path: Path) -> None:
        rows = parquet(tmp_path, "i % 2 AS y, i AS x")
        assert "It does not end as Parquet does" in refusal_of(PARQUET, of_format(rows[:-9]))
        text = refusal_of(PARQUET, of_format(b"1,2\n0,3\n"))
        assert "It is CSV, not application/x-parquet. Set ContentType to text/csv." in text


class TestRecordio:
    @pytest.mark.parametrize(
        ("train", "validation", "words"),
        [
            (write_rows([[1, 2]], [-1]), None, "Record 1 has a label that the objective"),
            (write_rows([[1, 2]]), None, 'Record 1 has no label named "values".'),
            (write_rows([[1, 2], [2, 3]], [1, 0])[:-4], None, "cut off"),
            (write_rows([[1, 2], [1, 2]], [1, 1]), None, "Every row has the same label"),
            (
                write_rows([[1, 2], [2, 3]], [1, 0]),
                write_rows([[1], [2]], [1, 0]),
                "have 1 features, those of s3://data-bucket/data/train/train.csv have 2",
            ),
        ],
    )
    def test_record_is_refused_by_its_number(
        self, train: bytes, validation: bytes | None, words: str
    ) -> None:
        assert words in refusal_of(RECORDIO, of_format(train, validation))

    def test_records_are_planned(self) -> None:
        rows: Any = [[1, 2], [2, 3]] * 9_000
        assert make_plan(RECORDIO, data=of_format(write_rows(rows, [1, 0] * 9_000)))
