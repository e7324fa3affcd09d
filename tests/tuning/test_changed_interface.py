"""A model that takes other columns than what serves would break its clients in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from local_sagemaker.containers.recordio import Record, Tensor, write_records, write_rows
from tuning.data.data_format import DataFormat
from tuning.data.feature_columns import FeatureColumns, feature_columns
from tuning.data.parquet_columns import parquet_columns
from tuning.data.s3_location import S3Location
from tuning.endpoint.next_step import Endpoint
from tuning.errors import InvalidInput
from tuning.planning.changed_interface import compare_with_served
from tuning.variables.interface import Interface
from tuning.variables.plan import Plan

from tests.tuning.channel_store import ChannelStore, store
from tests.tuning.plans import make_plan
from tests.tuning.test_custom_image import DOCUMENT as FOREST

SERVES = Endpoint("InService", "champion")
TREES = Interface(
    content_type="text/csv",
    feature_columns=2,
    algorithms=("xgboost",),
    answers=("BinaryClassification",),
)


def compared(
    served: Interface | None = TREES,
    document: dict[str, Any] | None = None,
    data: ChannelStore | None = None,
) -> Plan:
    """The plan of a run at an endpoint that serves so."""
    return compare_with_served(make_plan(document, data=data), SERVES, lambda config: served)


def wide() -> ChannelStore:
    return store(**dict.fromkeys(("train", "validation"), b"1,0.5,3,7\n0,0.25,4,8\n"))


def test_what_serves_may_be_replaced_by_what_takes_the_same() -> None:
    plan = compared()
    assert plan.interface == TREES
    assert (plan.warnings[1:], plan.interface_changes) == ((), ())


def test_another_number_of_columns_is_refused_with_what_to_do() -> None:
    with pytest.raises(InvalidInput) as refused:
        compared(data=wide())
    assert str(refused.value) == (
        "Channels = '3 feature columns': The endpoint retune serves 2 of them: its clients would "
        "get errors or wrong answers. Make it as before, deploy to another Endpoint.EndpointName, "
        "or set Endpoint.InterfaceMayChange to true when the clients are ready."
    )


LINEAR = {"Algorithm": "linear-learner"}
SOFTMAX = {
    "StaticHyperParameters": {"objective": "multi:softmax", "num_class": "2", "num_round": "5"},
    "HyperParameterTuningJobObjective": {"MetricName": "validation:merror"},
}
CHANGES: dict[str, tuple[Interface, dict[str, Any], str]] = {
    "algorithm": (
        TREES,
        LINEAR,
        "Algorithm = 'linear-learner': The endpoint retune serves xgboost",
    ),
    "answers": (
        TREES,
        SOFTMAX,
        "StaticHyperParameters = 'MulticlassClassification of 2 classes without probabilities'",
    ),
    "content type": (
        TREES.model_copy(update={"content_type": "text/libsvm"}),
        {},
        "ContentType = 'text/csv': The endpoint retune serves text/libsvm",
    ),
}


@pytest.mark.parametrize(("served", "document", "words"), CHANGES.values(), ids=CHANGES.keys())
def test_whatever_clients_would_notice_is_refused(
    served: Interface, document: dict[str, Any], words: str
) -> None:
    with pytest.raises(InvalidInput, match=words):
        compared(served, document)


def test_a_change_that_the_input_allows_is_told_and_stands_before_who_approves_it() -> None:
    plan = compared(document={"Endpoint": {"InterfaceMayChange": True}}, data=wide())
    (change,) = plan.interface_changes
    assert change.startswith("Channels = '3 feature columns': The endpoint retune serves 2")
    assert change in plan.warnings


def test_a_dry_run_may_try_what_it_likes_and_is_told() -> None:
    plan = compared(document={"DryRun": True, **LINEAR})
    assert any("Algorithm = 'linear-learner'" in warning for warning in plan.warnings)
    assert plan.interface_changes == ()


def test_what_nobody_recorded_is_not_refused_and_that_is_said() -> None:
    (*_, warning) = compared(None, data=wide()).warnings
    assert warning.startswith("It is not recorded what champion takes, which serves at retune:")


def test_first_model_has_nothing_to_differ_from() -> None:
    plan = make_plan()
    assert compare_with_served(plan, None, lambda config: TREES) is plan


KINDS = [
    {"DefinitionName": "trees"},
    {
        "DefinitionName": "linear",
        **LINEAR,
        "HyperParameterRanges": {"wd": {"MinValue": "0.1", "MaxValue": "1"}},
    },
]


def test_of_several_definitions_those_may_win_that_might_have_won_before() -> None:
    both = compared(
        document={"TrainingJobDefinitions": KINDS, "Endpoint": {"InterfaceMayChange": True}}
    )
    assert both.interface is not None
    assert both.interface.algorithms == ("xgboost", "linear-learner")
    assert compared(both.interface).interface == TREES


def test_what_an_image_makes_of_its_columns_is_its_own_affair() -> None:
    made = make_plan(FOREST).interface
    assert made == Interface(content_type="text/csv", algorithms=("forest",))


def parquet(folder: Path, query: str) -> bytes:
    file = folder / "rows.parquet"
    duckdb.sql(f"COPY ({query}) TO '{file}' (FORMAT parquet)")
    return file.read_bytes()


class TestParquet:
    """Its columns have names, which requests in CSV do not have: the order counts."""

    def of(self, *names: str) -> Interface:
        changes = {"column_names": names, "feature_columns": len(names)}
        return TREES.model_copy(update=changes)

    def compared(self, folder: Path, served: Interface) -> Plan:
        rows = parquet(folder, "SELECT 1 AS bought, 40 AS age, 0.5 AS income FROM range(50)")
        data = store(train=rows, validation=rows)
        return compared(served, {"ContentType": "application/x-parquet"}, data)

    def test_the_same_columns_pass(self, tmp_path: Path) -> None:
        plan = self.compared(tmp_path, self.of("age", "income"))
        assert plan.interface == self.of("age", "income")

    def test_columns_in_another_order_are_refused_with_their_names(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidInput, match=r"the columns age, income.* serves income, age in"):
            self.compared(tmp_path, self.of("income", "age"))

    def test_columns_of_many_types_and_nulls_are_read(self, tmp_path: Path) -> None:
        query = (
            "SELECT i AS label, i::DOUBLE AS d, i::VARCHAR AS s, i > 3 AS b, i::DECIMAL(9) AS m, "
            "DATE '2026-01-01' AS day, now() AS at, NULL::INT AS none FROM range(99) t(i)"
        )
        names = ("label", "d", "s", "b", "m", "day", "at", "none")
        assert parquet_columns(parquet(tmp_path, query)) == names

    @pytest.mark.parametrize("query", ["SELECT [1, 2] AS list", "SELECT {'a': 1} AS struct"])
    def test_columns_in_columns_are_no_table(self, tmp_path: Path, query: str) -> None:
        assert parquet_columns(parquet(tmp_path, query)) is None

    def test_what_is_cut_off_or_damaged_is_not_known(self, tmp_path: Path) -> None:
        whole = parquet(tmp_path, "SELECT 1 AS label, 2 AS age")
        footer = int.from_bytes(whole[-8:-4], "little")
        assert parquet_columns(whole[-footer:]) is None
        for position in range(len(whole) - footer - 8, len(whole)):
            for value in (0, 0x1C, 0xFC, 255):
                parquet_columns(whole[:position] + bytes([value]) + whole[position + 1 :])


def sparse(size: int | None = None) -> bytes:
    features = Tensor(np.array([0.5]), np.array([3]), size)
    return write_records([Record({"values": features}, {"values": Tensor(np.array([1.0]))})])


PLACE = S3Location.of("s3://bucket/rows")
FORMATS = {
    "CSV with weights": (DataFormat.CSV, b"1,0.5,3,4\n", True, 2),
    "a line that does not end": (DataFormat.CSV, b"1," * 200_000, False, None),
    "libsvm leaves features out": (DataFormat.LIBSVM, b"1 1:0.5\n", False, None),
    "records": (DataFormat.RECORDIO, write_rows([[1.0, 2.0, 3.0]], [1]), False, 3),
    "sparse records": (DataFormat.RECORDIO, sparse(size=9), False, 9),
    "sparse records without a shape": (DataFormat.RECORDIO, sparse(), False, None),
    "no records": (DataFormat.RECORDIO, b"1,2\n", False, None),
}


@pytest.mark.parametrize(
    ("data_format", "rows", "weighted", "count"), FORMATS.values(), ids=FORMATS.keys()
)
def test_number_of_features_is_told_where_it_can_be(
    data_format: DataFormat, rows: bytes, weighted: bool, count: int | None
) -> None:
    data = ChannelStore({str(PLACE): rows})
    assert feature_columns(PLACE, data_format, data, weighted=weighted) == FeatureColumns(count)
