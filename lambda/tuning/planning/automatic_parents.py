"""ParentHyperParameterTuningJobs: Auto. The best of an endpoint's tuning jobs that fit.

Tuning jobs on the same data come first: their metrics can be compared with each other and with the
ones to come, so the best are taken. Where there are none, the newest on other data: their metrics
are of other rows, and the latest rows are the likest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tuning.execution_input.warm_start import MAX_PARENTS, WarmStartType
from tuning.planning.warm_start_rules import misfits, total_jobs_misfit
from tuning.request_types import TuningJobAnswer, TuningJobRequest
from tuning.variables.last_run import EndpointTuningJob

IDENTICAL: WarmStartType = "IdenticalDataAndAlgorithm"
TRANSFER: WarmStartType = "TransferLearning"


class TuningJobReader(Protocol):
    """Reads tuning jobs; the module tuning.aws.tuning_jobs is one."""

    def describe_tuning_job(self, name: str) -> TuningJobAnswer | None: ...


@dataclass(frozen=True)
class Choice:
    """The parents, best first, and a sentence for each tuning job that cannot be one."""

    parents: Sequence[TuningJobAnswer]
    type: WarmStartType
    left_out: Sequence[str]


def choose_parents(
    earlier: Sequence[EndpointTuningJob],
    request: TuningJobRequest,
    data: str | None,
    jobs: TuningJobReader,
) -> Choice:
    """Of the endpoint's `earlier` tuning jobs, newest first; `data` is the digest of today's."""
    left_out: list[str] = []
    fitting: dict[WarmStartType, list[TuningJobAnswer]] = {IDENTICAL: [], TRANSFER: []}
    for record in earlier:
        job = jobs.describe_tuning_job(record.name)
        reasons = [f"There is no tuning job {record.name} any more."]
        if job is not None:
            reasons = list(_reasons(request, job))
        if job is None or reasons:
            left_out.append(" ".join(reasons))
            continue
        same_data = data is not None and record.data == data
        identical = same_data and not any(misfits(request, job, IDENTICAL))
        fitting[IDENTICAL if identical else TRANSFER].append(job)
    best = sorted(fitting[IDENTICAL], key=_loss)
    chosen = _within_limits(request, best or fitting[TRANSFER], left_out)
    return Choice(chosen, IDENTICAL if best else TRANSFER, left_out)


def _reasons(request: TuningJobRequest, job: TuningJobAnswer) -> Iterator[str]:
    """Why it can be no parent, also when the data have changed."""
    yield from misfits(request, job, TRANSFER)
    if "FinalHyperParameterTuningJobObjectiveMetric" not in job.get("BestTrainingJob", {}):
        name = job["HyperParameterTuningJobName"]
        yield f"Tuning job {name} has no training job with a metric."


def _loss(job: TuningJobAnswer) -> float:
    """Less is better. Of jobs that are equally good, the newest stays first."""
    best: Any = job["BestTrainingJob"]
    config: Any = job["HyperParameterTuningJobConfig"]
    value = float(best["FinalHyperParameterTuningJobObjectiveMetric"]["Value"])
    maximizes = config["HyperParameterTuningJobObjective"]["Type"] == "Maximize"
    return -value if maximizes else value


def _within_limits(
    request: TuningJobRequest, ranked: Sequence[TuningJobAnswer], left_out: list[str]
) -> list[TuningJobAnswer]:
    chosen: list[TuningJobAnswer] = []
    for job in ranked:
        too_many = list(total_jobs_misfit(request, [*chosen, job]))
        if len(chosen) == MAX_PARENTS:
            break
        if too_many:
            left_out.append(f"Tuning job {job['HyperParameterTuningJobName']}: {too_many[0]}")
        else:
            chosen.append(job)
    return chosen
