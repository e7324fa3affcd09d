"""The event of PlanTuning, and data for it to find."""

from __future__ import annotations

from tuning.deployed_settings import DeployedSettings

from tests.tuning.account import Account
from tests.tuning.plans import EXECUTION

EVENT = {
    "Input": {},
    "Settings": DeployedSettings({"ResourceLimits": {"MaxNumberOfTrainingJobs": 7}}).to_text(),
    "ExecutionId": EXECUTION.id,
    "ExecutionName": "monday",
    "StartTime": "2026-11-24T06:30:00.123Z",
}


def upload(bucket: Account, *names: str) -> None:
    for name in names:
        bucket.put(f"data/{name}/{name}.csv", "1,2\n0,3\n")
