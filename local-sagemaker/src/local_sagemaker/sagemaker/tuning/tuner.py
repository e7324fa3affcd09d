"""Runs a tuning job: asks the search for hyperparameters and trains with them, in parallel.

The thread sleeps until a training job ends, a stop is asked for or MaxRuntimeInSeconds is over.
"""

from __future__ import annotations

import logging
import threading
import time
from functools import partial

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.jobs.training_jobs import TrainingJobs
from local_sagemaker.sagemaker.tuning.completion import is_complete
from local_sagemaker.sagemaker.tuning.definition import Definition
from local_sagemaker.sagemaker.tuning.early_end import ends_early
from local_sagemaker.sagemaker.tuning.failure import MAX_ATTEMPTS_WITHOUT_SUCCESS, failure_reason
from local_sagemaker.sagemaker.tuning.training_request import training_request
from local_sagemaker.sagemaker.tuning.trial import Trial
from local_sagemaker.sagemaker.tuning.tuning_job import OBJECTIVE_METRIC, TuningJob
from local_sagemaker.search.search import Search

_logger = logging.getLogger(__name__)


class Tuner:
    """Runs one tuning job in a thread of its own; `searches` has a search for each definition."""

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
            self._job.set_status("Failed", reason=failure_reason(self._job))
        else:
            self._job.set_status("Completed")

    def _over(self) -> bool:
        """Whether running training jobs are to be stopped, rather than waited for."""
        if self._is_stopped():
            return True
        criteria = self._job.config.get("TuningJobCompletionCriteria", {})
        if not criteria:
            return False
        maximize = self._job.definitions[0].maximize
        return is_complete(criteria, self._job.objectives(), maximize=maximize)

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
        most = self._limits.get("MaxNumberOfTrainingJobs", float("inf"))
        free = running < self._limits["MaxParallelTrainingJobs"]
        if not free or len(trials) >= most:
            return False
        return ended < MAX_ATTEMPTS_WITHOUT_SUCCESS or self._job.has_objective()

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
        request = training_request(
            definition, f"{self._job.name}-{number:03d}", suggestion.hyperparameters, self._job.tags
        )
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
        if name == OBJECTIVE_METRIC:
            trial.record(value)
            if ends_early(self._job, trial):
                trial.job.stop()
