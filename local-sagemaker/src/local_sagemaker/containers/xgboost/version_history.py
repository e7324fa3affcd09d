"""What the releases of the image brought and dropped, by name.

A name is that of a hyperparameter, of a value of one, or of a metric. What is not listed has been
there since 1.0. Source: the tags of aws/sagemaker-xgboost-container.
"""

from __future__ import annotations

from local_sagemaker.containers.xgboost.versions import ContainerVersion

ADDED: dict[str, tuple[int, ...]] = {
    # Hyperparameters
    "_kfold": (1, 2, 2),
    "_num_cv_round": (1, 2, 2),
    "aft_loss_distribution": (1, 2),
    "aft_loss_distribution_scale": (1, 2),
    "deterministic_histogram": (1, 2),
    "single_precision_histogram": (1, 2),
    "sampling_method": (1, 3),
    "prob_buffer_row": (1, 3),
    "use_dask_gpu_training": (1, 7),
    # Values
    "gpu_hist": (1, 2),
    "gpu_predictor": (1, 2),
    "reg:pseudohubererror": (1, 2),
    "survival:aft": (1, 2),
    "reg:absoluteerror": (3, 0),
    # Metrics
    "aft-nloglik": (1, 2),
    "f1_binary": (1, 2, 2),
    "f1_macro": (1, 2, 2),
    "interval-regression-accuracy": (1, 2),
    "mphe": (1, 2),
    "r2": (1, 2),
    "balanced_accuracy": (1, 3),
    "mape": (1, 3),
    "precision": (1, 3),
    "precision_macro": (1, 3),
    "precision_micro": (1, 3),
    "recall": (1, 3),
    "recall_macro": (1, 3),
    "recall_micro": (1, 3),
}

DROPPED = {
    "precision_dtype": (1, 0),  # of xgboost:latest, as AWS's own sample state machine gives it
    "silent": (1, 2),
    "single_precision_histogram": (1, 7),
    "grow_local_histmaker": (1, 7),
}


def offers(version: ContainerVersion, name: str) -> bool:
    """Whether this version of the image knows the name."""
    added, dropped = ADDED.get(name, (0, 0)), DROPPED.get(name)
    return version.build >= added and (dropped is None or version.build < dropped)
