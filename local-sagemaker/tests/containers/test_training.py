"""What a training job logs and leaves behind."""

from __future__ import annotations

import json
import pickle
import re
import signal
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from local_sagemaker.containers.xgboost.library import xgboost

from tests.containers.tables import binary, channels, csv
from tests.containers.training_job import TrainingJob

LOGISTIC = {"objective": "binary:logistic", "num_round": "3"}
BOTH = channels(binary, "train", "validation")


def load(job: TrainingJob, name: str = "xgboost-model") -> xgboost.Booster:
    content = (job.root / "model" / name).read_bytes()
    if content.startswith(b"\x80"):
        return cast(xgboost.Booster, pickle.loads(content))  # of the images up to 1.2
    booster = xgboost.Booster()
    booster.load_model(bytearray(content))
    return booster


def test_train_logs_each_round_as_the_metric_regexes_expect(tmp_path: Path) -> None:
    job = TrainingJob(tmp_path).run(LOGISTIC | {"eval_metric": "auc"}, BOTH)

    lines = re.findall(
        r"^\[(\d+)\]\ttrain-auc:\d\.\d{5}\tvalidation-auc:\d\.\d{5}$", job.log, flags=re.MULTILINE
    )
    assert lines == ["0", "1", "2"]


def test_train_leaves_one_model_and_no_failure(tmp_path: Path) -> None:
    job = TrainingJob(tmp_path).run(LOGISTIC, BOTH)

    assert job.exit_code == 0
    assert job.failure == ""
    assert [path.name for path in (tmp_path / "model").iterdir()] == ["xgboost-model"]
    assert load(job).num_boosted_rounds() == 3


def test_train_needs_no_validation_channel(tmp_path: Path) -> None:
    job = TrainingJob(tmp_path).run(LOGISTIC, channels(binary, "train"))

    assert list(job.rounds[-1]) == ["train-logloss"]


def test_early_stopping_saves_the_best_round_and_logs_the_last(tmp_path: Path) -> None:
    stop = {"eval_metric": "logloss", "early_stopping_rounds": "3", "eta": "0.9"}
    job = TrainingJob(tmp_path).run(LOGISTIC | stop | {"num_round": "200"}, BOTH)

    values = [metrics["validation-logloss"] for metrics in job.rounds]
    best = int(np.argmin(values))
    assert len(values) == best + 1 + 3
    assert load(job).num_boosted_rounds() == best + 1


def test_the_versions_up_to_1_7_start_from_one_half(tmp_path: Path) -> None:
    first_rounds = []
    for version in ("1.7-1", "3.0-5"):
        job = TrainingJob(tmp_path / version, version)
        few_positives = {"train": {"a.csv": "1,1\n" + "0,0\n1,0\n0,1\n0,1\n" * 5}}
        hyperparameters = LOGISTIC | {"eta": "0", "num_round": "1"}
        first_rounds.append(job.run(hyperparameters, few_positives).rounds[0]["train-logloss"])

    assert first_rounds[0] == pytest.approx(np.log(2), abs=1e-5)
    assert first_rounds[1] < first_rounds[0]


def test_csv_weights_are_the_second_column(tmp_path: Path) -> None:
    rows = "1,1,7\n0,3,7\n" * 10
    job = TrainingJob(tmp_path).run(
        LOGISTIC | {"csv_weights": "1", "eta": "0", "eval_metric": "error"},
        {"train": {"weighted.csv": rows}},
    )

    assert job.rounds[0]["train-error"] == 0.25  # of the weight; half of the rows
    assert load(job).num_features() == 1


def test_a_header_is_read_as_a_row_of_data(tmp_path: Path) -> None:
    job = TrainingJob(tmp_path).run(LOGISTIC, {"train": {"a.csv": "y,x\n" + "1,2\n0,1\n" * 5}})

    assert "Train matrix has 11 rows and 1 columns" in job.log


def test_an_empty_cell_is_a_missing_value(tmp_path: Path) -> None:
    by_absence = "1,,1\n0,5,1\n" * 20
    deep = LOGISTIC | {"eval_metric": "error", "num_round": "5", "eta": "1"}
    job = TrainingJob(tmp_path).run(deep, {"train": {"a.csv": by_absence}})

    assert job.rounds[-1]["train-error"] == 0


