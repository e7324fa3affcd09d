"""The train program: reads the contract's directories, trains, leaves the model or a reason."""

from __future__ import annotations

import logging
import sys
import traceback
from itertools import chain
from pathlib import Path

from local_sagemaker.containers.directories import OPT_ML, Directories
from local_sagemaker.containers.errors import (
    FAILURE_REASON_MAX_CHARACTERS,
    AlgorithmError,
    ContainerError,
    UserError,
)
from local_sagemaker.containers.xgboost.channels import TRAIN, VALIDATION, check_channels, is_piped
from local_sagemaker.containers.xgboost.cross_validation import CrossValidation
from local_sagemaker.containers.xgboost.data_files import data_files, warn_of_duplicates
from local_sagemaker.containers.xgboost.debugging import read_hook
from local_sagemaker.containers.xgboost.hyperparameters import read_hyperparameters
from local_sagemaker.containers.xgboost.library_errors import named_error
from local_sagemaker.containers.xgboost.logs import start_log
from local_sagemaker.containers.xgboost.pipes import drain
from local_sagemaker.containers.xgboost.rounds import MODEL_NAME, save_model
from local_sagemaker.containers.xgboost.stopping import succeed_on_termination
from local_sagemaker.containers.xgboost.training import boost
from local_sagemaker.containers.xgboost.training_data import read_matrix
from local_sagemaker.containers.xgboost.versions import ContainerVersion

logger = logging.getLogger(__name__)


def main() -> int:
    """Exit code 0 when the model is written; else output/failure holds the reason.

    The image's framework, sagemaker_containers, writes a stack trace there, the class of the error
    and its message. SageMaker calls that an AlgorithmError, also for a user's error, and often cuts
    it off before the message (aws/amazon-sagemaker-examples#1740); here there is no trace.
    """
    start_log()
    directories = Directories.from_environment()
    try:
        train(directories, ContainerVersion.from_environment())
    except Exception as error:
        failure = error if isinstance(error, ContainerError) else named_error(error)
        if isinstance(failure, AlgorithmError):
            traceback.print_exc(file=sys.stdout)
        logger.error(failure)
        reason = f"framework error: \n{type(failure).__name__}: {failure}"
        directories.write_failure(reason[:FAILURE_REASON_MAX_CHARACTERS])
        return 1
    return 0


def train(directories: Directories, version: ContainerVersion) -> None:
    """One job from its directories; raises ContainerError or what the library raises."""
    logger.info("Running XGBoost %s in algorithm mode", version.tag)
    hyperparameters = read_hyperparameters(directories.hyperparameters(), version)
    channels = directories.channels()
    data_format = check_channels(channels, version)
    csv_weights = hyperparameters.get("csv_weights") == 1
    names = [name for name in (TRAIN, VALIDATION) if name in channels]
    for name in names:
        if is_piped(channels[name]):
            drain(directories.channel(name), data_format)
    files = {name: _channel_files(directories, name, version) for name in names}
    warn_of_duplicates(files[TRAIN], files.get(VALIDATION, []))
    if hyperparameters.get("save_model_on_termination") == "true":
        succeed_on_termination()
    if "_kfold" in hyperparameters:
        matrix = read_matrix(list(chain(*files.values())), data_format, csv_weights)
        CrossValidation(hyperparameters, matrix, version, directories).run()
        return
    evaluated = [(read_matrix(files[name], data_format, csv_weights), name) for name in names]
    for matrix, name in evaluated:
        size = matrix.num_row(), matrix.num_col()
        logger.info("%s matrix has %d rows and %d columns", name.capitalize(), *size)
    path = directories.model / MODEL_NAME
    kept = directories.checkpoints(), read_hook(directories, version)
    boosted = boost(hyperparameters, evaluated, version, path, *kept)
    save_model(boosted.model, path, version)


def _channel_files(directories: Directories, name: str, version: ContainerVersion) -> list[Path]:
    files = data_files(directories.channel(name), version)
    if not files:
        called = "training" if name == TRAIN else name
        raise UserError(f"No data in {called} channel path {OPT_ML}/input/data/{name}")
    return files
