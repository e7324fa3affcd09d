"""Whatever a request says, its needs are told; its service refuses it afterwards, if it must."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from local_sagemaker.iam.needs import needs_of
from local_sagemaker.protocol.service_models import service_model

from tests.iam_needs.asking import ACCOUNT, REGION

SERVICES = ("apigateway", "cloudformation", "cloudwatch", "dynamodb", "events", "iam", "kms",
            "lambda", "logs", "s3", "sagemaker", "scheduler", "secretsmanager", "sns", "sqs", "ssm",
            "stepfunctions", "sts")  # fmt: skip
TEXTS = st.text(max_size=6) | st.sampled_from(
    ["arn:aws:states:us-east-1:1:stateMachine:m:live", "alias/a", "f:1", "http://h/1/q", "[]"]
)
VALUES: dict[str, Any] = {
    "string": TEXTS,
    "character": TEXTS,
    "blob": st.binary(max_size=4),
    "boolean": st.booleans(),
    "timestamp": st.integers(0, 10**9),
}


def values(shape: Any, depth: int = 0) -> st.SearchStrategy[Any]:
    """What is of a member's type, or null; three levels deep."""
    if depth > 3:
        return st.none()
    if shape.type_name == "structure":
        members = {name: values(each, depth + 1) for name, each in shape.members.items()}
        return st.fixed_dictionaries({}, optional=dict(list(members.items())[:6])) | st.none()
    if shape.type_name == "list":
        return st.lists(values(shape.member, depth + 1), max_size=2) | st.none()
    if shape.type_name == "map":
        return st.dictionaries(TEXTS, values(shape.value, depth + 1), max_size=2) | st.none()
    simple: st.SearchStrategy[Any] = VALUES.get(shape.type_name, st.integers(-1, 9)) | st.none()
    return simple


@pytest.mark.parametrize("service", SERVICES)
@given(data=st.data())
def test_no_parameters_stop_the_question(service: str, data: st.DataObject) -> None:
    operation = data.draw(st.sampled_from(service_model(service).operation_names))
    shape = service_model(service).operation_model(operation).input_shape
    members = list(shape.members) if shape else []
    names = data.draw(st.lists(st.sampled_from(members), max_size=4) if members else st.just([]))
    parameters = {name: data.draw(values(shape.members[name])) for name in names} if shape else {}

    needs_of(service, operation, parameters, REGION, ACCOUNT)
