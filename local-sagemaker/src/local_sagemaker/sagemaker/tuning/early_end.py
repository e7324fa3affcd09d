"""Whether a training job is stopped before its last epoch: by Hyperband or by the median rule."""

from __future__ import annotations

from local_sagemaker.sagemaker.tuning import early_stopping, hyperband
from local_sagemaker.sagemaker.tuning.trial import Trial
from local_sagemaker.sagemaker.tuning.tuning_job import TuningJob


def ends_early(job: TuningJob, trial: Trial) -> bool:
    """What the objective of the last epoch says of the trial, beside the others of the job."""
    if not trial.job.algorithm.reports_every_epoch(trial.definition.metric):
        return False
    if job.config["Strategy"] == "Hyperband":
        return _ends_by_hyperband(job, trial)
    early = job.config.get("TrainingJobEarlyStoppingType") == "Auto"
    return early and _ends_by_median(job, trial)


def _ends_by_median(job: TuningJob, trial: Trial) -> bool:
    others = _others(job, trial)
    previous = [other.averages for other in others if other.objective is not None]
    return early_stopping.should_stop(
        trial.values[-1],
        len(trial.values),
        previous,
        rounds=trial.job.algorithm.rounds({**trial.definition.static, **trial.tuned}),
        maximize=trial.definition.maximize,
    )


def _ends_by_hyperband(job: TuningJob, trial: Trial) -> bool:
    sign = 1 if trial.definition.maximize else -1
    budget = hyperband.Budget.of(job.config, trial.definition.static)
    return hyperband.should_stop(
        [sign * value for value in trial.values],
        [[sign * value for value in other.values] for other in _others(job, trial)],
        budget,
        bracket=hyperband.bracket_of(job.trials.index(trial) + 1, budget),
    )


def _others(job: TuningJob, trial: Trial) -> list[Trial]:
    """The other trials of the same algorithm: their epochs can be compared."""
    return [
        other for other in job.trials if other is not trial and other.definition is trial.definition
    ]
