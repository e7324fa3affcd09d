"""Any document is refused in a few sentences, or SageMaker takes the request of its plan."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import reduce
from operator import getitem
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from local_sagemaker.sagemaker.request_validation import validate_request
from tuning.algorithms.algorithm import load_algorithm
from tuning.errors import InvalidInput, MissingData
from tuning.execution_input.execution_input import ExecutionInput

from tests.tuning.channel_store import ROWS, store
from tests.tuning.plans import make_plan
from tests.tuning.test_pasted_request import REQUESTS

XGBOOST = load_algorithm("xgboost")
DATA = store(test=ROWS)

numbers = st.one_of(
    st.integers(-2, 70),
    st.integers(),
    st.floats(),
    st.sampled_from(["nan", "1e30", "1e400", "-1e999999999", "0.5", "3", "1_0", "\u0661", " 7 "]),
)
texts = st.one_of(st.text(max_size=9), st.sampled_from(["x" * 300, "a.b", "ml.m5.large", "Auto"]))
scalars = st.one_of(st.none(), st.booleans(), numbers, texts)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from([*XGBOOST.hyperparameters, *XGBOOST.aliases]) | texts
ranges = st.one_of(
    st.fixed_dictionaries({"MinValue": numbers, "MaxValue": numbers}),
    st.fixed_dictionaries({"ValueHint": numbers | texts}),
    st.fixed_dictionaries({"Values": st.lists(scalars, max_size=4)}),
    anything,
)


def of_schema(schema: dict[str, Any], definitions: dict[str, Any]) -> SearchStrategy[Any]:
    """Documents that are nearly as the JSON Schema of the input describes them."""
    if "$ref" in schema:
        return of_schema(definitions[schema["$ref"].rsplit("/", 1)[-1]], definitions)
    if "enum" in schema or "const" in schema:
        return st.sampled_from(schema.get("enum", [schema.get("const")]))
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            return st.one_of([of_schema(each, definitions) for each in schema[choice]])
    if "properties" in schema:
        members = {
            name: st.one_of(of_schema(member, definitions), scalars)
            for name, member in schema["properties"].items()
        }
        required = schema.get("required", [])
        return st.fixed_dictionaries(
            {name: member for name, member in members.items() if name in required},
            optional={name: member for name, member in members.items() if name not in required},
        )
    if schema.get("type") == "array":
        return st.lists(of_schema(schema["items"], definitions), max_size=3)
    if schema.get("type") in ("integer", "number"):
        return numbers
    return anything if schema.get("type") == "object" else texts


SCHEMA = ExecutionInput.model_json_schema()
FIELDS = {
    name: of_schema(field, SCHEMA["$defs"]) for name, field in SCHEMA["properties"].items()
} | {
    "ParameterRanges": st.dictionaries(names, ranges, max_size=3),
    "StaticHyperParameters": st.dictionaries(names, scalars, max_size=3).map(
        lambda values: {"objective": "binary:logistic", "num_round": 9} | values
    ),
    "Freeze": st.dictionaries(names, scalars, max_size=3),
    "Channels": st.dictionaries(
        st.sampled_from(["train", "validation", "test"]) | texts,
        st.sampled_from([f"s3://data-bucket/data/{name}/" for name in ("train", "validation")]),
        max_size=3,
    ),
}
documents = st.lists(st.sampled_from(sorted(FIELDS)), max_size=3, unique=True).flatmap(
    lambda chosen: st.fixed_dictionaries({name: FIELDS[name] for name in chosen})
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every member, however deep."""
    lists = enumerate(value) if isinstance(value, list) else ()
    members = value.items() if isinstance(value, dict) else lists
    return [
        place
        for name, member in members
        for place in [(*path, name), *places(member, (*path, name))]
    ]


def with_another(request: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A request in which one member is another value."""
    copy = deepcopy(request)
    *above, name = path
    place = reduce(getitem, above, copy)
    place[name] = value
    return copy


requests = st.sampled_from(list(REQUESTS.values())).flatmap(
    lambda request: st.builds(
        with_another, st.just(request), st.sampled_from(places(request)), anything
    )
)


def refused_by_sagemaker(operation: str, request: Any) -> list[str]:
    """Constraints of the API description that a request does not meet.

    Types of instances are not among them: SageMaker has new ones before botocore knows them.
    """
    try:
        validate_request(operation, json.loads(json.dumps(request, allow_nan=False)))
    except Exception as fault:
        constraints = str(fault).partition("detected: ")[2].split("; ")
        return [each for each in constraints if "instanceType' failed" not in each]
    return []


@given(documents | requests | anything)
def test_any_document_is_refused_or_planned_as_sagemaker_takes_it(document: Any) -> None:
    try:
        plan = make_plan(document, data=DATA).to_document()
    except (InvalidInput, MissingData):
        return
    assert refused_by_sagemaker("CreateHyperParameterTuningJob", plan["TuningJob"]) == []
    if "Retrain" in plan:
        retrain = {**plan["Retrain"], "HyperParameters": {}}
        assert refused_by_sagemaker("CreateTrainingJob", retrain) == []
