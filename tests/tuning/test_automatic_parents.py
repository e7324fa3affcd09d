"""ParentHyperParameterTuningJobs: Auto. A run begins with the best of its endpoint's that fit."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.errors import InvalidInput
from tuning.variables.last_run import EndpointTuningJob

from tests.tuning.channel_store import ChannelStore, store
from tests.tuning.plans import plan
from tests.tuning.test_warm_start import parent

Job = dict[str, Any]
AUTO = {"WarmStartConfig": {"ParentHyperParameterTuningJobs": "Auto"}}
SAME: str = plan()["Fingerprint"]["Data"]


def job(name: str, value: float | None = 0.7, **changes: Any) -> Job:
    best: Job = {"TrainingJobName": f"{name}-001"}
    if value is not None:
        metric = {"MetricName": "validation:auc", "Value": value}
        best["FinalHyperParameterTuningJobObjectiveMetric"] = metric
    return parent(HyperParameterTuningJobName=name, BestTrainingJob=best, **changes)


def account(*jobs: tuple[Job, str | None], endpoint: str = "retune") -> ChannelStore:
    """With these tuning jobs of the endpoint, newest first, each on data of that digest."""
    data = store()
    data.tuning_jobs = {each["HyperParameterTuningJobName"]: each for each, _ in jobs}
    data.kept[f"data-bucket/{endpoint}"] = [
        EndpointTuningJob(name=each["HyperParameterTuningJobName"], data=digest)
        for each, digest in jobs
    ]
    return data


def started(data: ChannelStore, **document: Any) -> Job:
    made: Job = plan(AUTO | document, data=data)["WarmStart"]
    return made


def test_first_run_starts_cold_and_says_so() -> None:
    made = started(account())
    assert made["Started"] == "Cold"
    assert made["Reason"] == "No earlier tuning job for the endpoint retune is known."


def test_best_on_the_same_data_are_the_parents() -> None:
    jobs = [(job(f"j{n}", value), SAME) for n, value in enumerate((0.6, 0.9, 0.7, 0.7, 0.5, 0.8))]
    made = started(account(*jobs, (job("other", 0.99), "other")))
    assert made["Parents"] == ["j1", "j5", "j2", "j3", "j0"]
    assert made["WarmStartType"] == "IdenticalDataAndAlgorithm"
    request = plan(AUTO, data=account(*jobs))["TuningJob"]["WarmStartConfig"]
    assert [
        each["HyperParameterTuningJobName"]
        for each in request.pop("ParentHyperParameterTuningJobs")
    ] == made["Parents"]
    assert request == {"WarmStartType": "IdenticalDataAndAlgorithm"}


def test_where_less_is_better_the_least_is_the_best() -> None:
    document = {"HyperParameterTuningJobObjective": {"MetricName": "validation:logloss"}}
    config = plan(document)["TuningJob"]["HyperParameterTuningJobConfig"]
    jobs = [
        (job(name, value, HyperParameterTuningJobConfig=config), SAME)
        for name, value in (("worse", 0.5), ("better", 0.4))
    ]
    assert started(account(*jobs), **document)["Parents"] == ["better", "worse"]


@pytest.mark.parametrize("digest", ["of other data", None])
def test_newest_on_other_data_are_the_parents_where_there_are_no_others(
    digest: str | None,
) -> None:
    """Metrics on other rows tell nothing of which is better."""
    jobs = [(job(f"j{n}", n / 10), digest) for n in range(7)]
    made = started(account(*jobs))
    assert made["Parents"] == ["j0", "j1", "j2", "j3", "j4"]
    assert made["WarmStartType"] == "TransferLearning"


def test_another_image_is_another_algorithm_on_the_same_data_too() -> None:
    other = job("other")
    specification = other["TrainingJobDefinition"]["AlgorithmSpecification"]
    specification["TrainingImage"] = "1.dkr.ecr.eu-central-1.amazonaws.com/mine:1"
    assert started(account((other, SAME)))["WarmStartType"] == "TransferLearning"


LEFT_OUT = {
    "deleted": (None, "There is no tuning job it any more."),
    "failed": (job("it", HyperParameterTuningJobStatus="Failed"), "is Failed"),
    "several definitions": (job("it", TrainingJobDefinitions=[]), "several"),
    "without a metric": (job("it", None), "Tuning job it has no training job with a metric."),
    "too large": (
        job("it", TrainingJobStatusCounters={"Completed": 740}),
        "there would be 760 training jobs",
    ),
    "another search": (
        job(
            "it",
            TrainingJobDefinition=plan({"Freeze": {"max_bin": "9"}})["TuningJob"][
                "TrainingJobDefinition"
            ],
        ),
        "only it has max_bin",
    ),
}


@pytest.mark.parametrize(("found", "words"), LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_what_does_not_fit_is_left_out_and_told(found: Job | None, words: str) -> None:
    data = account((found or job("it"), SAME), (job("fits"), "other"))
    if found is None:
        del data.tuning_jobs["it"]
    made = started(data)
    assert made["Parents"] in (["fits"], [])
    (reason,) = made["LeftOut"]
    assert words in reason


def test_when_nothing_fits_the_run_starts_cold() -> None:
    made = started(account((job("it", HyperParameterTuningJobStatus="Failed"), SAME)))
    assert made["Started"] == "Cold"
    assert made["Reason"] == "None of the earlier tuning jobs for the endpoint retune fits."
    assert "is Failed" in made["LeftOut"][0]


def test_tuning_jobs_of_other_endpoints_are_no_parents() -> None:
    assert started(account((job("it"), SAME), endpoint="retune-bank"))["Started"] == "Cold"
    data = account((job("it"), SAME), endpoint="retune-bank")
    assert started(data, Endpoint={"EndpointName": "retune-bank"})["Parents"] == ["it"]


CATEGORIES = {
    "Strategy": "Grid",
    "Algorithm": "linear-learner",
    "StaticHyperParameters": {"predictor_type": "binary_classifier"},
    "ParameterRanges": {"use_bias": {"Values": ["true", "false"]}},
    "ResourceLimits": {"MaxNumberOfTrainingJobs": 2, "MaxParallelTrainingJobs": 2},
}
DEFINITIONS = {"TrainingJobDefinitions": [{"DefinitionName": name} for name in ("one", "two")]}


@pytest.mark.parametrize("document", [CATEGORIES, DEFINITIONS])
def test_search_that_cannot_learn_is_not_refused(document: Job) -> None:
    made = started(account((job("it"), SAME)), **document)
    assert made["Started"] == "Cold"
    assert "learns nothing" in made["Reason"] or "no warm start" in made["Reason"]


CONTRADICTIONS = [
    ({"OnIncompatible": "Fail"}, "remove OnIncompatible"),
    ({"WarmStartType": "TransferLearning"}, "remove WarmStartType"),
    ({"LatestParents": 1}, "one of the two"),
    ({"ParentHyperParameterTuningJobs": "Automatic"}, "Auto"),
    ({"ParentHyperParameterTuningJobs": None, "LatestParents": 1}, "Give WarmStartType"),
]


@pytest.mark.parametrize(("fields", "words"), CONTRADICTIONS)
def test_contradictions_are_refused(fields: Job, words: str) -> None:
    with pytest.raises(InvalidInput, match=r"WarmStartConfig") as refused:
        plan({"WarmStartConfig": AUTO["WarmStartConfig"] | fields})
    assert words in str(refused.value)


def test_cold_start_may_be_named_too() -> None:
    config = AUTO["WarmStartConfig"] | {"OnIncompatible": "ColdStart"}
    assert plan({"WarmStartConfig": config})["WarmStart"]["Started"] == "Cold"
