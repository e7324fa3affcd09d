"""Runs a tuning job: asks the search for hyperparameters and trains with them, in parallel.

The thread sleeps until a training job ends, a stop is asked for or MaxRuntimeInSeconds is over.
"""

from __future__ import annotations

import copy
import logging
import secrets
import threading
import time
from functools import partial

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.jobs.training_jobs import TrainingJobs
from local_sagemaker.sagemaker.tuning import early_stopping, hyperband
from local_sagemaker.sagemaker.tuning.completion import is_complete
from local_sagemaker.sagemaker.tuning.definition import Definition
from local_sagemaker.sagemaker.tuning.trial import Trial
from local_sagemaker.sagemaker.tuning.tuning_job import OBJECTIVE_METRIC, TuningJob, resource_config
from local_sagemaker.search.search import Search

# After this many training jobs without a success the tuning job starts no more of them.
MAX_ATTEMPTS_WITHOUT_SUCCESS = 5

_logger = logging.getLogger(__name__)


class Tuner:
    def __init__(
        self,
        job: TuningJob,
        training_jobs: TrainingJobs,
        searches: list[tuple[Definition, Search]],
    ) -> None:
        self._job = job
        self._training_jobs = training_jobs
        self._searches = searches
        self._limits: Document = job.config["ResourceLimits"]
        self._deadline = time.monotonic() + self._limits.get("MaxRuntimeInSeconds", float("inf"))
        self._changed = threading.Condition()
        self._stop_asked = False
        self._thread = threading.Thread(target=self._run, name=f"tune {job.name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._stop_asked = True
            self._changed.notify_all()

    def _run(self) -> None:
        try:
            with self._changed:
                self._tune()
        except Exception as defect:
            _logger.exception("Tuning job %s met a defect of local AWS", self._job.name)
            self._stop_running()
            reason = f"InternalServerError: {type(defect).__name__}: {defect}"
            self._job.set_status("Failed", reason=reason)

    def _tune(self) -> None:
        while not self._over():
            self._observe()
            if not (self._may_launch() and self._launch()):
                if not self._running():
                    break
                self._wait()
        stopped = self._is_stopped()
        if stopped:
            self._job.set_status("Stopping")
        if self._over():
            self._stop_running()
        while self._running():
            self._changed.wait()
        self._observe()
        self._conclude(stopped)

    def _conclude(self, stopped: bool) -> None:
        if stopped:
            self._job.set_status("Stopped")
        elif not self._job.objectives():
            self._job.set_status("Failed", reason=self._failure_reason())
        else:
            self._job.set_status("Completed")

    def _failure_reason(self) -> str:
        trials = self._job.trials
        if any(trial.job.status != "Failed" for trial in trials):
            return (
                f"No objective metrics found after running {len(trials)} training jobs. Please "
                "ensure that the algorithm is emitting the objective metric "
                f"'{self._job.definitions[0].metric}', which needs a validation channel."
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

    def _over(self) -> bool:
        """Whether running training jobs are to be stopped, rather than waited for."""
        criteria = self._job.config.get("TuningJobCompletionCriteria", {})
        return self._is_stopped() or is_complete(
            criteria, self._job.objectives(), maximize=self._job.definitions[0].maximize
        )

    def _is_stopped(self) -> bool:
        return self._stop_asked or time.monotonic() >= self._deadline

    def _running(self) -> list[Trial]:
        return [trial for trial in self._job.trials if not trial.ended]

    def _wait(self) -> None:
        left = self._deadline - time.monotonic()
        self._changed.wait(None if left == float("inf") else max(left, 0))

    def _stop_running(self) -> None:
        for trial in self._running():
            trial.job.stop()

    def _observe(self) -> None:
        """Tell the search what has ended since the last look."""
        for trial in self._job.trials:
            if trial.ended and not trial.observed:
                trial.observed = True
                search = next(s for d, s in self._searches if d is trial.definition)
                if trial.objective is None and trial.job.ended_from_outside:
                    search.forget(trial.number)
                else:
                    search.observe(trial.number, trial.objective)

    def _may_launch(self) -> bool:
        trials = self._job.trials
        running = len(self._running())
        ended = len(trials) - running
        hopeless = ended >= MAX_ATTEMPTS_WITHOUT_SUCCESS and not self._job.objectives()
        most = self._limits.get("MaxNumberOfTrainingJobs", float("inf"))
        free = running < self._limits["MaxParallelTrainingJobs"]
        return free and len(trials) < most and not hopeless

    def _launch(self) -> bool:
        """Start the next training job; false when the search has none to suggest."""
        number = len(self._job.trials) + 1
        for turn in range(len(self._searches)):
            definition, search = self._searches[(number - 1 + turn) % len(self._searches)]
            suggestion = search.suggest()
            if suggestion is not None:
                break
        else:
            return False
        request = _training_request(self._job, definition, number, suggestion.hyperparameters)
        algorithm = self._job.algorithm(definition)
        job = self._training_jobs.add(request, algorithm, tuning_arn=self._job.arn)
        trial = Trial(suggestion.number, definition, suggestion.hyperparameters, job)
        job.on_metric = partial(self._on_metric, trial)
        job.on_restart = trial.forget
        job.on_end = self._on_end
        self._job.add(trial)
        self._training_jobs.run(job)
        return True

    def _on_end(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def _on_metric(self, trial: Trial, name: str, value: float) -> None:
        if name != OBJECTIVE_METRIC:
            return
        trial.record(value)
        if not trial.job.algorithm.reports_every_epoch(trial.definition.metric):
            return
        if self._job.config["Strategy"] == "Hyperband":
            stop = self._ends_by_hyperband(trial)
        else:
            early = self._job.config.get("TrainingJobEarlyStoppingType") == "Auto"
            stop = early and self._ends_by_median(trial)
        if stop:
            trial.job.stop()

    def _ends_by_median(self, trial: Trial) -> bool:
        others = self._others(trial)
        previous = [other.averages for other in others if other.objective is not None]
        return early_stopping.should_stop(
            trial.values[-1],
            len(trial.values),
            previous,
            rounds=trial.job.algorithm.rounds({**trial.definition.static, **trial.tuned}),
            maximize=trial.definition.maximize,
        )

    def _ends_by_hyperband(self, trial: Trial) -> bool:
        sign = 1 if trial.definition.maximize else -1
        budget = hyperband.Budget.of(self._job.config, trial.definition.static)
        return hyperband.should_stop(
            [sign * value for value in trial.values],
            [[sign * value for value in other.values] for other in self._others(trial)],
            budget,
            bracket=hyperband.bracket_of(self._job.trials.index(trial) + 1, budget),
        )

    def _others(self, trial: Trial) -> list[Trial]:
        """The other trials of the same algorithm: their epochs can be compared."""
        return [
            other
            for other in self._job.trials
            if other is not trial and other.definition is trial.definition
        ]


def _training_request(
    job: TuningJob, definition: Definition, number: int, tuned: dict[str, str]
) -> Document:
    """CreateTrainingJob's request for one training job of the tuning job."""
    training = copy.deepcopy(definition.training)
    for member in ("DefinitionName", "TuningObjective", "HyperParameterRanges"):
        training.pop(member, None)
    static = training.pop("StaticHyperParameters")
    flexible = training.pop("HyperParameterTuningResourceConfig", None)
    if flexible is not None:
        training["ResourceConfig"] = resource_config(flexible)
    return {
        **training,
        "TrainingJobName": f"{job.name}-{number:03d}-{secrets.token_hex(4)}",
        "HyperParameters": {**static, **tuned},
        "Tags": job.tags,
    }
