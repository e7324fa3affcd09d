"""Model artefacts that a training job did not mean to leave, put in the place of its own."""

from __future__ import annotations

import io
import tarfile
from typing import Any

import numpy as np
import xgboost

from tests.end_to_end.conftest import Deployment
from tests.end_to_end.leftovers import packages
from tests.end_to_end.rollout import wait_for

NO_MODEL = b"this is no archive"


def garbling_model() -> bytes:
    """Loads and answers, but predicts 99 where the algorithm predicts probabilities."""
    rows = np.random.default_rng(0).normal(size=(20, 4))
    booster = xgboost.train(
        {"objective": "reg:squarederror", "base_score": 99.0},
        xgboost.DMatrix(rows, label=np.full(20, 99.0)),
        num_boost_round=1,
    )
    content, archive = bytes(booster.save_raw("ubj")), io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as tar:
        entry = tarfile.TarInfo("xgboost-model")
        entry.size = len(content)
        tar.addfile(entry, io.BytesIO(content))
    return archive.getvalue()


def run_with_artefact(
    deployment: Deployment, document: dict[str, Any], artefact: bytes
) -> dict[str, Any]:
    """Runs an execution whose training jobs' artefacts are overwritten before the model is served.

    That is while the execution waits for approval: only serving can show how bad the model is.
    """
    execution = deployment.start({**document, "Approval": "Manual"})
    wait_for(deployment, execution, "AwaitApproval", "TaskStateEntered")
    s3, bucket = deployment.client("s3"), deployment.outputs["DataBucketName"]
    folder = f"runs/{execution.rsplit(':', 1)[-1]}/training/"
    for entry in s3.list_objects_v2(Bucket=bucket, Prefix=folder)["Contents"]:
        if entry["Key"].endswith("model.tar.gz"):
            s3.put_object(Bucket=bucket, Key=entry["Key"], Body=artefact)
    (package,) = packages(deployment, execution)
    deployment.client("sagemaker").update_model_package(
        ModelPackageArn=package, ModelApprovalStatus="Approved"
    )
    return deployment.finish(execution)
