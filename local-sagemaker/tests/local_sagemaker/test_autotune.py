"""Autotune: what is left out is chosen, and Describe shows the choice."""

from __future__ import annotations

from typing import Any

from tests.local_sagemaker.server import HYPERPARAMETERS, LocalSageMaker, new_name, tuning_request
from tests.local_sagemaker.waiting import wait_for_tuning


def autotuned(local: LocalSageMaker, **config: Any) -> dict[str, Any]:
    """A tuning job with Autotune and these members of its config instead of its ranges."""
    request = tuning_request(new_name("auto"), jobs=2, parallel=2)
    del request["HyperParameterTuningJobConfig"]["ParameterRanges"]
    request["HyperParameterTuningJobConfig"] |= config
    request["Autotune"] = {"Mode": "Enabled"}
    local.sagemaker.create_hyper_parameter_tuning_job(**request)
    job = wait_for_tuning(local, request["HyperParameterTuningJobName"])
    assert job["HyperParameterTuningJobStatus"] == "Completed", job
    return job


def test_without_ranges_the_recommended_ones_are_searched_but_not_the_rounds(
    local: LocalSageMaker,
) -> None:
    job = autotuned(local)
    ranges = job["HyperParameterTuningJobConfig"]["ParameterRanges"]
    continuous = {each["Name"]: each for each in ranges["ContinuousParameterRanges"]}
    assert (continuous["eta"]["MinValue"], continuous["eta"]["MaxValue"]) == ("0.1", "0.5")
    assert len(job["BestTrainingJob"]["TunedHyperParameters"]) == 11
    assert job["TrainingJobDefinition"]["StaticHyperParameters"]["num_round"] == "5"
    assert job["Autotune"] == {"Mode": "Enabled"}


def test_auto_parameter_is_searched_around_its_hint_and_static_if_it_cannot_be(
    local: LocalSageMaker,
) -> None:
    hints = {"alpha": "2", "gamma": "0", "max_depth": "12", "booster": "gbtree"}
    auto = [{"Name": name, "ValueHint": hint} for name, hint in hints.items()]
    job = autotuned(local, ParameterRanges={"AutoParameters": auto})
    assert job["HyperParameterTuningJobConfig"]["ParameterRanges"] == {
        "ContinuousParameterRanges": [
            {"Name": "alpha", "MinValue": "0.2", "MaxValue": "20", "ScalingType": "Auto"},
            {"Name": "gamma", "MinValue": "0", "MaxValue": "5", "ScalingType": "Auto"},
        ],
        "IntegerParameterRanges": [
            {"Name": "max_depth", "MinValue": "2", "MaxValue": "12", "ScalingType": "Auto"}
        ],
    }
    static = job["TrainingJobDefinition"]["StaticHyperParameters"]
    assert static == HYPERPARAMETERS | {
        "booster": "gbtree",
        "_tuning_objective_metric": "validation:auc",
    }


def test_early_stopping_retries_and_completion_are_chosen_when_left_out(
    local: LocalSageMaker,
) -> None:
    job = autotuned(local)
    config = job["HyperParameterTuningJobConfig"]
    assert config["TrainingJobEarlyStoppingType"] == "Auto"
    criteria = {"ConvergenceDetected": {"CompleteOnConvergence": "Enabled"}}
    assert config["TuningJobCompletionCriteria"] == criteria
    assert job["TrainingJobDefinition"]["RetryStrategy"] == {"MaximumRetryAttempts": 3}


def test_what_the_request_says_is_kept(local: LocalSageMaker) -> None:
    eta = {"Name": "eta", "MinValue": "0.2", "MaxValue": "0.3", "ScalingType": "Linear"}
    ranges = {"ContinuousParameterRanges": [eta]}
    criteria = {"TargetObjectiveMetricValue": 1.0}
    given = {
        "ParameterRanges": ranges,
        "TrainingJobEarlyStoppingType": "Off",
        "TuningJobCompletionCriteria": criteria,
    }
    job = autotuned(local, **given)
    assert given.items() <= job["HyperParameterTuningJobConfig"].items()
