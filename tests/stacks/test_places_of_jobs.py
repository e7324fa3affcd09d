"""Containers write where their jobs are told to, and not what functions take at its word."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

import pytest
from tuning.variables.plan import Plan

from tests.stacks.policies import as_list, statements
from tests.tuning.plans import evaluated_plan, make_plan
from tests.tuning.test_preparation import plan as plan_with_preparation

BUCKET = "data-bucket"
SPOT = {
    "EnableManagedSpotTraining": True,
    "CheckpointConfig": {},
    "Retrain": {"Channels": {"train": "s3://data-bucket/data/train/"}},
}
OF_FUNCTIONS = (
    "plan.json", "verdict.json", "approval.json", "deployment.json", "recovery.json",
    "report.html", "summary.json", "preparation/program/prepare.pyz", "encoder.py",
)  # fmt: skip


@pytest.fixture(scope="module")
def writable(resources: dict[str, Any]) -> list[str]:
    """The patterns of keys of the data bucket that the training role may write."""
    found = [
        arn["Fn::Join"][1][-1].removeprefix("/")
        for statement in statements(resources, "TrainingRole")
        if "s3:PutObject" in as_list(statement["Action"])
        for arn in as_list(statement["Resource"])
    ]
    assert found
    return found


def places(node: Any) -> Iterator[str]:
    """Every S3 URI in a plan to which SageMaker writes for a job or an endpoint."""
    if isinstance(node, list):
        for item in node:
            yield from places(item)
    if not isinstance(node, dict):
        return
    for name, value in node.items():
        if name in ("S3OutputPath", "DestinationS3Uri"):
            yield value
        elif name in ("CheckpointConfig", "S3Output"):
            yield value["S3Uri"]
        else:
            yield from places(value)


@pytest.mark.parametrize(
    ("plan", "count"),
    [
        (make_plan(SPOT), 3),
        (evaluated_plan(), 1),
        (plan_with_preparation(), 1),
        (make_plan({"Endpoint": {"DataCapture": {"InitialSamplingPercentage": 10}}}), 1),
    ],
    ids=["checkpoints and retraining", "a test channel", "a table", "data capture"],
)
def test_jobs_may_write_where_the_plan_tells_them(
    writable: list[str], plan: Plan, count: int
) -> None:
    found = set(places(plan.to_document()))
    assert len(found) >= count
    for place in found:
        key = f"{place.removeprefix(f's3://{BUCKET}/').rstrip('/')}/job/output"
        assert any(fnmatchcase(key, pattern) for pattern in writable), place


@pytest.mark.parametrize("file", OF_FUNCTIONS)
@pytest.mark.parametrize("execution", ["monday", "training", "evaluation"])
def test_no_container_writes_what_a_function_or_a_person_has_decided(
    writable: list[str], execution: str, file: str
) -> None:
    key = f"runs/{execution}/{file}"
    assert not [pattern for pattern in writable if fnmatchcase(key, pattern)]
    assert not [pattern for pattern in writable if fnmatchcase("endpoints/bank/last.json", pattern)]
