"""The report of an execution is fetched, also of one that failed: by results and by watch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from retune.executions.report_files import download_report
from retune.stack import Stack
from tests.cli.test_history import an_execution

STACK = Stack("retune", {"DataBucketName": "data-bucket"})
FAILED = an_execution("monday", status="FAILED", error="NoTrialSucceeded")
REPORT = ("report.html", "report.json", "trials.csv", "trials.json")


class Bucket:
    """S3 with these files in the execution's folder."""

    def __init__(self, *names: str) -> None:
        self.keys = [f"runs/monday/{name}" for name in names]

    def client(self, service: str) -> Any:
        return self

    def list_objects_v2(self, **asked: str) -> dict[str, Any]:
        assert asked == {"Bucket": "data-bucket", "Prefix": "runs/monday/", "Delimiter": "/"}
        return {"Contents": [{"Key": key} for key in self.keys]} if self.keys else {}

    def download_file(self, bucket: str, key: str, path: str) -> None:
        Path(path).write_text(f"{bucket}/{key}")


def test_report_of_a_failure_is_fetched_and_the_plan_beside_it_is_not(tmp_path: Path) -> None:
    aws: Any = Bucket("plan.json", *REPORT)
    folder = tmp_path / "monday"
    assert download_report(aws, STACK, FAILED, tmp_path) == folder / "report.html"
    assert sorted(path.name for path in folder.iterdir()) == list(REPORT)
    assert (folder / "trials.csv").read_text() == "data-bucket/runs/monday/trials.csv"


@pytest.mark.parametrize("there", [(), ("plan.json",)], ids=["nothing", "a plan"])
def test_execution_that_has_tuned_nothing_has_none(tmp_path: Path, there: tuple[str, ...]) -> None:
    aws: Any = Bucket(*there)
    assert download_report(aws, STACK, FAILED, tmp_path) is None
    assert list(tmp_path.iterdir()) == []
