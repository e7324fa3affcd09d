"""The train program: reads the contract's directories, trains, leaves the model or a reason."""

from __future__ import annotations

import logging
import signal
import sys
import threading
import traceback
from collections.abc import Mapping
from types import FrameType
from typing import Any

import numpy as np

from local_sagemaker.containers.directories import Directories
from local_sagemaker.containers.errors import AlgorithmError, ContainerError
from local_sagemaker.containers.linear_learner import quality_log
from local_sagemaker.containers.linear_learner.channel_data import (
    TEST,
    TRAIN,
    VALIDATION,
    check_channels,
    check_labels,
    read_channel,
)
from local_sagemaker.containers.linear_learner.hyperparameter_table import AUTO
from local_sagemaker.containers.linear_learner.hyperparameters import read_hyperparameters
from local_sagemaker.containers.linear_learner.logs import start_log
from local_sagemaker.containers.linear_learner.losses import loss_function
from local_sagemaker.containers.linear_learner.metric_names import MULTICLASS
from local_sagemaker.containers.linear_learner.model import LinearModel
from local_sagemaker.containers.linear_learner.scores import scores
from local_sagemaker.containers.linear_learner.training import Training
from local_sagemaker.containers.memory import is_out_of_memory, out_of_memory
from local_sagemaker.containers.rows import Rows

logger = logging.getLogger(__name__)


def main() -> int:
    """Exit code 0 when the model is written; else output/failure holds the reason."""
    start_log()
    directories = Directories.from_environment()
    try:
        train(directories, _stopped_at_termination())
    except Exception as error:
        failure = _named(error)
        if isinstance(failure, AlgorithmError):
            traceback.print_exc(file=sys.stdout)
        logger.error(failure)
        directories.write_failure(failure.failure_reason)
        return 1
    return 0


def train(directories: Directories, stopped: threading.Event) -> None:
    """One job from its directories; raises ContainerError for what the user can mend."""
    values = read_hyperparameters(directories.hyperparameters())
    logger.info("Final configuration: %s", values)
    channels = directories.channels()
    check_channels(channels)
    width = None if values["feature_dim"] == AUTO else values["feature_dim"]
    data: dict[str, Rows] = {}
    for name in (TRAIN, VALIDATION, TEST):
        if name in channels:
            data[name] = read_channel(directories.channel(name), name, channels[name], width)
            check_labels(data[name], name, values)
            width = data[name].features.shape[1]
    model = Training(values, data[TRAIN], data.get(VALIDATION)).run(stopped=stopped.is_set)
    model.save(directories.model)
    judged = VALIDATION if VALIDATION in data else TRAIN
    _report(model, judged, data[judged], values)
    if TEST in data:
        _report(model, TEST, data[TEST], values)
    else:
        logger.info("Test data is not provided.")


def _named(error: Exception) -> ContainerError:
    if isinstance(error, ContainerError):
        return error
    return AlgorithmError(out_of_memory() if is_out_of_memory(error) else repr(error))


def _stopped_at_termination() -> threading.Event:
    """Set at SIGTERM, so that the best model so far is saved, as the built-in algorithms do."""
    stopped = threading.Event()

    def stop(signal_number: int, frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    return stopped


def _report(model: LinearModel, channel: str, rows: Rows, values: Mapping[str, Any]) -> None:
    """The metrics of the final model, with the loss of its outputs and not of its scores."""
    loss = loss_function(values)
    outputs = (rows.features @ model.weights + model.bias)[:, None, :]
    labels = rows.labels[:, None, None]
    if model.predictor == MULTICLASS:
        labels = np.eye(model.bias.size)[rows.labels.astype(int)][:, None, :]
    predictions = model.scores(rows.features)
    found = scores(predictions, model.labels(predictions), rows.labels, values)
    mean_loss = float(loss.of_rows(outputs, labels).mean())
    quality_log.final_scores(channel, loss.objective, mean_loss, found, values)
