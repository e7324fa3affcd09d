"""How far an execution is: the numbers, and their words. Drawing them is live_view's."""

from dataclasses import dataclass
from datetime import UTC, datetime

from tuning.report.formats import duration, hyperparameter, metric
from tuning.trials.trials import Trial, TuningJob

from retune.aws import Aws
from retune.executions import Execution, describe_execution, trace_execution
from retune.tuning_jobs import read_tuning_job


@dataclass(frozen=True)
class TuningProgress:
    """The trials of the tuning job, counted; `best` is the best so far."""

    job: TuningJob
    best: Trial | None

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


def read_progress(aws: Aws, arn: str) -> Progress:
    execution, trace = describe_execution(aws, arn), trace_execution(aws, arn)
    found = read_tuning_job(aws, trace.tuning_job_name) if trace.tuning_job_name else None
    return Progress(execution, trace.state, TuningProgress(*found) if found else None)


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
