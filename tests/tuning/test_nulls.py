"""A field that is null counts as not given, in the input and in what lies below it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tuning.checks.check_input import check_input
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.schema import schema_text

from tests.tuning.refusals import refusal, refusals


def checked(document: dict[str, Any], **defaults: Any) -> ExecutionInput:
    return check_input(document, name_prefix="retune", defaults=defaults)


@pytest.mark.parametrize("field", sorted(ExecutionInput.names()))
def test_each_field_may_be_null_and_then_has_its_default(field: str) -> None:
    assert checked({field: None}) == checked({})


@pytest.mark.parametrize(
    "document",
    [
        {"Endpoint": {"EndpointName": None, "Serverless": None}},
        {"ResourceConfig": {"InstanceType": None}},
        {"ResourceLimits": {"MaxNumberOfTrainingJobs": None}},
        {"Freeze": {"gamma": None}},
        {"TuningJobCompletionCriteria": None, "Tags": None},
    ],
    ids=str,
)
def test_so_may_a_member(document: dict[str, Any]) -> None:
    assert (
        checked(document).to_sagemaker()
        == checked({"Freeze": {}} if "Freeze" in document else {}).to_sagemaker()
    )


def test_null_takes_a_deployed_default_away() -> None:
    seed, endpoint = {"RandomSeed": 7}, {"Serverless": {"MaxConcurrency": 9}}
    assert checked({"RandomSeed": None}, **seed).random_seed is None
    assert (
        checked({"Endpoint": {"Serverless": None}}, Endpoint=endpoint).endpoint.serverless is None
    )
    assert checked({"Endpoint": {}}, Endpoint=endpoint).endpoint.serverless


def test_null_in_a_definition_takes_away_what_the_whole_says() -> None:
    entries = [{"DefinitionName": "a", "RetryStrategy": None}, {"DefinitionName": "b"}]
    run = checked({"RetryStrategy": {"MaximumRetryAttempts": 3}, "TrainingJobDefinitions": entries})
    (_, first), (_, second) = run.definitions
    assert first.retry_strategy is None
    assert second.retry_strategy is not None


def test_what_must_be_given_is_not_given_by_null() -> None:
    fault = refusal({"ParameterRanges": {"eta": {"MinValue": None, "MaxValue": 1}}})
    assert str(fault).startswith("ParameterRanges.eta.MinValue is not given: It must be given.")


def test_null_in_a_list_is_refused() -> None:
    vpc = {"SecurityGroupIds": ["sg-1"], "Subnets": [None]}
    assert [fault.field for fault in refusals({"VpcConfig": vpc})] == ["VpcConfig.Subnets.0"]


def test_schema_says_of_no_field_that_it_may_be_null() -> None:
    assert "null" not in schema_text().replace("Nullable", "")
    assert json.loads(schema_text())["properties"]["VpcConfig"] == {"$ref": "#/$defs/VpcConfig"}
