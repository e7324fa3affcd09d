"""Whatever is sent to SageMaker's API: an answer, or the client's error in SageMaker's protocol."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from local_sagemaker.protocol.service_models import service_model
from local_sagemaker.sagemaker.account_region import AccountRegion
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.settings import Settings
from local_sagemaker.search.strategies import create_search

from tests.contract.test_protocol import post
from tests.local_sagemaker.processing import processing_request
from tests.local_sagemaker.server import IMAGE, ROLE, LocalSageMaker, training_request
from tests.local_sagemaker.server import tuning_request as tuning

ARN = "arn:aws:sagemaker:us-east-1:123456789012:model/m"
OPERATIONS = sorted(
    AccountRegion(
        Region(Settings("http://localhost", Path()), "us-east-1"), create_search
    ).operations["sagemaker"]
)
CONTAINER = {"Image": IMAGE, "ModelDataUrl": "s3://none/model.tar.gz", "Environment": {"A": "b"}}
VARIANT = {"VariantName": "v", "ModelName": "m", "InstanceType": "ml.m5.large"}
SOURCE = {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://none/rows"}}
# Requests that are taken; what they name is not there, so that no job trains.
TAKEN: dict[str, dict[str, Any]] = {
    "CreateTrainingJob": training_request("job"),
    "CreateHyperParameterTuningJob": tuning("tuning"),
    "CreateModel": {"ModelName": "m", "PrimaryContainer": CONTAINER, "ExecutionRoleArn": ROLE},
    "CreateEndpointConfig": {
        "EndpointConfigName": "c",
        "ProductionVariants": [VARIANT | {"InitialInstanceCount": 1}],
    },
    "CreateEndpoint": {"EndpointName": "e", "EndpointConfigName": "no-config"},
    "CreateTransformJob": {
        "TransformJobName": "t",
        "ModelName": "no-model",
        "TransformInput": {"DataSource": SOURCE, "ContentType": "text/csv"},
        "TransformOutput": {"S3OutputPath": "s3://none/out"},
        "TransformResources": {"InstanceType": "ml.m5.large", "InstanceCount": 1},
    },
    "CreateProcessingJob": processing_request("process"),
    "CreateModelPackageGroup": {"ModelPackageGroupName": "g"},
    "CreateModelPackage": {
        "ModelPackageGroupName": "g",
        "InferenceSpecification": {"Containers": [CONTAINER]},
    },
    "Search": {
        "Resource": "TrainingJob",
        "SearchExpression": {
            "Filters": [{"Name": "TrainingJobName", "Operator": "Equals", "Value": "x"}]
        },
    },
    "AddTags": {"ResourceArn": ARN, "Tags": [{"Key": "k", "Value": "v"}]},
}

texts = st.text(max_size=6) | st.sampled_from(
    ["a", "../x", "s3://", "s3://b/../x", "x" * 3000, "\0", "\n", "-1", "nan", "1e999", ARN]
)
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)


@st.composite
def of_members(draw: DrawFn) -> tuple[str, Any]:
    """An operation with odd values for members that it really has."""
    operation = draw(st.sampled_from(OPERATIONS))
    shape = service_model("sagemaker").operation_model(operation).input_shape
    names = st.sampled_from(sorted(shape.members)) if shape and shape.members else texts
    return operation, draw(st.dictionaries(names, values, max_size=4))


@st.composite
def nearly_taken(draw: DrawFn) -> tuple[str, Any]:
    """A request that would be taken, with one to three of its values replaced or left out."""
    operation = draw(st.sampled_from(sorted(TAKEN)))
    request = json.loads(json.dumps(TAKEN[operation]).replace("retune-data", "no-such-bucket"))
    for _ in range(draw(st.integers(1, 3))):
        place: Any = request
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(place[key], dict | list) and draw(st.booleans()):
                place = place[key]
                continue
            if draw(st.booleans()) and isinstance(place, dict):
                del place[key]
            else:
                place[key] = draw(values)
            break
    return operation, copy.deepcopy(request)


@given(of_members() | nearly_taken() | st.tuples(st.sampled_from(OPERATIONS), values))
def test_any_request_is_answered_or_refused(local: LocalSageMaker, asked: tuple[str, Any]) -> None:
    operation, request = asked
    status, _, content = post(local, f"SageMaker.{operation}", request)
    assert status in (200, 400), content
    if status == 400:
        assert content["__type"]
        message = content.get("message") or content["Message"]  # of a name that is taken
        assert len(message) < 10_000
