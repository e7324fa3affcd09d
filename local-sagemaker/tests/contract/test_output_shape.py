"""The checker itself: it must find what it is there for."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.sagemaker.service_model import operation_model

from tests.contract.output_shape import shape_faults


@pytest.mark.parametrize(
    ("summary", "fault"),
    [
        ({"TagKeys": 1}, "TagKeys is not a member"),
        ({"Tags": {"Key": "a"}}, "is no list"),
        ({"Tags": [{"Key": "a"}]}, "Tags[0].Value is missing"),
        ({"Tags": [{"Key": 1, "Value": "b"}]}, "1 is no string"),
        ({"Tags": [{"Key": "a" * 200, "Value": "b"}]}, "has length 200"),
    ],
)
def test_checker_finds_a_response_of_another_shape(summary: dict[str, Any], fault: str) -> None:
    shape = operation_model("ListTags").output_shape
    assert fault in "; ".join(shape_faults(shape, summary, "ListTags"))
