"""Tuning jobs of one objective with their training jobs: what a report can tell of any of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from tuning.report.search_space import Range, fitting, merge_ranges, parse_ranges
from tuning.trials.trials import Trial, TuningJob, best_first


@dataclass(frozen=True)
class SearchPart:
    """A tuning job and its trials; `is_parent` of one that another began with."""

    job: TuningJob
    trials: tuple[Trial, ...]
    is_parent: bool = False


@dataclass(frozen=True)
class Search:
    """Tuning jobs, the one that the report is about first; all improve the same metric."""

    parts: tuple[SearchPart, ...]

    @classmethod
    def of(cls, job: TuningJob, trials: Iterable[Trial]) -> Self:
        """Of one tuning job."""
        return cls((SearchPart(job, tuple(trials)),))

    @property
    def job(self) -> TuningJob:
        return self.parts[0].job

    @property
    def jobs(self) -> list[TuningJob]:
        return [part.job for part in self.parts]

    @cached_property
    def trials(self) -> tuple[Trial, ...]:
        """Of all tuning jobs, best first."""
        found = (trial for part in self.parts for trial in part.trials)
        return tuple(best_first(found, maximizes=self.maximizes))

    @cached_property
    def scored(self) -> tuple[Trial, ...]:
        """Those with a metric, best first."""
        return tuple(trial for trial in self.trials if trial.value is not None)

    @cached_property
    def ranges(self) -> dict[str, Range]:
        """By the hyperparameter's name; a range of several tuning jobs includes that of each."""
        merged = merge_ranges(parse_ranges(job.config) for job in self.jobs)
        tuned = [trial.tuned_hyperparameters for trial in self.trials]
        return {
            name: fitting(searched, (each[name] for each in tuned if name in each))
            for name, searched in merged.items()
        }

    @cached_property
    def owners(self) -> dict[str, TuningJob]:
        """The tuning job of each training job, by the latter's name."""
        return {trial.name: part.job for part in self.parts for trial in part.trials}

    @property
    def metric_name(self) -> str:
        return self.job.metric_name

    @property
    def maximizes(self) -> bool:
        return self.job.maximizes

    @property
    def title(self) -> str:
        """The tuning job's name, or how many there are."""
        own = [part.job for part in self.parts if not part.is_parent]
        return own[0].name if len(own) == 1 else f"{len(own)} tuning jobs"

    @property
    def best(self) -> Trial | None:
        """The best training job: SageMaker's own choice of one tuning job, or the best of all."""
        if len(self.parts) == 1 and self.job.best_training_job is not None:
            named = self.job.best_training_job
            return next((trial for trial in self.trials if trial.name == named), None)
        return self.scored[0] if self.scored else None

    def label(self, trial: Trial) -> str:
        """A trial's name begins with its tuning job's, which need not be said again."""
        return trial.name.removeprefix(f"{self.owners[trial.name].name}-")

    def in_order(self) -> Sequence[Trial]:
        """All trials in the order of their creation."""
        return sorted(self.trials, key=lambda trial: trial.created)
