"""A candidate must be worse for no group of rows that the input names."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tuning.data.data_format import DataFormat
from tuning.errors import EvaluationFailed
from tuning.evaluation import bootstrap, slices
from tuning.evaluation.bootstrap import Improvement
from tuning.evaluation.row_columns import RowColumns

from tests.evaluation.store import Store, scored_channel
from tests.evaluation.verdicts import plan, verdict

ROWS = 1000
REGION = {"Column": 2, "Name": "region"}
random = np.random.default_rng(4)
REGIONS = random.choice([1.0, 2.0, 3.0, 7.5], ROWS, p=[0.6, 0.29, 0.1, 0.01])
LABELS = random.integers(0, 2, ROWS).astype(float)


def customers(worse_for: float, regions: Any = REGIONS) -> Store:
    """A candidate that is better for all regions but one; the rows have the region as column 2."""
    noise = np.random.default_rng(5).normal(size=ROWS)
    old = np.clip((LABELS + noise + 1) / 3, 0, 1)
    new = np.clip((LABELS + 0.3 * noise + 1) / 3, 0, 1)
    new = np.where(regions == worse_for, np.clip((LABELS + 2 * noise + 1) / 3, 0, 1), new)
    store = scored_channel(LABELS.tolist(), new=new.tolist(), old=old.tolist())
    half = ROWS // 2
    for name, part in (("a.csv", slice(0, half)), ("more/b.csv", slice(half, None))):
        rows = zip(LABELS[part], regions[part], strict=True)
        lines = (f"{label},0.5,{'' if np.isnan(region) else region}\n" for label, region in rows)
        store.objects[f"s3://bucket/data/test/{name}"] = "".join(lines)
    return store


def judged(store: Store, **changes: Any) -> dict[str, Any]:
    return verdict(store, plan(Slices=[REGION | changes], Guardrails={}))


def groups(found: dict[str, Any]) -> dict[str, bool]:
    return {guard["Group"]: guard["Broken"] for guard in found["Slices"]}


def test_a_candidate_that_is_better_on_the_whole_and_worse_for_a_group_is_kept_out() -> None:
    store = customers(worse_for=2)
    assert verdict(store, plan(Guardrails={}))["Decision"] == "Promote"
    found = judged(store)
    assert found["Decision"] == "Keep"
    assert groups(found) == {"region = 2": True, "region = 1": False, "region = 3": False}
    assert ": better, and not by chance, but worse for region = 2. " in found["Reason"]
    rows = int((REGIONS == 2).sum())
    assert f"AUC of the {rows} rows with region = 2 went from 0." in found["Reason"]
    assert found["Reason"].endswith(
        "worse for sure by more than the 5 % of it that Promotion.Slices tolerates."
    )


def test_what_is_tolerated_is_the_inputs_to_say() -> None:
    assert judged(customers(worse_for=2), Tolerance=0.9)["Decision"] == "Promote"


def test_small_groups_are_neither_guarded_nor_named_and_that_is_said() -> None:
    found = judged(customers(worse_for=7.5))
    assert found["Decision"] == "Promote"
    assert "7.5" not in str(found["Slices"])
    few = ROWS - int((REGIONS == 7.5).sum())
    assert found["SliceCoverage"] == [f"region: 3 of 4 groups, {few} of {ROWS} rows"]


def test_the_input_may_name_the_groups() -> None:
    found = judged(customers(worse_for=2), Values=[1, 3])
    assert groups(found) == {"region = 1": False, "region = 3": False}
    assert found["Decision"] == "Promote"


def test_of_groups_that_are_not_there_it_is_said_that_nothing_was_guarded() -> None:
    named = judged(customers(worse_for=2), Values=[99])
    assert (
        "No group of region that Values names has 50 rows and the metric, so that none was "
        "guarded." in named["Reason"]
    )
    large = judged(customers(worse_for=2), MinRows=ROWS + 1)
    assert f"No group of region has {ROWS + 1} rows and the metric" in large["Reason"]


def test_rows_without_a_value_are_a_group() -> None:
    found = judged(customers(worse_for=2, regions=np.where(REGIONS == 3, np.nan, REGIONS)))
    assert "region = missing" in groups(found)


def test_a_column_of_many_values_is_guarded_for_the_largest_groups(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bootstrap, "RESAMPLES", 20)
    many = random.integers(0, 30, ROWS).astype(float)
    found = judged(customers(worse_for=-1, regions=many), MinRows=20)
    assert len(found["Slices"]) == slices.MAX_GROUPS
    assert found["SliceCoverage"][0].startswith("region: 20 of 30 groups")


def test_another_metric_may_be_guarded() -> None:
    found = judged(customers(worse_for=2), MetricName="LogLoss")
    assert {guard["MetricName"] for guard in found["Slices"]} == {"LogLoss"}
    assert groups(found)["region = 2"]


def test_groups_of_one_class_have_no_auc() -> None:
    found = verdict(
        customers(worse_for=2), plan(Slices=[{"Column": 0, "Name": "label"}], Guardrails={})
    )
    assert found["Slices"] == []
    assert "No group of label" in found["Reason"]


def test_many_groups_share_the_chance_of_one() -> None:
    """Of twenty groups of a candidate that is no worse for any, one breaks in 5 % of runs."""
    chance = np.random.default_rng(7)
    wrong = alone = 0
    for run in range(300):
        some = [_group(value, chance) for value in chance.normal(0, 1, 20)]
        wrong += any(broken for _, _, broken in slices._by_holm(some))
        alone += run < 30 and any(each.is_broken(0.95) for each in some)
    assert wrong / 300 <= 0.06
    assert alone / 30 > 0.4


def test_what_breaks_leaves_more_of_the_chance_to_the_others() -> None:
    chance = np.random.default_rng(7)
    pair = [_group(value, chance) for value in (-9.0, -1.8)]
    assert [broken for _, _, broken in slices._by_holm(pair)] == [True, True]
    assert not pair[1].is_broken(0.975)


def _group(improvement: float, chance: np.random.Generator) -> Any:
    """Of a standard error of 1."""
    no_slice: Any = type("NoTolerance", (), {"tolerance": 0.0})
    draws = Improvement(improvement, chance.normal(improvement, 1, 1000), 1000)
    return slices._Judged(slices.Group(no_slice, 0.0, np.arange(3)), 0.5, 0.5, draws)


def test_columns_of_libsvm_are_features_by_index() -> None:
    columns = RowColumns([0, 3], DataFormat.LIBSVM)
    assert [*columns.of([b"1 1:0.5 3:2", b"", b"0 2:1"], "rows")] == [b"1 1:0.5 3:2", b"", b"0 2:1"]
    assert {column: values.tolist() for column, values in columns.values().items()} == {
        0: [1, 0],
        3: [2, 0],
    }


def test_cell_that_is_no_number_fails_with_its_place_and_without_its_content() -> None:
    columns = RowColumns([1], DataFormat.CSV)
    with pytest.raises(EvaluationFailed) as failed:
        list(columns.of([b"1,2", b"0,smith"], "s3://bucket/rows"))
    assert str(failed.value) == (
        "Line 2 of s3://bucket/rows has no number in column 1, by which Promotion.Slices groups "
        "rows."
    )
