"""Which built-in algorithm an image URI names."""

from __future__ import annotations

from local_sagemaker.protocol.account import ACCOUNT
from local_sagemaker.sagemaker.algorithms.builtin_algorithm import BuiltInAlgorithm
from local_sagemaker.sagemaker.algorithms.linear_learner import linear_learner
from local_sagemaker.sagemaker.algorithms.registries import EcrImage
from local_sagemaker.sagemaker.algorithms.xgboost import xgboost

_BY_REPOSITORY = {
    "sagemaker-xgboost": xgboost,
    "xgboost": xgboost,  # up to 0.72
    "linear-learner": linear_learner,
}
# Those whose Python runs scripts of one's own.
_WITH_PYTHON = {"sagemaker-xgboost", "sagemaker-scikit-learn"}
# SageMaker alone may pull the images of its closed algorithms.
_ONLY_IN_AWS = {
    "blazingtext",
    "factorization-machines",
    "forecasting-deepar",
    "image-classification",
    "ipinsights",
    "kmeans",
    "knn",
    "lda",
    "ntm",
    "object-detection",
    "object2vec",
    "pca",
    "randomcutforest",
    "semantic-segmentation",
    "seq2seq",
}


def find_builtin(image: str) -> BuiltInAlgorithm | None:
    """The built-in algorithm that an image URI names, None for an image of somebody's own."""
    found = _of_sagemaker(image)
    algorithm = _BY_REPOSITORY.get(found.repository) if found else None
    return algorithm(found.tag) if found and algorithm else None


def python_repository(image: str) -> str:
    """The repository of an image of SageMaker's in which Python scripts run; empty for others."""
    found = _of_sagemaker(image)
    return found.repository if found is not None and found.repository in _WITH_PYTHON else ""


def runs_in_aws_only(image: str) -> bool:
    """Whether an image URI names a built-in algorithm that local AWS has not.

    In a registry of the account itself the name is its own.
    """
    found = EcrImage.parse(image)
    return found is not None and found.repository in _ONLY_IN_AWS and found.account != ACCOUNT


def _of_sagemaker(image: str) -> EcrImage | None:
    """The image that SageMaker itself publishes under this URI, if it does."""
    found = EcrImage.parse(image)
    return found if found is not None and found.is_of_sagemaker else None
