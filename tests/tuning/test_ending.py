"""Why a tuning job ended, told from its description."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tuning.trials.ending import why_it_ended

from tests.tuning.recorded import STARTED, trial_summary
from tests.tuning.searches import described

FEW = {"Completed": 7, "RetryableError": 0, "NonRetryableError": 1, "Stopped": 0}
LIMITS = {"MaxNumberOfTrainingJobs": 20, "MaxParallelTrainingJobs": 2, "MaxRuntimeInSeconds": 600}
ENDINGS: dict[str, tuple[dict[str, Any], str]] = {
    "budget": ({}, "Its budget of 20 training jobs was used up."),
    "convergence": (
        {
            "TrainingJobStatusCounters": FEW,
            "TuningJobCompletionDetails": {"ConvergenceDetectedTime": STARTED},
        },
        "SageMaker found that it had converged, after 8 of 20 training jobs.",
    ),
    "target": (
        {
            "TrainingJobStatusCounters": FEW,
            "BestTrainingJob": trial_summary(1, 0.95),
            "config": {"TuningJobCompletionCriteria": {"TargetObjectiveMetricValue": 0.9}},
        },
        "It had reached the target: validation:auc 0.9, after 8 of 20 training jobs.",
    ),
    "no improvement": (
        {
            "TrainingJobStatusCounters": FEW,
            "TuningJobCompletionDetails": {"NumberOfTrainingJobsObjectiveNotImproving": 5},
            "config": {
                "TuningJobCompletionCriteria": {
                    "BestObjectiveNotImproving": {"MaxNumberOfTrainingJobsNotImproving": 5}
                }
            },
        },
        "5 training jobs in a row had not improved the best, after 8 of 20 training jobs.",
    ),
    "nothing more": (
        {"TrainingJobStatusCounters": FEW},
        "It had nothing more to try, after 8 of 20 training jobs.",
    ),
    "stopped": (
        {"TrainingJobStatusCounters": FEW, "HyperParameterTuningJobStatus": "Stopped"},
        "Somebody stopped it after 8 of 20 training jobs.",
    ),
    "time": (
        {
            "TrainingJobStatusCounters": {**FEW, "Stopped": 2},
            "HyperParameterTuningEndTime": STARTED + timedelta(seconds=610),
            "config": {"ResourceLimits": LIMITS},
        },
        "Its time was over: MaxRuntimeInSeconds is 600. It had started 10 of 20 training jobs.",
    ),
    "failed": (
        {
            "TrainingJobStatusCounters": FEW,
            "HyperParameterTuningJobStatus": "Failed",
            "FailureReason": "No training job succeeded after 5 attempts.",
        },
        "SageMaker ended it as Failed after 8 of 20 training jobs: "
        "No training job succeeded after 5 attempts.",
    ),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_why_a_tuning_job_ended(ending: str) -> None:
    members, sentence = ENDINGS[ending]
    assert why_it_ended(described(**members)) == sentence


def test_one_that_goes_on_has_not_ended() -> None:
    assert why_it_ended(described(HyperParameterTuningJobStatus="InProgress")) is None
