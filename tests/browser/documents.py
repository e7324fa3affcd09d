"""report.json of tuning jobs of many kinds, in the types of tuning.report.document_types."""

from __future__ import annotations

import json
import math
import random
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from tuning.report.document_types import ReportDocument

Document = dict[str, Any]
Job = dict[str, Any]

BEGAN = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
NAME = "retune-260504-0a1b2c3d"
LANES = 3

ETA = {"Name": "eta", "Kind": "Continuous", "Min": 0.01, "Max": 0.3, "Scaling": "Logarithmic"}
DEPTH = {"Name": "max_depth", "Kind": "Integer", "Min": 3, "Max": 10, "Scaling": "Linear"}
GAMMA = {"Name": "gamma", "Kind": "Continuous", "Min": 0, "Max": 5, "Scaling": "Linear"}
DECAY = {
    "Name": "momentum",
    "Kind": "Continuous",
    "Min": 0.5,
    "Max": 0.9999,
    "Scaling": "ReverseLogarithmic",
}
BOOSTER = {"Name": "booster", "Kind": "Categorical", "Values": ["gbtree", "dart", "gblinear"]}
LESSON = [ETA, DEPTH, GAMMA]


def document(
    jobs: int = 20, ranges: list[dict[str, Any]] = LESSON, *, minimizes: bool = False
) -> Document:
    """A search by whose end the jobs lie near the best of its ranges; all of them completed."""
    made = _jobs(jobs, ranges, minimizes=minimizes)
    names = [searched["Name"] for searched in ranges]
    return finished(
        {
            "Version": 1,
            "Title": NAME,
            "Live": False,
            "Metric": {
                "Name": "validation:rmse" if minimizes else "validation:auc",
                "Type": "Minimize" if minimizes else "Maximize",
            },
            "TuningJobs": [tuning_job(NAME, jobs)],
            "Ranges": [
                {"Min": None, "Max": None, "Scaling": None, "Values": None} | r for r in ranges
            ],
            "Jobs": made,
            "Importance": _importance(names) if jobs > 4 else [],
            "ImportanceNote": None if jobs > 4 else "Fewer than 5 jobs have a score.",
            "Pair": names[:2] if len(names) > 1 else None,
            "Curves": {"Shown": min(jobs, 20), "LeftOut": max(jobs - 20, 0), "Unit": "round"},
        }
    )


