"""An earlier champion comes back in one command, and what it replaces stays away by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.conftest import Deployment
from tests.end_to_end.rollout import serving, tiny

ENDPOINT = "retune-rollback"
SCHEDULED = tiny(ENDPOINT) | {"RetuneWhen": "DataChanged"}


@pytest.fixture(scope="module")
def champions(deployment: Deployment) -> list[str]:
    """Two that have been deployed one after the other: what each served."""
    found = []
    for document in (tiny(ENDPOINT, RandomSeed=4), SCHEDULED):
        ended = deployment.run(document)
        assert ended["status"] == "SUCCEEDED", ended
        found.append(serving(deployment, ENDPOINT))
    return found


@pytest.fixture(scope="module")
def said(deployment: Deployment, champions: list[str], tmp_path_factory: Any) -> str:
    """What the command says that brings the one before back."""
    runs: Path = tmp_path_factory.mktemp("runs")
    watched = deployment.retune("rollback", ENDPOINT, "--watch", "--runs", str(runs))
    return " ".join(watched.stderr.split())


def test_one_before_serves_again_and_the_registry_says_so(
    deployment: Deployment, champions: list[str], said: str
) -> None:
    earlier, later = champions
    assert "RolledBack:" in said
    assert serving(deployment, ENDPOINT) == earlier
    shown = json.loads(deployment.retune("rollback", ENDPOINT, "--list", "--format", "json").stdout)
    assert [
        (each["EndpointConfigName"], each["Serves"], each["ModelApprovalStatus"]) for each in shown
    ] == [(later, False, "Rejected"), (earlier, True, "Approved")]
    assert all(each["MetricName"] == "validation:auc" and each["Score"] > 0.5 for each in shown)


@pytest.mark.usefixtures("said")
def test_schedule_does_not_deploy_the_same_again(deployment: Deployment) -> None:
    (newest, *_) = json.loads(deployment.retune("history", ENDPOINT, "--format", "json").stdout)
    assert newest["Outcome"] == "RolledBack"
    skipped = json.loads(deployment.run(SCHEDULED)["output"])
    assert skipped["Outcome"] == "Skipped"
    assert "which ended RolledBack" in skipped["Reason"]


@pytest.mark.usefixtures("said")
def test_endpoint_is_deleted_when_its_last_run_is_over(deployment: Deployment) -> None:
    deleted = deployment.retune("endpoint", "delete", ENDPOINT, "--yes")
    assert deleted.stdout == f"{ENDPOINT}\n"
    listed = deployment.client("sagemaker").list_endpoints(NameContains=ENDPOINT)
    assert listed["Endpoints"] == []