def test_all_files_of_a_channel_are_read_and_those_in_deep_folders_are_not(tmp_path: Path) -> None:
    files = dict.fromkeys(["a.csv", "b/b.csv", "b/c/c #?;.csv", "b/c/d/d.csv"], "1,2\n0,1\n")
    job = TrainingJob(tmp_path).run(LOGISTIC, {"train": files})

    assert "Train matrix has 6 rows" in job.log
    assert "exceeds the limit 3" in job.log


@pytest.mark.parametrize("name", ["a;b.csv", "a#b.csv", "a?b.csv", "a*[b].csv"])
def test_a_file_that_is_alone_may_have_any_name(tmp_path: Path, name: str) -> None:
    job = TrainingJob(tmp_path).run(LOGISTIC, {"train": {name: "1,2\n0,1\n"}})

    assert "Train matrix has 2 rows" in job.log


def test_a_name_leads_to_no_other_file(tmp_path: Path) -> None:
    """To XGBoost `a;/etc/passwd` are two files."""
    (tmp_path / "other.csv").write_text("1,2\n0,1\n1,1\n")
    files = {"a": "", f"a;{tmp_path}/other.csv": "1,2\n0,1\n"}
    job = TrainingJob(tmp_path, version="1.7-1").run(LOGISTIC, {"train": files})

    assert "Train matrix has 2 rows" in job.log


@pytest.mark.parametrize("count", [100, 1500])
def test_many_files_are_read_in_their_order(tmp_path: Path, count: int) -> None:
    """Whether a file ends with a line feed, or not."""
    files = {f"{number:04}.csv": f"{number % 2},{number}" for number in range(count)}
    files["0001.csv"] += "\n"
    job = TrainingJob(tmp_path).run(LOGISTIC, {"train": files})

    assert f"Train matrix has {count} rows and 1 columns" in job.log


def test_an_unset_content_type_means_libsvm(tmp_path: Path) -> None:
    files = {"a.libsvm": "1 1:2 2:3\n0 2:1\n1 1:5\n"}
    job = TrainingJob(tmp_path).run(LOGISTIC, {"train": files}, content_type=None)

    assert job.exit_code == 0
    assert "Train matrix has 3 rows and 3 columns" in job.log


def test_kfold_leaves_a_model_a_fold_and_the_predictions_for_rows_not_trained_on(
    tmp_path: Path,
) -> None:
    folds = LOGISTIC | {"_kfold": "3", "eval_metric": "error"}
    job = TrainingJob(tmp_path).run(folds, BOTH)

    predictions = np.loadtxt(tmp_path / "output/data/predictions.csv", delimiter=",")
    wrong = np.mean(predictions[:, 0] != predictions[:, 2])
    assert sorted(path.name for path in (tmp_path / "model").iterdir()) == [
        f"xgboost-model-{fold}" for fold in range(3)
    ]
    assert len(predictions) == 240
    assert job.log.splitlines()[-1].startswith("[3]\ttrain-error:")
    assert job.rounds[-1]["validation-error"] == pytest.approx(wrong, abs=1e-3)


def test_kfold_validates_on_rows_that_the_model_has_not_seen(tmp_path: Path) -> None:
    chance = np.random.default_rng(0)
    rows = np.column_stack([chance.integers(0, 2, 90), chance.normal(size=(90, 2))])
    memorize = {"max_depth": "9", "eta": "1", "min_child_weight": "0", "lambda": "0"}
    folds = LOGISTIC | memorize | {"_kfold": "3", "eval_metric": "error", "num_round": "20"}
    job = TrainingJob(tmp_path).run(folds, {"train": {"chance.csv": csv(rows)}})

    assert job.rounds[-1]["train-error"] < 0.1
    assert job.rounds[-1]["validation-error"] > 0.3