def finished(report: Document) -> Document:
    """Ranks, best, baseline and noise, as they follow from the jobs' values."""
    sign = 1 if report["Metric"]["Type"] == "Minimize" else -1
    scored = [job for job in report["Jobs"] if job["Value"] is not None]
    scored.sort(key=lambda job: (sign * job["Value"], job["Number"]))
    for rank, job in enumerate(scored, 1):
        job["Rank"] = rank
    best = scored[0]["Name"] if scored else None
    middle = scored[len(scored) // 2] if scored else None
    baseline = middle and {
        "Label": "the median trial",
        "Value": middle["Value"],
        "Job": middle["Name"],
    }
    known = report | {"Best": best, "Deployed": best, "Baseline": baseline, "Noise": None}
    return cast(Document, json.loads(ReportDocument.model_validate(known).to_json()))


def tuning_job(name: str, jobs: int, strategy: str = "Bayesian", **members: Any) -> dict[str, Any]:
    return {
        "Name": name,
        "Status": "Completed",
        "Strategy": strategy,
        "Created": BEGAN.isoformat(),
        "Ended": (BEGAN + timedelta(hours=1)).isoformat(),
        "MaxJobs": jobs,
        "MaxParallel": LANES,
        "IsParent": False,
        "WhyItEnded": None,
    } | members


def failed(job: Job, reason: str = "AlgorithmError: label must be in [0,1]") -> None:
    """Makes the job one that failed."""
    job.update(Status="Failed", Value=None, Rank=None, Curve=None, FailureReason=reason)


def stopped_early(job: Job) -> None:
    """Makes the job one that early stopping ended halfway."""
    job.update(Status="Stopped", EarlyStopped=True)
    if job["Curve"]:
        points = job["Curve"]["Points"]
        job["Curve"]["Points"] = points[: len(points) // 2]


def _jobs(count: int, ranges: list[dict[str, Any]], *, minimizes: bool) -> list[Job]:
    chance = random.Random(count)
    free = [0.0] * LANES
    jobs = []
    for number in range(1, count + 1):
        places = {r["Name"]: _place(chance, number / max(count, 1)) for r in ranges}
        loss = sum((place - 0.6) ** 2 / (at + 1) for at, place in enumerate(places.values()))
        loss += chance.gauss(0, 0.005)
        value = round(0.2 + loss if minimizes else 0.93 - 0.2 * loss, 5)
        lane = min(range(LANES), key=free.__getitem__)
        seconds = chance.randint(30, 120)
        started = BEGAN + timedelta(seconds=free[lane])
        free[lane] += seconds + 15
        label = f"{number:03d}-{number * 7919 % 65536:04x}"
        jobs.append(
            {
                "Name": f"{NAME}-{label}",
                "Label": label,
                "TuningJob": NAME,
                "Definition": None,
                "Number": number,
                "Rank": None,
                "Status": "Completed",
                "EarlyStopped": False,
                "Value": value,
                "Created": started.isoformat(),
                "Started": started.isoformat(),
                "Ended": (started + timedelta(seconds=seconds)).isoformat(),
                "Seconds": seconds,
                "BillableSeconds": seconds,
                "HyperParameters": {r["Name"]: _tuned(r, places[r["Name"]]) for r in ranges},
                "FailureReason": None,
                "LogCommand": f"retune logs {NAME}-{label}",
                "LogUrl": None,
                "Curve": _curve(value, minimizes=minimizes) if number <= 20 else None,
            }
        )
    return jobs


def _place(chance: random.Random, share: float) -> float:
    """Where in its range, from 0 to 1: anywhere first, later near 0.6."""
    return min(max(0.6 * share + chance.random() * (1 - share) + chance.gauss(0, 0.05), 0), 1)


def _tuned(searched: dict[str, Any], place: float) -> str:
    if searched["Kind"] == "Categorical":
        return str(
            searched["Values"][
                min(int(place * len(searched["Values"])), len(searched["Values"]) - 1)
            ]
        )
    low, high = searched["Min"], searched["Max"]
    if searched["Scaling"] == "Logarithmic":
        value = math.exp(math.log(low) + place * (math.log(high) - math.log(low)))
    elif searched["Scaling"] == "ReverseLogarithmic":
        near, far = math.log1p(-low), math.log1p(-high)
        value = -math.expm1(near + place * (far - near))
    else:
        value = low + place * (high - low)
    return str(round(value)) if searched["Kind"] == "Integer" else repr(value)


def _curve(value: float, *, minimizes: bool, rounds: int = 30) -> dict[str, Any]:
    away = 0.3 if minimizes else -0.3
    points = [[step, round(value + away * math.exp(-step / 8), 5)] for step in range(1, rounds)]
    metric = "validation:rmse" if minimizes else "validation:auc"
    return {"Metric": metric, "Points": [*points, [rounds, value]]}


def _importance(names: list[str]) -> list[dict[str, Any]]:
    total = sum(1 / (at + 1) for at in range(len(names)))
    shares = [1 / (at + 1) / total for at in range(len(names))]
    return [
        {
            "Evaluator": evaluator,
            "Shares": [
                {
                    "Name": name,
                    "Share": share**power,
                    "Low": max(share**power - 0.08, 0),
                    "High": min(share**power + 0.08, 1),
                }
                for name, share in zip(names, shares, strict=True)
            ],
        }
        for evaluator, power in (("PED-ANOVA", 1), ("fANOVA", 1.2))
    ]
