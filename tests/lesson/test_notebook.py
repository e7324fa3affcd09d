"""docs/lesson.ipynb runs from its first cell to its last, by the SageMaker SDK v3."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from examples.bank_marketing.table import fetch_table
from tests.lesson.notebook import NOTEBOOK, PYTHON, run_notebook

MAX_JOBS = 3  # as many as run at a time


def test_it_is_stored_without_outputs() -> None:
    cells = json.loads(NOTEBOOK.read_text())["cells"]
    assert [
        cell["id"] for cell in cells if cell.get("outputs") or cell.get("execution_count")
    ] == []


@pytest.mark.skipif(not PYTHON.exists(), reason="make .venv-sdk/.installed")
def test_it_ends_on_a_ranking_that_finds_buyers(local_aws: Any, tmp_path: Path) -> None:
    fetch_table()
    found = run_notebook(tmp_path, local_aws.environment(), MAX_JOBS)
    assert found["highest"] > 4 * found["base_rate"]
    left = local_aws.client("sagemaker").list_endpoints()["Endpoints"]
    assert [each["EndpointName"] for each in left if "lesson" in each["EndpointName"]] == []
