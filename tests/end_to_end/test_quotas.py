"""No tuning is paid for whose endpoint the account's quotas do not allow."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.end_to_end.conftest import Deployment
from tests.end_to_end.rollout import tiny

KIND = "ml.c4.large"  # of which the local AWS of the tests has none for endpoints (pyproject.toml)
QUOTA = "The account's quota 'ml.c4.large for endpoint usage' is 0, and the endpoint needs 1."


def test_run_whose_endpoint_cannot_be_made_ends_before_tuning(
    deployment: Deployment, tmp_path: Path
) -> None:
    document = tiny(
        "retune-quotas", Endpoint={"EndpointName": "retune-quotas", "InstanceType": KIND}
    )
    ended = deployment.run(document)
    assert (ended["status"], ended["error"]) == ("FAILED", "InputRefused")
    assert QUOTA in ended["cause"]
    jobs = deployment.client("sagemaker").list_hyper_parameter_tuning_jobs()
    tags = deployment.client("sagemaker").list_tags
    assert not [
        job
        for job in jobs["HyperParameterTuningJobSummaries"]
        if {"Key": "retune:endpoint", "Value": "retune-quotas"}
        in tags(ResourceArn=job["HyperParameterTuningJobArn"])["Tags"]
    ]

    (tmp_path / "input.json").write_text(json.dumps(document))
    checked = subprocess.run(
        ["retune", "check", str(tmp_path / "input.json")],
        env=deployment.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, QUOTA in checked.stdout) == (2, True)
