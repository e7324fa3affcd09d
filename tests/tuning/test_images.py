"""The registry accounts of SageMaker's images."""

from __future__ import annotations

import re

import botocore.session
import pytest
from tuning.algorithms.algorithm import algorithm_names
from tuning.algorithms.images import algorithm_of_image, image_uri, regions, registries


@pytest.mark.parametrize(
    ("region", "uri"),
    [
        ("us-east-1", "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5"),
        ("eu-central-1", "492215442770.dkr.ecr.eu-central-1.amazonaws.com/sagemaker-xgboost:3.0-5"),
        ("cn-north-1", "450853457545.dkr.ecr.cn-north-1.amazonaws.com.cn/sagemaker-xgboost:3.0-5"),
        ("us-iso-east-1", "833128469047.dkr.ecr.us-iso-east-1.c2s.ic.gov/sagemaker-xgboost:3.0-5"),
    ],
)
def test_image_uri(region: str, uri: str) -> None:
    assert image_uri("xgboost", "3.0-5", region) == uri


def test_every_algorithm_has_images_with_the_dns_suffix_of_each_regions_partition() -> None:
    partitions = botocore.session.get_session().get_data("endpoints")["partitions"]
    for algorithm in algorithm_names():
        for region in regions(algorithm):
            partition = next(p for p in partitions if re.match(p["regionRegex"], region))
            registry = image_uri(algorithm, "1", region).split("/")[0]
            assert re.fullmatch(
                rf"\d{{12}}\.dkr\.ecr\.{region}\.{re.escape(partition['dnsSuffix'])}", registry
            )


def test_no_region_has_the_account_of_another() -> None:
    uris = [image_uri("xgboost", "3.0-5", region) for region in regions("xgboost")]
    assert len({uri[:12] for uri in uris}) == len(uris) == 37


def test_linear_learner_has_accounts_of_its_own_in_the_same_regions() -> None:
    uri = "382416733822.dkr.ecr.us-east-1.amazonaws.com/linear-learner:1"
    assert image_uri("linear-learner", "1", "us-east-1") == uri
    assert regions("linear-learner") == regions("xgboost")


def test_registries_are_those_of_every_algorithms_repository() -> None:
    assert registries().keys() == {"linear-learner", "sagemaker-xgboost"}
    assert registries()["linear-learner"]["us-east-1"] == "382416733822"


def test_region_without_images_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        image_uri("xgboost", "3.0-5", "mars-north-1")


def test_an_image_tells_its_algorithm_by_the_name_of_its_repository() -> None:
    for name in algorithm_names():
        assert algorithm_of_image(image_uri(name, "1", "eu-central-1")) == name
    registry = "492215442770.dkr.ecr.eu-central-1.amazonaws.com"
    assert algorithm_of_image(f"{registry}/sagemaker-xgboost@sha256:0a1b") == "xgboost"
    assert algorithm_of_image(f"{registry}/my-xgboost:1") is None
