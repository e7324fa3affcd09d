"""What /opt/ml is to a script where no process may have a view of its files of its own."""

from __future__ import annotations

import os

import pytest
from local_sagemaker.containers import opt_ml, own_mounts


@pytest.fixture
def without_mounts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_mounts, "show", lambda folder, place: False)
    variables = {"ML_ROOT": "/jobs/a", "DATA": "/opt/ml/input", "HOME": "/home/opt/ml"}
    monkeypatch.setattr(os, "environ", variables)


@pytest.mark.usefixtures("without_mounts")
def test_arguments_and_variables_lead_below_the_folder_of_the_job() -> None:
    given = ["--model=/opt/ml/model", "/opt/ml", "/opt/mlflow", "s3://bucket/opt/ml/model"]
    assert opt_ml.settle(given) == [
        *("--model=/jobs/a/model", "/jobs/a", "/opt/mlflow", "s3://bucket/opt/ml/model"),
    ]
    assert [os.environ[name] for name in ("DATA", "HOME")] == ["/jobs/a/input", "/home/opt/ml"]
