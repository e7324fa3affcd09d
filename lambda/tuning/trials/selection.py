"""Which trial wins, and what to say when none does.

AMT names the winner itself, as BestTrainingJob. It names none when no training job ended with a
metric: the tuning job may be Stopped, but also Completed.
"""

from __future__ import annotations

from collections.abc import Sequence

from tuning.errors import NoUsableTrial, TuningStopped, TuningTimedOut
from tuning.request_types import TrainingJobAnswer
from tuning.trials.ending import ran_out_of_time
from tuning.trials.injected_hyperparameter import without_injected
from tuning.trials.trial_reasons import failure_reasons
from tuning.trials.trials import Trial, TuningJob, best_first
from tuning.variables.winner import Winner, WinnersTraining


def find_best(job: TuningJob, trials: Sequence[Trial]) -> str:
    """The name of the best training job.

    Raises, when there is none, with an account of the trials:
        TuningTimedOut: the tuning job's time was over before.
        TuningStopped: somebody stopped it before.
        NoUsableTrial: no training job ended with a metric.
    """
    if job.best_training_job is not None:
        return job.best_training_job
    story = _story(job, trials)
    if ran_out_of_time(job):
        raise TuningTimedOut(story)
    raise TuningStopped(story) if job.status == "Stopped" else NoUsableTrial(story)


def describe_winner(
    job: TuningJob, trials: Sequence[Trial], training_job: TrainingJobAnswer
) -> Winner:
    """What later states need of a trial with a metric; `training_job` describes it.

    Raises NoUsableTrial when it left no model, as a training job can that was stopped early.
    """
    name = training_job["TrainingJobName"]
    artefact = training_job.get("ModelArtifacts", {}).get("S3ModelArtifacts")
    if not artefact:
        raise NoUsableTrial(
            f"{name} has the best {job.metric_name} of {job.name}, but left no model: it ended "
            f"{training_job['TrainingJobStatus']}. Train without early stopping: "
            "TrainingJobEarlyStoppingType Off, and another Strategy than Hyperband. XGBoost keeps "
            "the model of a stopped job with StaticHyperParameters.save_model_on_termination true."
        )
    specification = training_job["AlgorithmSpecification"]
    trial = next(trial for trial in trials if trial.name == name)
    hyperparameters = without_injected(training_job["HyperParameters"])
    assert trial.value is not None, "only trials with a metric are among the best"
    return Winner(
        tuning_job_name=job.name,
        training_job_name=name,
        model_data_url=artefact,
        training_image=specification["TrainingImage"],
        training=WinnersTraining(
            algorithm_specification={
                "TrainingImage": specification["TrainingImage"],
                "TrainingInputMode": specification["TrainingInputMode"],
            },
            hyper_parameters=hyperparameters,
        ),
        hyper_parameters=hyperparameters,
        tuned_hyper_parameters=dict(trial.tuned_hyperparameters),
        metric_name=trial.metric_name or job.metric_name,
        type=job.objective_type,
        value=trial.value,
    )


def find_candidates(job: TuningJob, trials: Sequence[Trial], top_k: int) -> list[str]:
    """Names of the best training jobs that may have left a model, AMT's own best first."""
    best = find_best(job, trials)
    scored = [
        trial.name
        for trial in best_first(trials, maximizes=job.maximizes)
        if trial.value is not None
    ]
    return [best, *(name for name in scored if name != best)][:top_k]


def _story(job: TuningJob, trials: Sequence[Trial]) -> str:
    completed = sum(trial.status == "Completed" for trial in trials)
    failed = sum(trial.status == "Failed" for trial in trials)
    lines = [
        f"Tuning job {job.name} is {job.status} without a best training job: of {len(trials)} "
        f"training jobs {completed} completed, {failed} failed, "
        f"{len(trials) - completed - failed} were stopped."
    ]
    if job.failure_reason:
        lines.append(f"SageMaker's reason: {job.failure_reason}")
    if completed:
        lines.append(
            f"None reported the metric {job.metric_name}. An objective metric must be one that "
            "the algorithm prints for its objective and the channel it is measured on."
        )
    reasons = failure_reasons(trials)
    return "\n".join([*lines, reasons] if reasons else lines)
