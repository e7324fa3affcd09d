"""How far an execution is: the numbers, and their words. Drawing them is live_view's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate

from tuning.report.formats import duration, hyperparameter, metric
from tuning.trials.trials import Trial, TuningJob

from retune.aws import Aws
from retune.executions.execution import Execution, describe_execution, trace_execution
from retune.trials.tuning_jobs import read_trials, read_tuning_job


@dataclass(frozen=True)
class TuningProgress:
    """The trials of the tuning job, counted; `best` is the best so far.

    `trials` are in the order of their creation.
    """

    job: TuningJob
    best: Trial | None
    trials: Sequence[Trial] = ()

    @property
    def asked(self) -> int | None:
        """How many trials there may be; Grid search leaves it to the search space."""
        asked: int | None = self.job.config["ResourceLimits"].get("MaxNumberOfTrainingJobs")
        return asked

    @property
    def running(self) -> int:
        return self.job.counters["InProgress"]

    @property
    def failed(self) -> int:
        return self.job.failed

    @property
    def done(self) -> int:
        return self.job.counters["Completed"] + self.job.counters["Stopped"] + self.failed

    def best_so_far(self) -> list[float]:
        """After each trial that has a value, the best value until then."""
        better = max if self.job.maximizes else min
        values = (trial.value for trial in self.trials if trial.value is not None)
        return list(accumulate(values, better))

    def seconds_left(self, now: datetime) -> float | None:
        """At the pace so far; None before the first trial has ended, and after the last."""
        if self.asked is None or not self.done or self.job.ended:
            return None
        pace = (now - self.job.created).total_seconds() / self.done
        return pace * (self.asked - self.done)


@dataclass(frozen=True)
class Progress:
    """One look at an execution; `tuning` is None until there is a tuning job."""

    execution: Execution
    state: str
    tuning: TuningProgress | None

    def seconds(self, now: datetime) -> float:
        """Since the start, until now or the end."""
        return ((self.execution.stopped or now) - self.execution.started).total_seconds()


class ProgressReader:
    """Looks at an execution again and again; trials are listed anew when something has changed."""

    def __init__(self, aws: Aws, arn: str) -> None:
        self._aws, self._arn = aws, arn
        self._counted: tuple[str, Mapping[str, int]] | None = None
        self._trials: list[Trial] = []

    def read(self) -> Progress:
        execution = describe_execution(self._aws, self._arn)
        trace = trace_execution(self._aws, self._arn)
        return Progress(execution, trace.state, self._tuning(trace.tuning_job_name))

    def _tuning(self, name: str | None) -> TuningProgress | None:
        found = read_tuning_job(self._aws, name) if name else None
        if found is None:
            return None
        job, best = found
        counted = (job.name, job.counters)
        if counted != self._counted:
            trials = read_trials(self._aws, job)
            self._trials = sorted(trials, key=lambda trial: (trial.created, trial.name))
            self._counted = counted
        return TuningProgress(job, best, self._trials)


def trials_text(tuning: TuningProgress, now: datetime | None = None) -> str:
    """`12 of 20 training jobs done, 3 running, about 25 s left`; time only when given."""
    asked = f" of {tuning.asked}" if tuning.asked else ""
    parts = [f"{tuning.done}{asked} training jobs done"]
    parts += [f"{tuning.running} running"] if tuning.running else []
    parts += [f"{tuning.failed} failed"] if tuning.failed else []
    left = tuning.seconds_left(now) if now else None
    return ", ".join(parts + ([f"about {duration(left)} left"] if left else []))


def best_text(tuning: TuningProgress) -> str:
    """`best validation:auc 0.79312 (eta 0.08, gamma 1.2, max_depth 5)`, or nothing yet."""
    if tuning.best is None:
        return ""
    tuned = ", ".join(
        f"{name} {hyperparameter(value)}"
        for name, value in sorted(tuning.best.tuned_hyperparameters.items())
    )
    return f"best {tuning.job.metric_name} {metric(tuning.best.value)} ({tuned})"


def now() -> datetime:
    return datetime.now(UTC)
