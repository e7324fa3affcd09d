"""What training and processing jobs have cost, from what SageMaker says of their times."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from tuning.prices.price_list import price
from tuning.variables.cost import Cost, total
from tuning.variables.month_costs import MonthCosts

_ENDED = ("Completed", "Failed", "Stopped")


def billable_seconds(jobs: Iterable[Mapping[str, Any]]) -> dict[str, int] | None:
    """Of answers of DescribeTrainingJob, by instance type; None when one is not known yet.

    BillableTimeInSeconds leaves out what managed spot training saves, and counts one instance.
    """
    seconds: Counter[str] = Counter()
    for job in jobs:
        billed = job.get("BillableTimeInSeconds")
        if job["TrainingJobStatus"] not in _ENDED or (billed is None and _has_trained(job)):
            return None
        machines = job["ResourceConfig"]
        seconds[machines["InstanceType"]] += (billed or 0) * machines["InstanceCount"]
    return dict(sorted(seconds.items()))


def seconds_by_job(jobs: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Of those answers of DescribeTrainingJob that tell it: of all instances of a job together."""
    return {
        job["TrainingJobName"]: job["BillableTimeInSeconds"]
        * job["ResourceConfig"]["InstanceCount"]
        for job in jobs
        if "BillableTimeInSeconds" in job
    }


def processing_seconds(jobs: Iterable[Mapping[str, Any]]) -> dict[str, int] | None:
    """Of answers of DescribeProcessingJob, by instance type; None when one goes on.

    SageMaker tells no BillableTimeInSeconds of them: it is the time from start to end, rounded up.
    """
    seconds: Counter[str] = Counter()
    for job in jobs:
        if job["ProcessingJobStatus"] not in _ENDED:
            return None
        cluster = job["ProcessingResources"]["ClusterConfig"]
        if "ProcessingStartTime" in job:
            lasted = job["ProcessingEndTime"] - job["ProcessingStartTime"]
            count = cluster["InstanceCount"]
            seconds[cluster["InstanceType"]] += math.ceil(lasted.total_seconds()) * count
    return dict(sorted(seconds.items()))


def _has_trained(job: Mapping[str, Any]) -> bool:
    return "TrainingStartTime" in job


def cost_of(
    region: str, seconds: Mapping[str, int], told: Mapping[str, Cost] | None = None
) -> Cost:
    """Of billable seconds by instance type, on demand; `told` are hours that the table lacks."""
    hours = {kind: count / 3600 for kind, count in seconds.items() if count}
    return total(price(region, "Training", kind, hours[kind], told) for kind in hours)


def month_cost(region: str, month: MonthCosts, told: Mapping[str, Cost] | None = None) -> Cost:
    """Of all runs; one that is not through counts with its bound.

    What one run was told of an instance type counts for all of them, the latest that was told.
    """
    known = {**month.training_instance_hour, **(told or {})}
    return total(
        run.bound if run.billable_seconds is None else cost_of(region, run.billable_seconds, known)
        for run in month.runs.values()
    )
