"""Whatever a container is given: an answer or a refusal, never an error of its own.

`150000000:1` is one value: rows as wide as that would end the process of these tests.
"""

from __future__ import annotations

import csv
import tempfile
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from local_sagemaker.containers.directories import Directories
from local_sagemaker.containers.errors import ContainerError
from local_sagemaker.containers.linear_learner import train as linear_learner
from local_sagemaker.containers.linear_learner.model import LinearModel
from local_sagemaker.containers.xgboost import train as gradient_boosting
from local_sagemaker.containers.xgboost.library import xgboost
from local_sagemaker.containers.xgboost.request_body import delimiter_of
from local_sagemaker.containers.xgboost.versions import ContainerVersion

from tests.containers.endpoint import Application, model
from tests.containers.linear_learner import Endpoint, Job
from tests.containers.odd_data import ACCEPTS, CONTENT_TYPES, bodies
from tests.containers.training_job import TrainingJob

ANSWERED = (200, 204, *range(400, 500))
LOGISTIC = {"objective": "binary:logistic", "num_round": "2"}
LINEAR = {"predictor_type": "regressor", "mini_batch_size": "1", "epochs": "1", "num_models": "1"}
files = st.dictionaries(st.sampled_from(["rows.csv", "_SUCCESS", "a b;c"]), bodies, max_size=2)


@pytest.fixture(scope="module")
def boosted(tmp_path_factory: pytest.TempPathFactory) -> Application:
    root = tmp_path_factory.mktemp("boosted") / "ml"
    return Application(root, {"xgboost-model": model("binary:logistic")})


@pytest.fixture(scope="module")
def linear(tmp_path_factory: pytest.TempPathFactory) -> Endpoint:
    three = LinearModel("regressor", "squared_loss", np.ones((3, 1)), np.zeros(1))
    return Endpoint(tmp_path_factory.mktemp("linear"), three)


@given(bodies, st.sampled_from(CONTENT_TYPES), st.sampled_from(ACCEPTS))
def test_xgboost_answers_or_refuses_any_request(
    boosted: Application, body: bytes, content_type: str, accept: str
) -> None:
    answer = boosted.invoke(body, accept, content_type)
    # The container itself fails with 500 at types that it takes and cannot write.
    assert answer.status_code in ANSWERED or "Cannot encode" in answer.text, answer.text


@given(bodies, st.sampled_from(CONTENT_TYPES), st.sampled_from(ACCEPTS))
def test_linear_learner_answers_or_refuses_any_request(
    linear: Endpoint, body: bytes, content_type: str, accept: str
) -> None:
    answer = linear.invoke(body, content_type, accept)
    assert answer.status_code in ANSWERED, answer.text


@given(files, files, st.sampled_from(CONTENT_TYPES))
def test_xgboost_trains_on_any_file_or_says_what_is_wrong(
    train: dict[str, bytes], validation: dict[str, bytes], content_type: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        job = TrainingJob(Path(folder))
        job.prepare(LOGISTIC, {"train": train, "validation": validation}, content_type)
        try:
            gradient_boosting.train(Directories(job.root), ContainerVersion("3.0-5"))
        except (ContainerError, xgboost.core.XGBoostError):
            return


@given(files, st.sampled_from(CONTENT_TYPES))
def test_linear_learner_trains_on_any_file_or_says_what_is_wrong(
    train: dict[str, bytes], content_type: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        job = Job(Path(folder))
        job.prepare(LINEAR, {"train": train}, content_type=content_type)
        try:
            linear_learner.train(Directories(job.root), threading.Event())
        except ContainerError:
            return


@given(st.text("0123456789.-e,,,;|: \t\rab", min_size=1, max_size=60))
def test_delimiter_of_a_line_is_the_one_that_the_container_sniffs(line: str) -> None:
    """Without asking csv.Sniffer where it could find nothing else."""
    try:
        sniffed = csv.Sniffer().sniff(line).delimiter
    except csv.Error:
        with pytest.raises(csv.Error):
            delimiter_of(line)
    else:
        assert delimiter_of(line) == ("," if sniffed.isalnum() else sniffed)
