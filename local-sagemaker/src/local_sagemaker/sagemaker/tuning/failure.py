"""Why a tuning job that has found no objective fails, in the service's words."""

from __future__ import annotations

from local_sagemaker.sagemaker.tuning.tuning_job import TuningJob

# After this many training jobs without a success the tuning job starts no more of them.
MAX_ATTEMPTS_WITHOUT_SUCCESS = 5


def failure_reason(job: TuningJob) -> str:
    """FailureReason of a tuning job whose training jobs have ended without an objective."""
    trials = job.trials
    if any(trial.job.status != "Failed" for trial in trials):
        return (
            f"No objective metrics found after running {len(trials)} training jobs. Please "
            "ensure that the algorithm is emitting the objective metric "
            f"'{job.definitions[0].metric}', which needs a validation channel."
        )
    attempts = (
        f"No training job succeeded after {MAX_ATTEMPTS_WITHOUT_SUCCESS} attempts."
        if len(trials) >= MAX_ATTEMPTS_WITHOUT_SUCCESS
        else "All training jobs failed."
    )
    return (
        f"{attempts} For additional details, please take a look at the training job failures "
        "by listing training jobs for the hyperparameter tuning job."
    )
