"""Executions to report on: the lesson's search with as many trials as a test wants."""

from __future__ import annotations

import math
import os
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tuning.evaluation.decision import unproven
from tuning.report import page, page_files
from tuning.report.all_files import summary
from tuning.report.document import make_document
from tuning.report.run import CompletedRun, Run
from tuning.report.search import Search
from tuning.trials.trials import Trial, TuningJob, best_first
from tuning.variables.summary import Summary

from tests.tuning.plans import make_plan
from tests.tuning.recorded import IMAGE, RANGES, STARTED, trial_summary, tuning_job
from tests.tuning.variables import a_winner

PLAN = make_plan().to_document()

EXECUTION_ID = "arn:aws:states:eu-west-1:123456789012:execution:retune:monday"
UNPROVEN = unproven("There is no test channel.").to_document()


def lesson_trials(scored: int = 20, failed: int = 1, seed: int = 4) -> list[dict[str, Any]]:
    """A search that comes to prefer a small eta; the last trials fail."""
    random.seed(seed)
    summaries = []
    for number in range(1, scored + failed + 1):
        eta = math.exp(random.uniform(math.log(0.01), math.log(0.3)))
        depth, gamma = random.randint(3, 10), random.uniform(0, 5)
        value = 0.93 - 0.02 * abs(math.log(eta / 0.05)) - 0.004 * abs(depth - 6) - 0.002 * gamma
        start = STARTED + timedelta(seconds=45 * number)
        tuned = {"max_depth": str(depth), "eta": repr(eta), "gamma": repr(gamma)}
        members: dict[str, Any] = {
            "TunedHyperParameters": tuned,
            "TrainingStartTime": start,
            "TrainingEndTime": start + timedelta(seconds=40 + 9 * depth),
        }
        if number > scored:
            members["FailureReason"] = "AlgorithmError: label must be in [0,1] <for> regression"
        summaries.append(
            trial_summary(number, None if number > scored else round(value, 5), **members)
        )
    return summaries


def make_run(
    summaries: list[dict[str, Any]] | None = None,
    *,
    objective_type: str = "Maximize",
    ranges: dict[str, Any] = RANGES,
    retrained: bool = False,
) -> CompletedRun:
    """The run that deployed the best of the trials."""
    description = tuning_job("winner")
    config = description["HyperParameterTuningJobConfig"]
    config["HyperParameterTuningJobObjective"]["Type"] = objective_type
    config["ParameterRanges"] = ranges
    job = TuningJob.parse(description)
    trials = [Trial.parse(summary) for summary in summaries or lesson_trials()]
    search = Search.of(job, trials)
    best = best_first(trials, maximizes=job.maximizes)[0]
    return CompletedRun.parse(payload(best, objective_type, retrained=retrained), search)


def payload(best: Trial, objective_type: str, *, retrained: bool = False) -> dict[str, Any]:
    """What the state machine gives WriteReport."""
    return {
        "Plan": PLAN,
        "TuningJobName": "retune-260504-0a1b2c3d-00",
        "Winner": a_winner(
            training_job_name=best.name,
            tuned_hyper_parameters=dict(best.tuned_hyperparameters),
            type=objective_type,
            value=best.value,
        ).to_document(),
        "Model": {
            "TrainingJobName": "retune-retrained-00" if retrained else best.name,
            "TrainingImage": IMAGE,
            "ModelDataUrl": "s3://data-bucket/model.tar.gz",
        },
        "Predictions": {
            "Rows": [{"Actual": 1.0, "Predicted": 0.73052}, {"Actual": 0.0, "Predicted": 0.0713}]
        },
        "Outcome": "Deployed",
        "Verdict": UNPROVEN,
        "ExecutionId": EXECUTION_ID,
    }


def a_summary() -> Summary:
    """Of the run above."""
    return summary(make_run())


def page_without_script(run: Run, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the report says in words, and the data of its charts, without the script."""
    monkeypatch.setattr(page_files, "SCRIPT", Path(os.devnull))
    return rendered(run)


def rendered(run: Run) -> str:
    """The whole page."""
    return page.render(run, make_document(run)).decode()
