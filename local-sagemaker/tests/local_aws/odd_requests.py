"""Random requests for the services that moto answers, of the members that their operations have."""

from __future__ import annotations

from typing import Any

from botocore.model import OperationModel, Shape
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from local_sagemaker.protocol.service_models import service_model

from tests.local_aws.resources import ARNS, NAME, named

SERVICES = (
    "application-autoscaling",
    "cloudformation",
    "cloudwatch",
    "events",
    "iam",
    "lambda",
    "logs",
    "s3",
    "scheduler",
    "sns",
    "sqs",
    "stepfunctions",
    "sts",
)
_odd = st.text(st.characters(exclude_categories=["Cs"]), max_size=6) | st.sampled_from(
    ["not-there", "no such", "../x", "x" * 3000, "a:b:c", "", "é\u2028", "-1", "0", "$LATEST",
     "{}", "[]", '{"a": [1]}', "null", "https://x/y/z", "s3://b/k", "2020-01-01", "rate(1 day)"]
)  # fmt: skip
_arns = st.sampled_from(ARNS) | st.builds(
    lambda arn, cut, more: arn[:cut] + more,
    st.sampled_from(ARNS),
    st.integers(0, 80),
    st.sampled_from(["", "x", ":", ":x:y", "/"]),
)
_texts = st.one_of(st.just(NAME), st.just(NAME), _odd, _arns)
_numbers = st.sampled_from([0, 1, 2, 10, 60, -1, 2**31, 2**63]) | st.integers()
_wrong = st.one_of(
    st.none(), st.booleans(), _numbers, st.floats(), _texts, st.just([]), st.just({"a": ["b"]})
)


@st.composite
def odd_requests(draw: DrawFn) -> tuple[str, str, dict[str, Any]]:
    """A service, one of its operations, and a request."""
    service = draw(st.sampled_from(SERVICES))
    operation = draw(st.sampled_from(operations(service)))
    model = service_model(service).operation_model(operation)
    shape = model.input_shape
    return service, operation, draw(_structures(shape, 0)) if shape else {}


def operations(service: str) -> list[str]:
    """Those that botocore sends to the endpoint of the service as they are."""
    model = service_model(service)
    return [name for name in model.operation_names if _is_plain(model.operation_model(name))]


def _is_plain(operation: OperationModel) -> bool:
    return not operation.has_event_stream_output and not operation.has_event_stream_input


@st.composite
def _structures(draw: DrawFn, shape: Any, depth: int) -> dict[str, Any]:
    """What is required nearly always, and a few of the other members."""
    left_out = {*shape.required_members, "WaitTimeSeconds"}  # the latter is waited for
    others = [name for name in shape.members if name not in left_out]
    some = st.lists(st.sampled_from(others), max_size=3, unique=True) if others else st.just([])
    kept = [name for name in shape.required_members if draw(st.integers(0, 15)) < 15]
    chosen = kept + (draw(some) if depth < 4 else [])
    return {name: draw(_member(name, shape.members[name], depth + 1)) for name in chosen}


def _member(name: str, shape: Shape, depth: int) -> st.SearchStrategy[Any]:
    """What is there and called so, as often as something odd."""
    there = st.sampled_from(named(name))
    if shape.type_name != "string":
        return _values(shape, depth)
    if name == "Bucket":  # botocore itself looks at names of buckets
        return there | st.just("not-there")
    return there | _values(shape, depth)


@st.composite
def _values(draw: DrawFn, shape: Any, depth: int) -> Any:
    if draw(st.integers(0, 19)) == 19:
        return draw(_wrong)
    return draw(_of_type(shape, depth))


def _of_type(shape: Shape, depth: int) -> st.SearchStrategy[Any]:
    inner: Any = shape
    kind = shape.type_name
    if kind == "structure":
        return _structures(shape, depth)
    if kind == "list":
        return st.lists(_values(inner.member, depth + 1), max_size=2 if depth < 4 else 0)
    if kind == "map":
        one = _values(inner.value, depth + 1)
        return st.dictionaries(_of_type(inner.key, depth), one, max_size=2)
    if kind == "string":
        return st.sampled_from(inner.enum) | _texts if inner.enum else _texts
    by_type: dict[str, st.SearchStrategy[Any]] = {
        "boolean": st.booleans(),
        "blob": st.binary(max_size=9),
        "float": st.floats() | _numbers,
        "double": st.floats() | _numbers,
        "timestamp": st.sampled_from([0, 1.5, "2024-01-01T00:00:00Z", 2**40]),
    }
    return by_type.get(kind, _numbers)
