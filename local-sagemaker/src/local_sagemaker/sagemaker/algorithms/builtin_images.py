"""Which built-in algorithm an image URI names."""

from __future__ import annotations

import re

from local_sagemaker.protocol.account import ACCOUNT
from local_sagemaker.sagemaker.algorithms.builtin_algorithm import BuiltInAlgorithm
from local_sagemaker.sagemaker.algorithms.linear_learner import linear_learner
from local_sagemaker.sagemaker.algorithms.xgboost import xgboost

_IMAGE = re.compile(r"(?:(?P<registry>.*)/)?(?P<repository>[^/:@]+)(?::(?P<tag>[^@]+))?(?:@.*)?")
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
    repository, tag = _of_sagemaker(image)
    algorithm = _BY_REPOSITORY.get(repository)
    return algorithm(tag) if algorithm else None


def has_python(image: str) -> bool:
    """Whether an image URI names one of SageMaker's in which Python scripts run."""
    repository, _ = _of_sagemaker(image)
    return repository in _WITH_PYTHON


def runs_in_aws_only(image: str) -> bool:
    """Whether an image URI names a built-in algorithm that local AWS has not."""
    repository, _ = _of_sagemaker(image)
    return repository in _ONLY_IN_AWS


def _of_sagemaker(image: str) -> tuple[str, str]:
    """Repository and tag of an image that SageMaker may own; both empty for any other.

    What lies in a registry of the account itself is its own, whatever its name.
    """
    match = _IMAGE.fullmatch(image)
    if match is None or (match["registry"] or "").startswith(ACCOUNT):
        return "", ""
    return match["repository"], match["tag"] or "latest"
