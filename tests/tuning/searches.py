"""Tuning jobs of every kind, also those that found nothing, as their reports are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tuning.report.run import CompletedRun, Run
from tuning.report.search import Search, SearchPart
from tuning.trials.trials import Trial, TuningJob

from tests.tuning.recorded import RANGES, tuning_job
from tests.tuning.report_runs import EXECUTION_ID, lesson_trials, make_run

ONLY_CATEGORICAL: dict[str, Any] = {
    "IntegerParameterRanges": [],
    "ContinuousParameterRanges": [],
    "CategoricalParameterRanges": [
        {"Name": "booster", "Values": ["gbtree", "dart"]},
        {"Name": "tree_method", "Values": ["hist", "exact", "approx"]},
    ],
}
REVERSED: dict[str, Any] = {
    **RANGES,
    "ContinuousParameterRanges": [
        {
            "Name": "subsample",
            "MinValue": "0.5",
            "MaxValue": "0.99",
            "ScalingType": "ReverseLogarithmic",
        },
        {"Name": "eta", "MinValue": "1e-5", "MaxValue": "0.3", "ScalingType": "Logarithmic"},
    ],
}


def search_of(summaries: list[dict[str, Any]], **members: Any) -> Search:
    """Of a tuning job with these training jobs; members are those of its description."""
    return Search.of(described(**members), [Trial.parse(each) for each in summaries])


def described(ranges: dict[str, Any] = RANGES, **members: Any) -> TuningJob:
    """A tuning job; `config` are members of its HyperParameterTuningJobConfig."""
    config, best = members.pop("config", {}), members.pop("best", None)
    description = tuning_job(best, **members)
    description["HyperParameterTuningJobConfig"] |= {**config, "ParameterRanges": ranges}
    return TuningJob.parse(description)


def failed_run(search: Search) -> Run:
    """Of an execution that ended without a model."""
    return Run(
        search=search,
        execution_id=EXECUTION_ID,
        outcome="NoTrialSucceeded",
        reason="RunTuning: no training job succeeded.\nWhat to do: mend the data.",
    )


def _categorical() -> Run:
    summaries = lesson_trials(scored=12, failed=0)
    for number, summary in enumerate(summaries):
        booster, method = ["gbtree", "dart"][number % 2], ["hist", "exact", "approx"][number % 3]
        summary["TunedHyperParameters"] = {"booster": booster, "tree_method": method}
    return Run(search=search_of(summaries, ranges=ONLY_CATEGORICAL))


def _log_scaled() -> Run:
    summaries = lesson_trials()
    for number, summary in enumerate(summaries, start=1):
        summary["TunedHyperParameters"] |= {"subsample": str(0.99 - 0.4 / number)}
    return Run(search=search_of(summaries, ranges=REVERSED))


def _hyperband() -> Run:
    summaries = lesson_trials(scored=20, failed=0)
    for summary in summaries[::2]:
        summary["TrainingJobStatus"] = "Stopped"
    config = {"Strategy": "Hyperband"}
    return Run(search=search_of(summaries, config=config))


def _without_metric() -> Run:
    summaries = lesson_trials(scored=0, failed=3)
    for summary in summaries:
        summary |= {"TrainingJobStatus": "Completed", "ObjectiveStatus": "Failed"}
        del summary["FailureReason"]
    return failed_run(search_of(summaries))


def _stopped() -> Run:
    summaries = lesson_trials(scored=2, failed=1)
    summaries[-1] |= {"TrainingJobStatus": "Stopped"}
    del summaries[-1]["FailureReason"]
    counters = {"Completed": 2, "Stopped": 1}
    return failed_run(
        search_of(
            summaries, HyperParameterTuningJobStatus="Stopped", TrainingJobStatusCounters=counters
        )
    )


def _warm_started() -> Run:
    child = replace(described(), name="child")
    parent = replace(described(), name="parent")
    summaries = [Trial.parse(each) for each in lesson_trials(scored=12, failed=1)]
    parts = (
        SearchPart(child, tuple(summaries[:8])),
        SearchPart(parent, tuple(summaries[8:]), is_parent=True),
    )
    return Run(search=Search(parts))


def _several_definitions() -> Run:
    summaries = lesson_trials(scored=14, failed=0)
    for number, summary in enumerate(summaries):
        summary["TrainingJobDefinitionName"] = ["shallow", "deep"][number % 2]
        if number % 2:
            del summary["TunedHyperParameters"]["gamma"]
    return Run(search=search_of(summaries))


def _running() -> Run:
    summaries = lesson_trials(scored=3, failed=1)
    summaries[-1] |= {"TrainingJobStatus": "InProgress"}
    for member in ("TrainingEndTime", "FailureReason", "ObjectiveStatus"):
        del summaries[-1][member]
    job = described(HyperParameterTuningJobStatus="InProgress")
    trials = tuple(Trial.parse(each) for each in summaries)
    return Run(search=Search((SearchPart(replace(job, ended=None), trials),)))


def _completed() -> CompletedRun:
    return make_run()


KINDS: dict[str, Callable[[], Run]] = {
    "completed": _completed,
    "no training job": lambda: failed_run(search_of([])),
    "one training job": lambda: Run(search=search_of(lesson_trials(scored=1, failed=0))),
    "failed only": lambda: failed_run(search_of(lesson_trials(scored=0, failed=5))),
    "no metric": _without_metric,
    "stopped": _stopped,
    "running": _running,
    "categorical only": _categorical,
    "log scaled": _log_scaled,
    "Hyperband": _hyperband,
    "warm started": _warm_started,
    "several definitions": _several_definitions,
}
