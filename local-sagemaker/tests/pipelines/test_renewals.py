"""The shape of awslabs' customer churn pipeline: processing around tuning, training and scoring.

Its last job reads the pickled model of image 1.2-1 and what SageMaker Debugger has saved.
Its template has policies as text, images by a map, and paths with `$$.` within Fn::Sub; functions
start its two state machines.
"""

from __future__ import annotations

import json
import sys
import uuid
from pathlib import Path

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.function_zip import invoke
from tests.local_aws.machine import finish
from tests.pipelines.deployed import content, deploy, latest_execution, put, rows

_SCRIPTS = Path(__file__).parent / "scripts"


@pytest.mark.skipif(sys.platform != "linux", reason="the scripts spell out paths of /opt/ml")
def test_table_becomes_a_model_that_scores_new_rows(local_aws: LocalAws) -> None:
    prefix = f"renewals-{uuid.uuid4().hex[:8]}"
    local_aws.client("s3").create_bucket(Bucket=prefix)
    scripts = {f"script/{path.name}": path.read_text() for path in _SCRIPTS.glob("*.py")}
    tables = {
        "table/customers.csv": rows(400, labelled=True),
        "table/new.csv": rows(30, labelled=False, seed=2),
    }
    put(local_aws, prefix, scripts | tables)
    machines = deploy(local_aws, "renewals.yaml", BucketName=prefix, Prefix=prefix)

    invoke(local_aws, f"{prefix}-start-training")
    training = finish(local_aws, latest_execution(local_aws, machines["Training"]))
    assert training["status"] == "SUCCEEDED", training
    evaluation = json.loads(content(local_aws, prefix, "evaluation/evaluation.json"))
    assert evaluation["accuracy"] > 0.8
    assert evaluation["step"] == 4
    assert min(evaluation["shap"][:2]) > max(evaluation["shap"][2:])

    invoke(local_aws, f"{prefix}-start-scoring")
    scoring = finish(local_aws, latest_execution(local_aws, machines["Scoring"]))
    assert scoring["status"] == "SUCCEEDED", scoring
    assert len(content(local_aws, prefix, "scores/rows.csv.out").split()) == 30
