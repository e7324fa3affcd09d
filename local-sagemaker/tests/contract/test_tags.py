"""Tags that AWS keeps for itself, or that are given twice, are refused whatever is to have them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.refusal import refusal
from tests.local_sagemaker.server import LocalSageMaker, new_name, training_request, tuning_request


def tag(key: str) -> dict[str, str]:
    return {"Key": key, "Value": "1"}


REFUSED = {
    "aws:mine": ([tag("aws:mine")], "reserved for AWS use"),
    "in capitals": ([tag("AWS:mine")], "reserved for AWS use"),
    "twice": ([tag("a"), tag("b"), tag("a")], "Duplicate tag keys found"),
}


@pytest.mark.parametrize(("tags", "words"), REFUSED.values(), ids=REFUSED)
def test_tags_are_refused(local: LocalSageMaker, tags: list[dict[str, str]], words: str) -> None:
    sagemaker, name = local.sagemaker, new_name("tags")
    group = {"ModelPackageGroupName": name}
    arn = sagemaker.create_model_package_group(**group)["ModelPackageGroupArn"]
    requests: list[tuple[Any, dict[str, Any]]] = [
        (sagemaker.create_training_job, training_request(name)),
        (sagemaker.create_hyper_parameter_tuning_job, tuning_request(name)),
        (sagemaker.create_model_package_group, {"ModelPackageGroupName": new_name("tags")}),
        (sagemaker.add_tags, {"ResourceArn": arn}),
    ]
    for operation, request in requests:
        code, message = refusal(operation, request | {"Tags": tags})
        assert (code, words in message) == ("ValidationException", True), message
    assert sagemaker.list_tags(ResourceArn=arn)["Tags"] == []


def test_tags_of_another_region_or_a_page_that_is_not_there_are_refused(
    local: LocalSageMaker,
) -> None:
    arn = "arn:aws:sagemaker:us-west-2:123456789012:model/mine"
    _, message = refusal(local.sagemaker.list_tags, {"ResourceArn": arn})
    assert message == "ARN should be scoped to correct region: us-east-1"
    group = {"ModelPackageGroupName": new_name("tags")}
    arn = local.sagemaker.create_model_package_group(**group)["ModelPackageGroupArn"]
    _, message = refusal(local.sagemaker.list_tags, {"ResourceArn": arn, "NextToken": "abc"})
    assert "NextToken 'abc' is not" in message


def test_keys_that_differ_in_their_case_are_two(local: LocalSageMaker) -> None:
    group = {"ModelPackageGroupName": new_name("tags"), "Tags": [tag("a"), tag("A")]}
    arn = local.sagemaker.create_model_package_group(**group)["ModelPackageGroupArn"]
    assert local.sagemaker.list_tags(ResourceArn=arn)["Tags"] == [tag("a"), tag("A")]
