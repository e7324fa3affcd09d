"""What an acceptance run costs: at most, before it begins, and by its billable seconds after it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from tuning.aws.price_list_api import PriceListApi
from tuning.own_names import is_own_name
from tuning.prices.offer import Usage
from tuning.prices.price_list import ask_missing, price
from tuning.variables.cost import Cost, total

from retune.acceptance.scenario import Bound
from retune.aws import Aws, is_local

Hours = tuple[Usage, str, float]
_PAGES = {
    "list_training_jobs": ("TrainingJobSummaries", "TrainingJobName"),
    "list_transform_jobs": ("TransformJobSummaries", "TransformJobName"),
    "list_processing_jobs": ("ProcessingJobSummaries", "ProcessingJobName"),
}


def cost_of(region: str, hours: Iterable[Hours]) -> Cost:
    """By the dated price table, or AWS's Price List API where the table has no price."""
    used = [each for each in hours if each[2] > 0]
    ask = (lambda *_: None) if is_local() else PriceListApi().hour
    told = {
        usage: ask_missing(region, usage, {kind for one, kind, _ in used if one == usage}, ask)
        for usage in {one for one, _, _ in used}
    }
    return total(price(region, usage, kind, time, told[usage]) for usage, kind, time in used)


def at_most(bounds: Iterable[Bound]) -> list[Hours]:
    """The hours that scenarios can use."""
    return [(bound.usage, bound.instance_type, bound.hours) for bound in bounds]


def billed(aws: Aws, prefix: str) -> dict[str, Hours]:
    """Instance hours of the jobs and endpoints with the prefix, by what used them.

    BillableTimeInSeconds of training jobs; from start to end of the others, and of an endpoint
    from its creation until now, with the instances that it has now.
    """
    sagemaker = aws.client("sagemaker")
    found: dict[str, Hours] = {}
    for operation, (key, name) in _PAGES.items():
        for page in sagemaker.get_paginator(operation).paginate(NameContains=f"{prefix}-"):
            for job in page[key]:
                if is_own_name(prefix, job[name]):
                    found[job[name]] = _job_hours(sagemaker, operation, name, job[name])
    for page in sagemaker.get_paginator("list_endpoints").paginate(NameContains=prefix):
        for endpoint in page["Endpoints"]:
            if is_own_name(prefix, endpoint["EndpointName"]):
                found.update(_endpoint_hours(sagemaker, endpoint))
    return found


def _job_hours(sagemaker: Any, operation: str, key: str, name: str) -> Hours:
    describe = operation.replace("list", "describe").removesuffix("s")
    job = getattr(sagemaker, describe)(**{key: name})
    if key == "TrainingJobName":
        machines = job["ResourceConfig"]
        seconds = job.get("BillableTimeInSeconds", 0)
    else:
        machines = job.get("TransformResources") or job["ProcessingResources"]["ClusterConfig"]
        start, end = _time(job, "StartTime"), _time(job, "EndTime")
        seconds = (end - start).total_seconds() if start and end else 0
    hours = seconds * machines["InstanceCount"] / 3600
    return "Training", machines["InstanceType"], hours


def _time(job: dict[str, Any], suffix: str) -> datetime | None:
    kind = "Transform" if "TransformResources" in job else "Processing"
    found: datetime | None = job.get(f"{kind}{suffix}")
    return found


def _endpoint_hours(sagemaker: Any, endpoint: dict[str, Any]) -> dict[str, Hours]:
    name = endpoint["EndpointName"]
    described = sagemaker.describe_endpoint(EndpointName=name)
    config = sagemaker.describe_endpoint_config(EndpointConfigName=described["EndpointConfigName"])
    lived = (datetime.now(UTC) - endpoint["CreationTime"]).total_seconds() / 3600
    counts = {
        each["VariantName"]: each.get("CurrentInstanceCount", 1)
        for each in described.get("ProductionVariants", ())
    }
    return {
        f"{name}/{variant['VariantName']}": (
            "Hosting",
            variant["InstanceType"],
            lived * counts.get(variant["VariantName"], 1),
        )
        for variant in config["ProductionVariants"]
        if "InstanceType" in variant
    }
