"""Permissions that a call needs though its name does not say so."""

from __future__ import annotations

from local_sagemaker.iam.needs.managed_rules import managed_rule_needs

from tests.iam_needs.asking import ACCOUNT, REGION, permissions


def test_a_function_with_layers_needs_each_version() -> None:
    layer = "arn:aws:lambda:eu-west-1:210987654321:layer:report:3"
    needed = permissions("lambda", "UpdateFunctionConfiguration", FunctionName="f", Layers=[layer])

    assert needed == [
        "lambda:UpdateFunctionConfiguration lambda function:f",
        f"lambda:GetLayerVersion {layer}",
    ]


def test_a_machine_that_waits_needs_the_rules_that_tell_it() -> None:
    definition = """{"A": {"Resource": "arn:aws:states:::sagemaker:createTrainingJob.sync"},
                     "B": {"Resource": "arn:aws-cn:states:::states:startExecution.sync:2"},
                     "C": {"Resource": "arn:aws:states:::states:startExecution.sync:2"},
                     "D": {"Resource": "arn:aws:states:::lambda:invoke"}}"""
    needs = list(managed_rule_needs(definition, REGION, ACCOUNT))

    assert [(each.action, each.resource.rpartition("/")[2]) for each in needs] == [
        (action, rule)
        for rule in ("StepFunctionsGetEventsForSageMakerTrainingJobsRule",
                     "StepFunctionsGetEventsForStepFunctionsExecutionRule")
        for action in ("events:PutTargets", "events:PutRule", "events:DescribeRule")
    ]  # fmt: skip
    assert needs[0].context == {"events:managedby": ("states.amazonaws.com",)}
