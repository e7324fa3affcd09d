"""Lambda and CloudWatch Logs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.iam_needs.asking import ROLE, arn, context, permissions

FUNCTION = "lambda function:shop"


@pytest.mark.parametrize(
    ("parameters", "resource"),
    [
        ({"FunctionName": "shop"}, FUNCTION),
        ({"FunctionName": arn("lambda", "function:shop")}, FUNCTION),
        ({"FunctionName": "123456789012:function:shop"}, FUNCTION),
        ({"FunctionName": "shop", "Qualifier": "$LATEST"}, f"{FUNCTION}:$LATEST"),
        ({"FunctionName": "shop:live"}, f"{FUNCTION}:live"),
        ({"FunctionName": arn("lambda", "function:shop:3")}, f"{FUNCTION}:3"),
        ({"FunctionName": "arn:aws:lambda:us-east-1:210987654321:function:other"},
         "arn:aws:lambda:us-east-1:210987654321:function:other"),
    ],
)  # fmt: skip
def test_an_invocation_is_of_the_function_with_its_qualifier(
    parameters: dict[str, Any], resource: str
) -> None:
    assert permissions("lambda", "Invoke", **parameters) == [f"lambda:InvokeFunction {resource}"]


@pytest.mark.parametrize(
    ("operation", "parameters", "needed"),
    [
        ("GetFunction", {"FunctionName": "shop:live"}, [f"lambda:GetFunction {FUNCTION}"]),
        ("CreateFunction", {"FunctionName": "shop", "Role": ROLE},
         [f"lambda:CreateFunction {FUNCTION}", f"iam:PassRole {ROLE}"]),
        ("UpdateFunctionConfiguration", {"FunctionName": "shop", "Role": ROLE},
         [f"lambda:UpdateFunctionConfiguration {FUNCTION}", f"iam:PassRole {ROLE}"]),
        ("UpdateFunctionConfiguration", {"FunctionName": "shop", "Timeout": 3},
         [f"lambda:UpdateFunctionConfiguration {FUNCTION}"]),
        ("GetLayerVersion", {"LayerName": "report", "VersionNumber": 2},
         ["lambda:GetLayerVersion lambda layer:report:2"]),
        ("GetLayerVersionByArn", {"Arn": arn("lambda", "layer:report:2")},
         ["lambda:GetLayerVersion lambda layer:report:2"]),
        ("ListFunctions", {}, ["lambda:ListFunctions *"]),
        ("GetProvisionedConcurrencyConfig", {"FunctionName": "shop", "Qualifier": "live"},
         [f"lambda:GetProvisionedConcurrencyConfig {FUNCTION}:live"]),
    ],
)  # fmt: skip
def test_operations_on_functions(
    operation: str, parameters: dict[str, Any], needed: list[str]
) -> None:
    assert permissions("lambda", operation, **parameters) == needed


def test_an_event_source_is_told_by_its_function() -> None:
    queue = arn("sqs", "orders")
    given = context("lambda", "CreateEventSourceMapping", FunctionName="shop", EventSourceArn=queue)

    assert given == {"lambda:functionarn": (arn("lambda", "function:shop"),)}


@pytest.mark.parametrize(
    ("operation", "parameters", "resource"),
    [
        # As denials print them: of a group with an empty stream.
        ("CreateLogGroup", {"logGroupName": "/aws/shop"}, "log-group:/aws/shop:log-stream:"),
        ("PutRetentionPolicy", {"logGroupName": "/aws/shop"}, "log-group:/aws/shop:log-stream:"),
        ("FilterLogEvents", {"logGroupName": "/aws/shop"}, "log-group:/aws/shop:log-stream:"),
        ("FilterLogEvents", {"logGroupIdentifier": arn("logs", "log-group:/aws/shop:*")},
         "log-group:/aws/shop:log-stream:"),
        ("DescribeLogGroups", {"logGroupNamePrefix": "/aws/shop"}, "log-group::log-stream:"),
        ("CreateLogStream", {"logGroupName": "/aws/shop", "logStreamName": "1"},
         "log-group:/aws/shop:log-stream:1"),
        ("PutLogEvents", {"logGroupName": "/aws/shop", "logStreamName": "1"},
         "log-group:/aws/shop:log-stream:1"),
        ("GetLogEvents", {"logGroupName": "/aws/shop", "logStreamName": "1"},
         "log-group:/aws/shop:log-stream:1"),
        ("ListTagsForResource", {"resourceArn": arn("logs", "log-group:/aws/shop")},
         "log-group:/aws/shop"),
    ],
)  # fmt: skip
def test_logs_are_asked_for_group_and_stream(
    operation: str, parameters: dict[str, Any], resource: str
) -> None:
    assert permissions("logs", operation, **parameters) == [f"logs:{operation} logs {resource}"]


def test_a_query_is_asked_on_each_group() -> None:
    asked = permissions("logs", "StartQuery", logGroupNames=["a", "b"], queryString="x")

    assert asked == [
        "logs:StartQuery logs log-group:a:log-stream:",
        "logs:StartQuery logs log-group:b:log-stream:",
    ]


def test_a_group_with_tags_wants_the_right_to_tag() -> None:
    asked = permissions("logs", "CreateLogGroup", logGroupName="a", tags={"team": "risk"})

    assert asked[1:] == ["logs:TagResource logs log-group:a:log-stream:"]
