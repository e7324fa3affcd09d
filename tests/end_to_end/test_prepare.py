"""From a table as people have it to predictions: `retune prepare`, `start` and `predict` alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.test_prepare import visits, write
from tests.end_to_end.conftest import Deployment

LIMITS = {"ResourceLimits": {"MaxNumberOfTrainingJobs": 2, "MaxParallelTrainingJobs": 2}}


def test_a_table_in_s3_becomes_a_model_that_answers_raw_rows(
    deployment: Deployment, tmp_path: Path
) -> None:
    """The encoder that lies beside the channels encodes the rows, with no other file of ours."""
    bucket, s3 = deployment.outputs["DataBucketName"], deployment.client("s3")
    write(tmp_path / "visits.csv", visits())
    s3.upload_file(str(tmp_path / "visits.csv"), bucket, "raw/visits.csv")
    prepared = deployment.retune("prepare", f"s3://{bucket}/raw/", "--label", "bought")
    document = json.loads(prepared.stdout)
    assert document["Channels"]["train"] == f"s3://{bucket}/prepared/raw/train/"

    endpoint = {"EndpointName": "retune-prepared"}
    described = deployment.run({**document, **LIMITS, "Endpoint": endpoint})
    assert described["status"] == "SUCCEEDED", described

    for name in ("encoder.py", "retune.preparation.json"):
        s3.download_file(bucket, f"prepared/raw/{name}", str(tmp_path / name))
    encoded = subprocess.run(
        [sys.executable, "-I", "encoder.py", "retune.preparation.json"],
        cwd=tmp_path,
        input=(tmp_path / "visits.csv").read_bytes(),
        capture_output=True,
        check=True,
    )
    (tmp_path / "features.csv").write_bytes(encoded.stdout)
    asked = ["predict", str(tmp_path / "features.csv"), "--endpoint-name", "retune-prepared"]
    answers = [float(line) for line in deployment.retune(*asked).stdout.splitlines()]
    bought = [row["bought"] == "yes" for row in visits()]
    right = sum((score > 0.5) == label for score, label in zip(answers, bought, strict=True))
    assert right > 0.7 * len(bought)
