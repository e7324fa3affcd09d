"""Event patterns: which events they match, and which patterns EventBridge refuses."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.test_events import create_queue

EVENT = {
    "id": "1",
    "account": "123456789012",
    "source": "mine",
    "time": "2026-01-01T00:00:00Z",
    "region": "us-east-1",
    "resources": ["arn:aws:s3:::bucket"],
    "detail-type": "Trained",
    "detail": {
        "artefact": "models/Churn.tar.gz",
        "rounds": 50,
        "tags": ["weekly", "churn"],
        "none": [],
        "address": "10.0.0.5",
        "jobs": [{"name": "one"}, {"name": "two"}],
        "metric.name": "validation:auc",
    },
}


def is_match(local_aws: LocalAws, pattern: dict[str, Any]) -> bool:
    answer = local_aws.client("events").test_event_pattern(
        EventPattern=json.dumps(pattern), Event=json.dumps(EVENT)
    )
    return bool(answer["Result"])


@pytest.mark.parametrize(
    ("field", "yes", "no"),
    [
        ("artefact", {"prefix": "models/"}, {"prefix": "model/"}),
        ("artefact", {"suffix": {"equals-ignore-case": ".TAR.GZ"}}, {"suffix": ".TAR.GZ"}),
        ("artefact", {"wildcard": "models/*.gz"}, {"wildcard": "*.zip"}),
        ("artefact", {"anything-but": {"suffix": ".zip"}}, {"anything-but": {"wildcard": "*.gz"}}),
        ("rounds", {"numeric": [">", 10, "<=", 50]}, {"numeric": [">", 50]}),
        ("rounds", 50.0, "50"),
        ("rounds", {"anything-but": [10, 20]}, {"anything-but": 50}),
        ("tags", {"equals-ignore-case": "CHURN"}, {"anything-but": ["weekly", "churn"]}),
        ("missing", {"exists": False}, {"exists": True}),
        ("none", {"exists": False}, {"exists": True}),
        ("address", {"cidr": "10.0.0.0/24"}, {"cidr": "10.1.0.0/24"}),
    ],
)
def test_value_matches_or_not(local_aws: LocalAws, field: str, yes: Any, no: Any) -> None:
    assert is_match(local_aws, {"source": ["mine"], "detail": {field: ["other", yes]}})
    assert not is_match(local_aws, {"source": ["mine"], "detail": {field: ["other", no]}})


def test_fields_of_a_list_and_with_a_dot_are_found(local_aws: LocalAws) -> None:
    assert is_match(local_aws, {"detail": {"jobs": {"name": ["two"]}}})
    assert is_match(local_aws, {"detail": {"metric": {"name": [{"suffix": "auc"}]}}})


def test_one_of_several_conditions_is_enough(local_aws: LocalAws) -> None:
    either = [{"rounds": [1]}, {"artefact": [{"prefix": "models/"}]}]
    assert is_match(local_aws, {"detail": {"$or": either}})
    assert not is_match(local_aws, {"detail": {"$or": [{"rounds": [1]}, {"rounds": [2]}]}})


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ({"source": "mine"}, '"source" must be an object or an array'),
        ({"source": []}, "Empty arrays are not allowed"),
        ({"source": [{"Prefix": "m"}]}, "Unrecognized match type Prefix"),
        ({"source": [{"prefix": ["m"]}]}, "prefix match pattern must be a string"),
        ({"source": [{"wildcard": "a**"}]}, "Consecutive wildcard characters at pos 2"),
        ({"source": [{"anything-but": None}]}, "Value of anything-but must be an array or single"),
        ({"detail": {"n": [{"numeric": [">", 1, ">", 2]}]}}, "Bad numeric range operator: >"),
        ({"detail": {"n": [{"numeric": [">"]}]}}, "Value of > must be numeric"),
        ({"detail": {"n": [{"numeric": [["="], 1]}]}}, "Unrecognized numeric range operator"),
        ({"detail": {"a": [{"cidr": "10.0.0.0"}]}}, "Malformed CIDR, one '/' required"),
    ],
)
def test_pattern_that_says_nothing_is_refused(
    local_aws: LocalAws, pattern: dict[str, Any], reason: str
) -> None:
    with pytest.raises(ClientError) as error:
        local_aws.client("events").put_rule(Name="never", EventPattern=json.dumps(pattern))
    told = error.value.response["Error"]
    assert told["Code"] == "InvalidEventPatternException"
    assert told["Message"].startswith(f"Event pattern is not valid. Reason: {reason}")


@pytest.mark.parametrize("event", ["text", "[]", '{"source": "mine"}'])
def test_event_to_be_tested_is_a_whole_one(local_aws: LocalAws, event: str) -> None:
    with pytest.raises(ClientError, match="Parameter Event is not valid"):
        local_aws.client("events").test_event_pattern(EventPattern='{"a": [1]}', Event=event)


TRANSFORMER = {"InputPathsMap": {"a": "$.a"}, "InputTemplate": '"<b>"'}


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"Input": "{}", "InputPath": "$.detail"}, "Only one of Input, InputPath, or Input"),
        ({"Input": "text"}, "not valid JSON"),
        ({"InputPath": "detail"}, "no JSON path"),
        ({"InputTransformer": TRANSFORMER}, "contains invalid placeholder b."),
        ({"Id": "a b"}, "Member must satisfy regular expression pattern"),
    ],
)
def test_target_that_could_not_be_told_is_refused(
    local_aws: LocalAws, members: dict[str, Any], words: str
) -> None:
    events, (_, arn) = local_aws.client("events"), create_queue(local_aws)
    events.put_rule(Name="telling", EventPattern='{"source": ["nobody"]}')
    with pytest.raises(ClientError, match=words) as error:
        events.put_targets(Rule="telling", Targets=[{"Id": "1", "Arn": arn} | members])
    assert error.value.response["Error"]["Code"] == "ValidationException"


def test_rule_has_five_targets_at_most(local_aws: LocalAws) -> None:
    events, (_, arn), rule = local_aws.client("events"), create_queue(local_aws), uuid.uuid4().hex
    events.put_rule(Name=rule, EventPattern='{"source": ["nobody"]}')
    targets = [{"Id": str(number), "Arn": arn} for number in range(6)]
    events.put_targets(Rule=rule, Targets=targets[:5])
    with pytest.raises(ClientError) as error:
        events.put_targets(Rule=rule, Targets=targets[5:])
    assert error.value.response["Error"]["Code"] == "LimitExceededException"
    events.put_targets(Rule=rule, Targets=targets[:1])
