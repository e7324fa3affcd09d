"""DynamoDB, IAM, Secrets Manager, CloudFormation, API Gateway."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.iam.needs import needs_of
from local_sagemaker.iam.needs.known import Fact

from tests.iam_needs.asking import ACCOUNT, REGION, arn, permissions

TABLE = "dynamodb table"


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "needed"),
    [
        ("dynamodb", "Query", {"TableName": "t"}, [f"dynamodb:Query {TABLE}/t"]),
        # Denials name the index alone.
        ("dynamodb", "Query", {"TableName": "t", "IndexName": "i"},
         [f"dynamodb:Query {TABLE}/t/index/i"]),
        ("dynamodb", "BatchGetItem", {"RequestItems": {"t": {}, "u": {}}},
         [f"dynamodb:BatchGetItem {TABLE}/t", f"dynamodb:BatchGetItem {TABLE}/u"]),
        ("dynamodb", "TransactWriteItems",
         {"TransactItems": [{"Put": {"TableName": "t"}}, {"Delete": {"TableName": "t"}}]},
         [f"dynamodb:PutItem {TABLE}/t", f"dynamodb:DeleteItem {TABLE}/t"]),
        ("dynamodb", "ExecuteStatement", {"Statement": 'SELECT * FROM "t" WHERE a = 1'},
         [f"dynamodb:PartiQLSelect {TABLE}/t"]),
        ("dynamodb", "ListTables", {}, ["dynamodb:ListTables *"]),
        ("iam", "GetRole", {"RoleName": "r"}, ["iam:GetRole arn:aws:iam::123456789012:role/r"]),
        ("iam", "CreateRole", {"RoleName": "r", "Path": "/tuning/"},
         ["iam:CreateRole arn:aws:iam::123456789012:role/tuning/r"]),
        ("iam", "CreateRole", {"RoleName": "r", "Tags": [{"Key": "a", "Value": "b"}]},
         ["iam:CreateRole arn:aws:iam::123456789012:role/r",
          "iam:TagRole arn:aws:iam::123456789012:role/r"]),
        ("iam", "AttachRolePolicy", {"RoleName": "r", "PolicyArn": "arn:aws:iam::aws:policy/P"},
         ["iam:AttachRolePolicy arn:aws:iam::123456789012:role/r"]),
        ("cloudformation", "DescribeStacks", {"StackName": "shop"},
         ["cloudformation:DescribeStacks cloudformation stack/shop/*"]),
        ("cloudformation", "DescribeStacks", {"StackName": arn("cloudformation", "stack/shop/1")},
         ["cloudformation:DescribeStacks cloudformation stack/shop/1"]),
        ("secretsmanager", "CreateSecret", {"Name": "token"},
         ["secretsmanager:CreateSecret secretsmanager secret:token"]),
        ("apigateway", "GetStages", {"restApiId": "a1"},
         ["apigateway:GET arn:aws:apigateway:eu-west-1::/restapis/a1/stages"]),
        ("apigatewayv2", "DeleteApi", {"ApiId": "a1"},
         ["apigateway:DELETE arn:aws:apigateway:eu-west-1::/apis/a1"]),
        ("bedrock-runtime", "Converse", {"modelId": arn("bedrock", "inference-profile/p")},
         ["bedrock:InvokeModel bedrock inference-profile/p"]),
        ("budgets", "DescribeBudgets", {"AccountId": ACCOUNT},
         ["budgets:ViewBudget arn:aws:budgets::123456789012:budget/*"]),
    ],
)  # fmt: skip
def test_what_a_call_needs(
    service: str, operation: str, parameters: dict[str, Any], needed: list[str]
) -> None:
    assert permissions(service, operation, **parameters) == needed


class Account:
    """An account with a role in a path, a secret and a task that waits."""

    def look_up(self, fact: Fact, name: str, region: str) -> str | None:
        there = {
            ("role", "r"): f"arn:aws:iam::{ACCOUNT}:role/tuning/r",
            ("holder of a token", "abc"): arn("states", "stateMachine:shop"),
            ("secret", "token"): arn("secretsmanager", "secret:token-AbCdEf"),
        }
        return there.get((fact, name))


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "resource"),
    [
        ("iam", "GetRole", {"RoleName": "r"}, f"arn:aws:iam::{ACCOUNT}:role/tuning/r"),
        ("stepfunctions", "SendTaskFailure", {"taskToken": "abc"},
         arn("states", "stateMachine:shop")),
        ("secretsmanager", "GetSecretValue", {"SecretId": "token"},
         arn("secretsmanager", "secret:token-AbCdEf")),
    ],
)  # fmt: skip
def test_names_become_the_arns_of_what_is_there(
    service: str, operation: str, parameters: dict[str, Any], resource: str
) -> None:
    needs = needs_of(service, operation, parameters, REGION, ACCOUNT, Account())

    assert [each.resource for each in needs] == [resource]
