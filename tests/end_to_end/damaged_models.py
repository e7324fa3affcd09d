"""Model artefacts that a training job did not mean to leave, put in the place of its own."""

from __future__ import annotations

import io
import tarfile
import threading
import time
from typing import Any

import numpy as np
import xgboost

from tests.end_to_end.conftest import Deployment

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
    """Runs an execution and overwrites the artefact of every training job as soon as it is there.

    So the model fails where only serving it can show it, long after training ended well.
    """
    execution = deployment.start(document)
    name, ended = execution.rsplit(":", 1)[-1], threading.Event()
    damaging = threading.Thread(target=_damage, args=(deployment, name, artefact, ended))
    damaging.start()
    try:
        return deployment.finish(execution)
    finally:
        ended.set()
        damaging.join()


def _damage(deployment: Deployment, name: str, artefact: bytes, ended: threading.Event) -> None:
    s3, bucket = deployment.client("s3"), deployment.outputs["DataBucketName"]
    damaged: set[str] = set()
    while not ended.is_set():
        page = s3.list_objects_v2(Bucket=bucket, Prefix=f"runs/{name}/training/")
        for key in (entry["Key"] for entry in page.get("Contents", [])):
            if key.endswith("model.tar.gz") and key not in damaged:
                s3.put_object(Bucket=bucket, Key=key, Body=artefact)
                damaged.add(key)
        time.sleep(0.02)