@pytest.mark.parametrize(
    ("save", "exit_code", "models"),
    [("true", 0, ["xgboost-model"]), ("false", -signal.SIGTERM, [])],
)
def test_sigterm_ends_a_job_at_once_and_keeps_the_model_if_asked(
    save: str, exit_code: int, models: list[str], tmp_path: Path
) -> None:
    job = TrainingJob(tmp_path)
    job.prepare(LOGISTIC | {"num_round": "1000000", "save_model_on_termination": save}, BOTH)
    with job.start() as (process, log):
        while not log.readline().startswith(b"[5]"):
            pass
        process.send_signal(signal.SIGTERM)
        assert process.wait() == exit_code

    assert sorted(path.name for path in (tmp_path / "model").glob("*")) == models


def checkpointed(root: Path, version: str, *, num_round: str) -> TrainingJob:
    """A job that keeps its checkpoints in <root>/checkpoints, where an earlier one left its own."""
    job = TrainingJob(root, version)
    config = root / "input" / "config" / "checkpointconfig.json"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(json.dumps({"LocalPath": "/opt/ml/checkpoints"}))
    return job.run(LOGISTIC | {"num_round": num_round}, channels(binary, "train"))


def test_images_up_to_1_2_go_on_from_the_last_of_five_checkpoints(tmp_path: Path) -> None:
    checkpointed(tmp_path, "1.2-2", num_round="8")
    left = sorted(path.name for path in (tmp_path / "checkpoints").iterdir())
    resumed = checkpointed(tmp_path, "1.2-2", num_round="10")
    whole = TrainingJob(tmp_path / "whole", "1.2-2")
    whole.run(LOGISTIC | {"num_round": "10"}, channels(binary, "train"))

    assert left == [f"xgboost-checkpoint.{number}" for number in range(3, 8)]
    assert "resuming from iteration 8" in resumed.log
    assert resumed.rounds == whole.rounds[8:]
    assert re.findall(r"^\[(\d+)\]\t", resumed.log, flags=re.MULTILINE) == ["8", "9"]
    assert load(resumed).num_boosted_rounds() == 10


def test_later_images_keep_the_first_checkpoint_and_start_again(tmp_path: Path) -> None:
    checkpointed(tmp_path, "3.0-5", num_round="3")
    again = checkpointed(tmp_path, "3.0-5", num_round="3")

    assert [path.stem for path in (tmp_path / "checkpoints").iterdir()] == ["xgboost-checkpoint_0"]
    assert "an interrupted job starts again from round 0" in again.log
    assert len(again.rounds) == 3


@pytest.mark.parametrize(("version", "begins"), [("1.7-1", b"binf"), ("3.2-0", b"{L")])
def test_the_artefact_has_the_format_of_its_version_and_xgboost_loads_it(
    version: str, begins: bytes, tmp_path: Path
) -> None:
    TrainingJob(tmp_path, version).run(LOGISTIC, channels(binary, "train"))
    path = tmp_path / "model" / "xgboost-model"
    booster = xgboost.Booster()
    booster.load_model(path)

    assert path.read_bytes().startswith(begins)
    assert booster.num_boosted_rounds() == 3


def test_the_artefact_up_to_1_2_is_a_pickle(tmp_path: Path) -> None:
    TrainingJob(tmp_path, "1.2-1").run(LOGISTIC, channels(binary, "train"))
    booster = pickle.loads((tmp_path / "model" / "xgboost-model").read_bytes())

    assert booster.num_boosted_rounds() == 3


def test_images_before_3_0_read_one_folder_of_a_channel(tmp_path: Path) -> None:
    files = {"a/a.csv": "1,2\n0,1\n", "b/b.csv": "1,2\n0,1\n", "c.csv": "1,2\n0,1\n"}
    job = TrainingJob(tmp_path, "1.7-1").run(LOGISTIC, {"train": files})

    assert "Train matrix has 2 rows" in job.log
    assert "2 files elsewhere are not loaded" in job.log


def test_the_same_file_in_both_channels_is_suspected(tmp_path: Path) -> None:
    same = {"a.csv": binary()}
    job = TrainingJob(tmp_path).run(LOGISTIC, {"train": same, "validation": same})

    assert "Suspected identical files found: a.csv" in job.log


