"""Tuning jobs that really train their training jobs, through the API."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.local_sagemaker.server import (
    ENDLESS,
    HYPERPARAMETERS,
    LocalSageMaker,
    new_name,
    training_request,
    tuning_request,
)
from tests.local_sagemaker.waiting import wait_for_training, wait_for_tuning, wait_until


def run(local: LocalSageMaker, request: dict[str, Any]) -> dict[str, Any]:
    local.sagemaker.create_hyper_parameter_tuning_job(**request)
    return wait_for_tuning(local, request["HyperParameterTuningJobName"])


def training_jobs(local: LocalSageMaker, tuning_job: str, **options: Any) -> list[dict[str, Any]]:
    response = local.sagemaker.list_training_jobs_for_hyper_parameter_tuning_job(
        HyperParameterTuningJobName=tuning_job, MaxResults=100, **options
    )
    return list(response["TrainingJobSummaries"])


@pytest.fixture(scope="session")
def completed(local: LocalSageMaker) -> dict[str, Any]:
    request = tuning_request(new_name("tune"), jobs=4, parallel=2)
    request["Tags"] = [{"Key": "team", "Value": "churn"}]
    return run(local, request)


def test_tuning_job_completes_with_all_training_jobs(completed: dict[str, Any]) -> None:
    assert completed["HyperParameterTuningJobStatus"] == "Completed", completed
    assert completed["TrainingJobStatusCounters"] == {
        "Completed": 4,
        "InProgress": 0,
        "RetryableError": 0,
        "NonRetryableError": 0,
        "Stopped": 0,
    }
    assert completed["ObjectiveStatusCounters"] == {"Succeeded": 4, "Pending": 0, "Failed": 0}


def test_best_training_job_has_the_best_objective(
    local: LocalSageMaker, completed: dict[str, Any]
) -> None:
    best_first = training_jobs(
        local,
        completed["HyperParameterTuningJobName"],
        SortBy="FinalObjectiveMetricValue",
        SortOrder="Descending",
    )
    metric = "FinalHyperParameterTuningJobObjectiveMetric"
    values = [job[metric]["Value"] for job in best_first]
    assert values == sorted(values, reverse=True)
    assert completed["BestTrainingJob"][metric]["Value"] == values[0]
    assert completed["BestTrainingJob"]["ObjectiveStatus"] == "Succeeded"


def test_training_jobs_are_named_after_the_tuning_job(
    local: LocalSageMaker, completed: dict[str, Any]
) -> None:
    name = completed["HyperParameterTuningJobName"]
    names = [job["TrainingJobName"] for job in training_jobs(local, name)]
    for number, job in enumerate(names, start=1):
        assert re.fullmatch(rf"{name}-{number:03d}-[0-9a-f]{{8}}", job)


def test_describe_shows_the_definition_as_sagemaker_changes_it(completed: dict[str, Any]) -> None:
    definition = completed["TrainingJobDefinition"]
    assert definition["StaticHyperParameters"]["_tuning_objective_metric"] == "validation:auc"
    metrics = {
        item["Name"]: item["Regex"]
        for item in definition["AlgorithmSpecification"]["MetricDefinitions"]
    }
    assert metrics["ObjectiveMetric"] == metrics["validation:auc"]
    ranges = completed["HyperParameterTuningJobConfig"]["ParameterRanges"]
    assert {r["ScalingType"] for r in ranges["IntegerParameterRanges"]} == {"Auto"}
    found = completed["BestTrainingJob"]["FinalHyperParameterTuningJobObjectiveMetric"]
    assert found.keys() == {"MetricName", "Value"}


def test_continuous_hyperparameter_can_be_searched_in_whole_numbers(local: LocalSageMaker) -> None:
    request = tuning_request(new_name("whole"), jobs=2, parallel=1)
    range_ = {"Name": "min_child_weight", "MinValue": "2", "MaxValue": "8"}
    config = request["HyperParameterTuningJobConfig"]
    config["ParameterRanges"] = {"IntegerParameterRanges": [range_]}
    job = run(local, request)
    assert job["HyperParameterTuningJobStatus"] == "Completed"
    assert job["BestTrainingJob"]["TunedHyperParameters"]["min_child_weight"] in "2345678"


def test_metrics_that_a_job_is_asked_for_are_told_of_both_channels(local: LocalSageMaker) -> None:
    name = new_name("asked")
    asked = HYPERPARAMETERS | {"eval_metric": "accuracy,f1"}
    local.sagemaker.create_training_job(**training_request(name, asked))
    job = wait_for_training(local, name)
    found = {metric["MetricName"] for metric in job["FinalMetricDataList"]}
    channels = ("train", "validation")
    assert {f"{channel}:{metric}" for channel in channels for metric in ("accuracy", "f1")} <= found


def test_each_training_job_has_static_and_tuned_hyperparameters_and_the_tags(
    local: LocalSageMaker, completed: dict[str, Any]
) -> None:
    best = completed["BestTrainingJob"]
    job = local.sagemaker.describe_training_job(TrainingJobName=best["TrainingJobName"])
    assert job["HyperParameters"] == {
        **HYPERPARAMETERS,
        **best["TunedHyperParameters"],
        "_tuning_objective_metric": "validation:auc",
    }
    assert job["TuningJobArn"] == completed["HyperParameterTuningJobArn"]
    tags = local.sagemaker.list_tags(ResourceArn=job["TrainingJobArn"])["Tags"]
    assert tags == [{"Key": "team", "Value": "churn"}]


def test_later_training_jobs_have_the_tags_that_were_added_meanwhile(local: LocalSageMaker) -> None:
    name = new_name("tagged")
    local.sagemaker.create_hyper_parameter_tuning_job(**tuning_request(name, jobs=3, parallel=1))
    arn = local.sagemaker.describe_hyper_parameter_tuning_job(HyperParameterTuningJobName=name)[
        "HyperParameterTuningJobArn"
    ]
    added = [{"Key": "added", "Value": "later"}]
    local.sagemaker.add_tags(ResourceArn=arn, Tags=added)
    wait_for_tuning(local, name)
    last = max(training_jobs(local, name), key=lambda job: job["TrainingJobName"])
    assert local.sagemaker.list_tags(ResourceArn=last["TrainingJobArn"])["Tags"] == added


def test_objective_is_reported_though_eval_metric_leaves_it_out(local: LocalSageMaker) -> None:
    request = tuning_request(
        new_name("logloss"), jobs=1, parallel=1, static=HYPERPARAMETERS | {"eval_metric": "error"}
    )
    objective = {"Type": "Minimize", "MetricName": "validation:logloss"}
    request["HyperParameterTuningJobConfig"]["HyperParameterTuningJobObjective"] = objective
    job = run(local, request)
    metric = job["BestTrainingJob"]["FinalHyperParameterTuningJobObjectiveMetric"]
    assert metric["MetricName"] == "validation:logloss"


def test_stop_stops_the_running_training_jobs_and_the_parallel_limit_holds(
    local: LocalSageMaker,
) -> None:
    name = new_name("endless")
    local.sagemaker.create_hyper_parameter_tuning_job(
        **tuning_request(name, jobs=5, parallel=2, static=ENDLESS)
    )
    wait_until(
        lambda: {"Jobs": training_jobs(local, name)},
        lambda seen: _in_training(local, seen["Jobs"]) == 2,
    )
    assert len(training_jobs(local, name)) == 2
    local.sagemaker.stop_hyper_parameter_tuning_job(HyperParameterTuningJobName=name)
    job = wait_for_tuning(local, name)
    assert job["HyperParameterTuningJobStatus"] == "Stopped"
    assert [trial["TrainingJobStatus"] for trial in training_jobs(local, name)] == ["Stopped"] * 2
    assert "BestTrainingJob" not in job


def _in_training(local: LocalSageMaker, summaries: list[dict[str, Any]]) -> int:
    jobs = [
        local.sagemaker.describe_training_job(TrainingJobName=summary["TrainingJobName"])
        for summary in summaries
    ]
    return sum(job["SecondaryStatus"] == "Training" for job in jobs)


def test_tuning_job_fails_after_five_training_jobs_without_a_success(local: LocalSageMaker) -> None:
    static = HYPERPARAMETERS | {"booster": "none"}
    job = run(local, tuning_request(new_name("hopeless"), jobs=9, parallel=3, static=static))
    assert job["HyperParameterTuningJobStatus"] == "Failed"
    assert job["FailureReason"] == (
        "No training job succeeded after 5 attempts. For additional details, please take a look at "
        "the training job failures by listing training jobs for the hyperparameter tuning job."
    )
    assert 5 <= job["TrainingJobStatusCounters"]["NonRetryableError"] <= 7
    assert "BestTrainingJob" not in job
    reasons = {
        trial["FailureReason"] for trial in training_jobs(local, job["HyperParameterTuningJobName"])
    }
    assert all("booster" in reason for reason in reasons)


def test_tuning_job_without_any_objective_fails_and_names_the_metric(local: LocalSageMaker) -> None:
    request = tuning_request(new_name("no-metric"), jobs=2, parallel=2)
    del request["TrainingJobDefinition"]["InputDataConfig"][1]
    job = run(local, request)
    assert job["HyperParameterTuningJobStatus"] == "Failed"
    assert "No objective metrics found after running 2 training jobs" in job["FailureReason"]
    assert job["TrainingJobStatusCounters"]["Completed"] == 2
    assert job["ObjectiveStatusCounters"]["Failed"] == 2


def test_tuning_job_completes_when_the_target_is_reached(local: LocalSageMaker) -> None:
    request = tuning_request(new_name("target"), jobs=20, parallel=1)
    criteria = {"TargetObjectiveMetricValue": 0.6}
    request["HyperParameterTuningJobConfig"]["TuningJobCompletionCriteria"] = criteria
    job = run(local, request)
    assert job["HyperParameterTuningJobStatus"] == "Completed"
    assert job["TrainingJobStatusCounters"]["Completed"] == 1


def test_each_definition_of_several_is_trained(local: LocalSageMaker) -> None:
    request = tuning_request(new_name("several"), jobs=2, parallel=2)
    config = request["HyperParameterTuningJobConfig"]
    shared = {
        "TuningObjective": config.pop("HyperParameterTuningJobObjective"),
        "HyperParameterRanges": config.pop("ParameterRanges"),
        **request.pop("TrainingJobDefinition"),
    }
    request["TrainingJobDefinitions"] = [
        {**shared, "DefinitionName": "first"},
        {**shared, "DefinitionName": "second"},
    ]
    job = run(local, request)
    assert job["HyperParameterTuningJobStatus"] == "Completed", job.get("FailureReason")
    trials = training_jobs(local, job["HyperParameterTuningJobName"])
    assert [trial["TrainingJobDefinitionName"] for trial in trials] == ["first", "second"]


def test_deleted_tuning_job_leaves_its_training_jobs(local: LocalSageMaker) -> None:
    name = new_name("deleted")
    job = run(local, tuning_request(name, jobs=1, parallel=1))
    local.sagemaker.delete_hyper_parameter_tuning_job(HyperParameterTuningJobName=name)
    with pytest.raises(local.sagemaker.exceptions.ResourceNotFound):
        local.sagemaker.describe_hyper_parameter_tuning_job(HyperParameterTuningJobName=name)
    best = job["BestTrainingJob"]["TrainingJobName"]
    assert wait_for_training(local, best)["TrainingJobStatus"] == "Completed"


def test_early_stopping_ends_the_training_jobs_below_the_median(local: LocalSageMaker) -> None:
    request = tuning_request(
        new_name("early"), jobs=8, parallel=1, static=HYPERPARAMETERS | {"num_round": "300"}
    )
    config = request["HyperParameterTuningJobConfig"]
    config["TrainingJobEarlyStoppingType"] = "Auto"
    # Depth 1 at a tiny rate is far worse than the rest.
    config["ParameterRanges"] = {
        "CategoricalParameterRanges": [
            {"Name": "max_depth", "Values": ["1", "2", "3", "4"]},
            {"Name": "eta", "Values": ["0.0001", "0.1", "0.3"]},
        ]
    }
    job = run(local, request)
    assert job["HyperParameterTuningJobStatus"] == "Completed"
    stopped = training_jobs(local, request["HyperParameterTuningJobName"], StatusEquals="Stopped")
    assert stopped
    assert job["TrainingJobStatusCounters"]["Completed"] >= 4
    assert {trial["ObjectiveStatus"] for trial in stopped} == {"Succeeded"}
    assert job["BestTrainingJob"]["TrainingJobStatus"] == "Completed"


@pytest.mark.parametrize("saved", ["true", "false"])
def test_hyperband_ends_training_jobs_at_max_resource_and_before(
    local: LocalSageMaker, saved: str
) -> None:
    """Without save_model_on_termination none leaves a model, and the best is still named."""
    request = tuning_request(
        new_name("hyperband"), jobs=6, parallel=2, static=HYPERPARAMETERS | {"num_round": "5000"}
    )
    request["TrainingJobDefinition"]["StaticHyperParameters"]["save_model_on_termination"] = saved
    config = request["HyperParameterTuningJobConfig"]
    config["Strategy"] = "Hyperband"
    config["StrategyConfig"] = {"HyperbandStrategyConfig": {"MinResource": 3, "MaxResource": 27}}
    job = run(local, request)
    assert job["HyperParameterTuningJobStatus"] == "Completed", job.get("FailureReason")
    assert job["TrainingJobStatusCounters"]["Stopped"] == 6
    assert job["BestTrainingJob"]["ObjectiveStatus"] == "Succeeded"
