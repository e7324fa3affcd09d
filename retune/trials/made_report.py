"""A report of any tuning jobs of the account, also of those that Retune did not start."""

from __future__ import annotations

from collections.abc import Sequence

from tuning.aws.training_logs import read_curves
from tuning.report.all_files import ReportFile, report_files
from tuning.report.run import Run
from tuning.report.search import Search, SearchPart
from tuning.trials.trials import TuningJob

from retune.aws import Aws, is_local
from retune.errors import InputError
from retune.output.terminal import write
from retune.trials.tuning_jobs import read_trials, read_tuning_job


def make_report(aws: Aws, jobs: Sequence[TuningJob]) -> list[ReportFile]:
    """The files, with the warm-start parents of the tuning jobs, as far as they are there.

    Raises:
        InputError: the tuning jobs improve different metrics.
    """
    check_comparable(jobs)
    parts = [_part(aws, job) for job in jobs]
    run = Run(search=Search((*parts, *_parents(aws, jobs))), in_aws=not is_local())
    return report_files(run, read_curves(run, aws.client("logs")))


def _part(aws: Aws, job: TuningJob, *, is_parent: bool = False) -> SearchPart:
    return SearchPart(job, tuple(read_trials(aws, job)), is_parent=is_parent)


def _parents(aws: Aws, jobs: Sequence[TuningJob]) -> list[SearchPart]:
    """SageMaker asks of them the same objective; one that is gone is told of."""
    known, found = {job.name for job in jobs}, []
    for name in dict.fromkeys(name for job in jobs for name in job.parents):
        answer = read_tuning_job(aws, name) if name not in known else None
        if answer is not None:
            found.append(_part(aws, answer[0], is_parent=True))
        elif name not in known:
            write(f"The parent {name} is left out: SageMaker does not know it any more.", err=True)
    return found


def check_comparable(jobs: Sequence[TuningJob]) -> None:
    """InputError when they do not improve the same metric in the same direction."""
    first, *others = jobs
    for job in others:
        if (job.metric_name, job.objective_type) != (first.metric_name, first.objective_type):
            raise InputError(
                f"NAME: {job.name} has the objective {job.objective_type} {job.metric_name}, "
                f"{first.name} {first.objective_type} {first.metric_name}. One report compares "
                "tuning jobs of the same objective: ask for one report each."
            )
