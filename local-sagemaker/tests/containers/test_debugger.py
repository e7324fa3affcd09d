"""What the hook of SageMaker Debugger saves in the images that have it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from local_sagemaker.containers.debugger.hook_settings import HookSettings
from local_sagemaker.containers.debugger.saved_tensors import SavedTensors

from tests.containers.tables import binary, channels
from tests.containers.training_job import TrainingJob

CONFIG = "input/config/debughookconfig.json"
TENSORS = "output/tensors"
VALUES = {"objective": "binary:logistic", "num_round": "6", "max_depth": "2"}


def run(root: Path, **config: Any) -> TrainingJob:
    """A job of six rounds with this DebugHookConfig."""
    given_hook(root, config)
    return TrainingJob(root, "1.7-1").run(VALUES, channels(binary, "train", "validation"))


def given_hook(root: Path, config: dict[str, Any]) -> None:
    (root / CONFIG).parent.mkdir(parents=True, exist_ok=True)
    (root / CONFIG).write_text(json.dumps(config))


def collection(name: str, **parameters: str) -> dict[str, Any]:
    return {"CollectionName": name, "CollectionParameters": parameters}


@pytest.mark.parametrize(
    ("names", "sizes"),
    [
        (["train"], [6257, 104, 107, 219, 220]),
        (["train", "validation"], [6276, 218, 224, 287, 288]),
    ],
)
def test_files_are_as_long_as_those_of_jobs_in_an_account(
    names: list[str], sizes: list[int], tmp_path: Path
) -> None:
    """Of jobs with a DebugHookConfig that says nothing but where, as the SDK v2 sends it."""
    given_hook(tmp_path, {})
    values = {"objective": "reg:squarederror", "eval_metric": "rmse", "num_round": "11"}
    TrainingJob(tmp_path, "1.7-1").run(values, channels(binary, *names))

    files = {
        str(path.relative_to(tmp_path / TENSORS)): path.stat().st_size
        for path in (tmp_path / TENSORS).rglob("*")
        if path.is_file()
    }
    assert files == {
        "claim.smd": 0,
        "collections/000000000/worker_0_collections.json": sizes[0],
        "events/000000000000/000000000000_worker_0.tfevents": sizes[1],
        "events/000000000010/000000000010_worker_0.tfevents": sizes[2],
        "index/000000000/000000000000_worker_0.json": sizes[3],
        "index/000000000/000000000010_worker_0.json": sizes[4],
    }


def test_each_collection_has_its_tensors_at_its_steps(tmp_path: Path) -> None:
    named = ["labels", "predictions", "feature_importance", "average_shap", "full_shap"]
    job = run(
        tmp_path,
        HookParameters={"save_interval": "5"},
        CollectionConfigurations=[
            *map(collection, named),
            collection("trees", save_interval="4", start_step="2", save_steps="1"),
            collection("hyperparameters", end_step="3"),
            collection("mine", include_regex="^train-, nothing", save_interval="3"),
        ],
    )
    assert job.exit_code == 0, job.failure
    saved = SavedTensors(tmp_path / TENSORS)

    steps = {name: saved.steps(name) for name in saved.names([], [""])}
    assert steps["validation-logloss"] == steps["labels"] == steps["full_shap/f1"] == [0, 5]
    assert steps["train-logloss"] == [0, 5]  # when metrics are due, not when mine is
    assert steps["trees/Node"] == steps["trees/Category"] == [1, 4]
    assert steps["hyperparameters/max_depth"] == [0]
    assert saved.names(["mine"], []) == ["train-logloss"]

    shares = [saved.value(f"feature_importance/gain/{name}", 5) for name in ("f0", "f1")]
    assert np.sum(shares) == pytest.approx(1)
    shap = saved.value("full_shap/f0", 5)
    assert shap.shape == (120, 3)
    assert saved.value("average_shap/f1", 5)[0] == pytest.approx(shap[:, 1].mean(), abs=1e-6)
    assert list(saved.value("hyperparameters/objective", 0)) == ["binary:logistic"]
    assert list(saved.value("trees/Feature", 4)[3:]) == ["Leaf"] * 4
    right = (saved.value("predictions", 5) > 0.5) == saved.value("labels", 5)
    assert right.mean() > 0.8


def test_a_named_collection_without_an_interval_is_saved_every_500_steps() -> None:
    """The hook of XGBoost has 10, which a collection that is named does not inherit."""
    settings = HookSettings.read({"CollectionConfigurations": [{"CollectionName": "losses"}]})
    intervals = {
        name: each.schedules["GLOBAL"].save_interval for name, each in settings.collections.items()
    }
    assert intervals["losses"] == 500
    assert intervals["metrics"] == 10
    assert settings.saved == {"losses", "metrics"}


def test_a_collection_that_does_not_say_its_tensors_fails_the_training(tmp_path: Path) -> None:
    job = run(tmp_path, CollectionConfigurations=[collection("weights")])
    assert job.exit_code == 1
    reason = "Collection weights has not been configured."
    assert f"XGB train call failed with exception:\n {reason}" in job.failure


def test_a_hook_that_cannot_be_made_is_told_and_the_training_goes_on(tmp_path: Path) -> None:
    job = run(tmp_path, HookParameters={"save_interval": "often"})
    assert job.exit_code == 0
    assert "Failed to create debug hook, so nothing is saved: save_interval has 'often'" in job.log
    assert not (tmp_path / TENSORS).exists()