def test_images_before_1_3_report_the_error_by_default(tmp_path: Path) -> None:
    job = TrainingJob(tmp_path, "1.2-2").run(LOGISTIC, channels(binary, "train"))

    assert list(job.rounds[0]) == ["train-error"]


@pytest.mark.parametrize(("version", "warned"), [("1.7-1", False), ("3.0-5", True)])
def test_a_class_metric_of_a_3_x_image_is_computed_rightly_with_a_warning(
    version: str, warned: bool, tmp_path: Path
) -> None:
    hyperparameters = LOGISTIC | {"eval_metric": "accuracy,error", "num_round": "20"}
    job = TrainingJob(tmp_path, version).run(hyperparameters, channels(binary, "train"))

    last = job.rounds[-1]
    assert last["train-accuracy"] == pytest.approx(1 - last["train-error"], abs=1e-5)
    assert ("on AWS they may have other values" in job.log) == warned


@pytest.mark.parametrize(
    ("more", "names"), [({"eval_metric": "error"}, ["train"]), ({}, ["train", "validation"])]
)
def test_early_stopping_without_validation_or_metric_has_no_effect_and_says_so(
    more: dict[str, str], names: list[str], tmp_path: Path
) -> None:
    hyperparameters = LOGISTIC | {"early_stopping_rounds": "1", "eta": "0"} | more
    job = TrainingJob(tmp_path).run(hyperparameters, channels(binary, *names))

    assert len(job.rounds) == 3
    assert "early_stopping_rounds has no effect" in job.log


def test_images_up_to_1_2_stop_early_by_the_last_metric_of_the_last_channel(tmp_path: Path) -> None:
    hyperparameters = LOGISTIC | {"early_stopping_rounds": "2", "eta": "0", "num_round": "9"}
    job = TrainingJob(tmp_path, "1.2-2").run(hyperparameters, channels(binary, "train"))

    assert len(job.rounds) == 3
    assert load(job).num_boosted_rounds() == 1


@pytest.mark.parametrize("version", ["0.72-1", "0.90-2", "1.2-2", "1.7-1", "3.0-5"])
def test_early_stopping_saves_the_best_round_under_the_old_name_of_an_objective_too(
    version: str, tmp_path: Path
) -> None:
    stop = {"eval_metric": "rmse", "early_stopping_rounds": "2", "eta": "1", "num_round": "60"}
    job = TrainingJob(tmp_path, version).run({"objective": "reg:linear"} | stop, BOTH)

    best = int(np.argmin([metrics["validation-rmse"] for metrics in job.rounds]))
    assert (job.exit_code, len(job.rounds)) == (0, best + 1 + 2)
    assert load(job).num_boosted_rounds() == best + 1


def test_images_up_to_1_2_keep_the_last_round_of_a_linear_model_that_stops_early(
    tmp_path: Path,
) -> None:
    linear = {"booster": "gblinear", "early_stopping_rounds": "2", "eta": "0", "num_round": "9"}
    job = TrainingJob(tmp_path, "1.2-2").run(LOGISTIC | linear, BOTH)
    assert (job.exit_code, len(job.rounds)) == (0, 3)


def test_early_stopping_takes_a_cut_off_ranking_metric_for_one_to_minimize(tmp_path: Path) -> None:
    ranking = {"objective": "rank:pairwise", "eval_metric": "map@5", "num_round": "40"}
    job = TrainingJob(tmp_path).run(ranking | {"early_stopping_rounds": "4", "eta": "0.05"}, BOTH)

    values = [metrics["validation-map@5"] for metrics in job.rounds]
    assert len(values) == int(np.argmin(values)) + 1 + 4
    assert "takes a lower map@5 for a better one" in job.log


@pytest.mark.parametrize("tree_method", [None, "exact"])
def test_images_before_2_0_sample_columns_by_node_with_exact_trees_too(
    tree_method: str | None, tmp_path: Path
) -> None:
    given = {"tree_method": tree_method} if tree_method else {}
    job = TrainingJob(tmp_path, "1.7-1").run(LOGISTIC | {"colsample_bynode": "0.5"} | given, BOTH)

    assert job.failure == ""
    assert len(job.rounds) == 3
