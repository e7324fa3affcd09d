"""SageMaker's XGBoost and scikit-learn images when they are given a script.

The contract is that of the open toolkits in them (aws/sagemaker-training-toolkit,
aws/sagemaker-inference-toolkit, aws/sagemaker-scikit-learn-container and
aws/sagemaker-xgboost-container): hyperparameters become arguments, SM_* variables tell where things
are, and the script's model_fn, input_fn, predict_fn, output_fn and transform_fn answer requests.
"""

from __future__ import annotations

import os

# By these a container knows its framework.
_OF_FRAMEWORK = ("SAGEMAKER_TRAINING_MODULE", "SAGEMAKER_SERVING_MODULE")
_XGBOOST = "sagemaker_xgboost_container"


def is_xgboost() -> bool:
    """Whether this process stands for XGBoost's image, and not scikit-learn's."""
    return any(os.environ.get(name, "").startswith(_XGBOOST) for name in _OF_FRAMEWORK)
