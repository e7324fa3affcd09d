"""The lines of the log that tell of quality and progress, spelled as the container spells them.

SageMaker finds the metrics of a training job in these lines.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from local_sagemaker.containers.linear_learner.metric_names import kind, spelling
from local_sagemaker.containers.linear_learner.scores import Scores

HOST = "algo-1"
QUALITY = f"#quality_metric: host={HOST}, %s %s <%s>=%s"

logger = logging.getLogger(__name__)


def epoch_loss(epoch: int, channel: str, objective: str, loss: float) -> None:
    """The mean of the objective after an epoch, which counts from 0."""
    logger.info(QUALITY, f"epoch={epoch}, {channel}", objective, "loss", loss)


def stopping_criterion(epoch: int, name: str, value: float) -> None:
    line = "#early_stopping_criteria_metric: host=%s, epoch=%d, criteria=%s, value=%s"
    logger.info(line, HOST, epoch, name, value)


def progress(epoch: int, epochs: int, rows: int, seconds: float) -> None:
    percent = 100 * (epoch + 1) // epochs
    logger.info("#progress_metric: host=%s, completed %d %% of epochs", HOST, percent)
    throughput = rows / max(seconds, 1e-9)
    line = "#throughput_metric: host=%s, train throughput=%s records/second"
    logger.info(line, HOST, throughput)


def final_scores(
    channel: str, objective: str, loss: float, found: Scores, values: Mapping[str, Any]
) -> None:
    """The metrics of the final model on a channel."""
    logger.info(QUALITY, channel, objective, "loss", loss)
    for name, value in found.items():
        parameter = (
            values["accuracy_top_k"]
            if name.endswith("top_k_accuracy")
            else f"{values['f_beta']:.3f}"
        )
        logger.info(QUALITY, channel, spelling(name, parameter), kind(name), value)
