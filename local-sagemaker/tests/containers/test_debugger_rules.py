"""Built-in rules of SageMaker Debugger, on tensors of a few steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from local_sagemaker.containers.debugger.hook import Hook, HookFailed
from local_sagemaker.containers.debugger.hook_settings import HookSettings
from local_sagemaker.containers.debugger.rules import RULES
from local_sagemaker.containers.debugger.saved_tensors import SavedTensors, Unreadable

SPAN = {"collection_names": "metrics", "num_steps": "2"}
FALLING, RISING = [3.0, 2.0, 1.0, 0.5], [3.0, 2.0, 2.5, 3.0, 4.0]
SHARES = {f"feature_importance/weight/f{number}": [share] for number, share in enumerate("5311")}


def saved(directory: Path, tensors: Mapping[str, Sequence[object]]) -> SavedTensors:
    """One value a step."""
    parameters = {"save_all": "true", "save_interval": "1"}
    hook = Hook(HookSettings.read({"HookParameters": parameters}), directory)
    for step in range(max(map(len, tensors.values()))):
        hook.begin(step)
        for name, values in tensors.items():
            hook.save(name, np.array(values[step : step + 1], dtype=float).ravel())
        hook.end()
    hook.close()
    return SavedTensors(directory)


@pytest.mark.parametrize(
    ("rule", "parameters", "tensors", "step"),
    [
        ("LossNotDecreasing", SPAN, {"train-rmse": FALLING}, None),
        ("LossNotDecreasing", SPAN, {"train-rmse": FALLING, "validation-rmse": RISING}, 4),
        ("LossNotDecreasing", SPAN | {"diff_percent": "70"}, {"train-rmse": FALLING}, 2),
        ("LossNotDecreasing", SPAN, {"validation-rmse": FALLING[:2]}, None),
        ("LossNotDecreasing", SPAN, {"train-rmse": [2.0, 2.0, 2.0]}, 2),
        ("FeatureImportanceOverweight", {"threshold": "8.5"}, SHARES, 0),
        ("FeatureImportanceOverweight", {"threshold": "8.5", "nfeatures": "2"}, SHARES, None),
        ("TreeDepth", {}, {"trees/Node": [[0, 1, 16], [0, 1, 17]]}, 1),
        ("TreeDepth", {"depth": "5"}, {"trees/Node": [[0, 1, 16], [0, 1, 17]]}, None),
        ("AllZero", {"tensor_regex": "labels"}, {"labels": [[0, 1], [0, 0]]}, 1),
        ("AllZero", {"threshold": "50"}, {"labels": [[0, 1], [0, 0]]}, 0),
        ("TensorVariance", {"min_threshold": "1"}, {"labels": [[0, 9], [5, 5]]}, 1),
        ("TensorVariance", {"max_threshold": "1"}, {"labels": [[0, 9], [5, 5]]}, 0),
        ("UnchangedTensor", {}, {"train-rmse": [1, 2, 2, 2, 3]}, 3),
        ("UnchangedTensor", {"num_steps": "4"}, {"train-rmse": [1, 2, 2, 2, 3]}, None),
    ],
)
def test_a_rule_names_the_first_step_that_meets_its_condition(
    rule: str,
    parameters: dict[str, str],
    tensors: dict[str, Sequence[object]],
    step: int | None,
    tmp_path: Path,
) -> None:
    assert RULES[rule].first_step(saved(tmp_path, tensors), parameters) == step


def test_an_index_that_leads_out_of_the_directory_is_not_followed(tmp_path: Path) -> None:
    directory = tmp_path / "tensors"
    saved(directory, {"train-rmse": FALLING})
    index = next(directory.glob("index/*/*.json"))
    index.write_text(index.read_text().replace("events/", "../outside/"))
    with pytest.raises(Unreadable, match="leaves its directory"):
        SavedTensors(directory)
    with pytest.raises(Unreadable, match="has saved no tensors"):
        SavedTensors(tmp_path)


@pytest.mark.parametrize("text", ["[]", "{}", '{"collections": []}'])
def test_collections_that_are_none_are_said_to_be_so(tmp_path: Path, text: str) -> None:
    saved(tmp_path, {"train-rmse": FALLING})
    next(tmp_path.glob("collections/*/*.json")).write_text(text)
    with pytest.raises(Unreadable, match="names no collections"):
        SavedTensors(tmp_path)


def test_reductions_are_refused_as_by_the_hook_of_xgboost(tmp_path: Path) -> None:
    reduced = {"CollectionName": "labels", "CollectionParameters": {"reductions": "mean"}}
    hook = Hook(HookSettings.read({"CollectionConfigurations": [reduced]}), tmp_path)
    assert hook.begin(0)
    with pytest.raises(HookFailed, match="Reductions are not supported by XGBoost hook"):
        hook.save("labels", np.array([1.0]))
