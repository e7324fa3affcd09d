"""The images that Retune trains with are SageMaker's own to local AWS, in every region."""

from __future__ import annotations

import pytest
from local_sagemaker.sagemaker.algorithms.registries import EcrImage, dns_suffix
from tuning.algorithms.images import image_uri, regions

VERSIONS = {"xgboost": ["1.2-1", "1.7-1", "3.0-5", "3.2-0"], "linear-learner": ["1"]}


@pytest.mark.parametrize("algorithm", VERSIONS)
def test_both_know_the_same_images(algorithm: str) -> None:
    for region in regions(algorithm):
        for version in VERSIONS[algorithm]:
            image = EcrImage.parse(image_uri(algorithm, version, region))
            assert image is not None
            assert image.is_of_sagemaker
            assert image.has_known_tag
            assert (image.region, image.dns_suffix) == (region, dns_suffix(region))
