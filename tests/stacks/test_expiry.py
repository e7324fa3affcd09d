"""Logs of SageMaker and what endpoints captured expire where the settings say so."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aws_cdk.assertions import Template

from tests.stacks.policies import as_list, statements
from tests.stacks.test_models import resources, synthesized


@pytest.fixture(scope="module")
def expiring() -> Template:
    return synthesized(endpoint_log_retention_days=30, capture_retention_days=14)


def rules(template: Template) -> list[dict[str, Any]]:
    (bucket,) = template.find_resources("AWS::S3::Bucket").values()
    return list(bucket["Properties"]["LifecycleConfiguration"]["Rules"])


def test_what_was_captured_goes_after_as_many_days(expiring: Template) -> None:
    (rule,) = (each for each in rules(expiring) if each.get("Prefix") == "capture/")
    assert (rule["ExpirationInDays"], rule["Status"]) == (14, "Enabled")


def test_function_sets_the_days_every_day_and_an_alarm_watches_it(expiring: Template) -> None:
    (function,) = (
        each["Properties"]
        for each in expiring.find_resources("AWS::Lambda::Function").values()
        if each["Properties"]["FunctionName"] == "retune-ExpireLogs"
    )
    variables = function["Environment"]["Variables"]
    assert variables["ENDPOINT_LOG_RETENTION_DAYS"] == "30"
    assert "ACCOUNT_JOB_LOG_RETENTION_DAYS" not in variables
    schedules = expiring.find_resources(
        "AWS::Scheduler::Schedule", {"Properties": {"Name": "retune-ExpireLogs"}}
    )
    assert len(schedules) == 1
    alarm = {"Properties": {"AlarmName": "retune-ExpireLogs-failed"}}
    assert len(expiring.find_resources("AWS::CloudWatch::Alarm", alarm)) == 1


def changeable(template: Template) -> set[str]:
    """The log groups whose retention the function may set."""
    (changes,) = (
        statement
        for statement in statements(resources(template), "FunctionsExpireLogsRole")
        if "logs:PutRetentionPolicy" in as_list(statement["Action"])
    )
    groups = {json.dumps(arn).partition(":log-group:")[2] for arn in changes["Resource"]}
    return {group.removesuffix('"]]}').removesuffix(":*") for group in groups}


def test_only_the_log_groups_that_the_settings_speak_of_can_be_changed(expiring: Template) -> None:
    assert changeable(expiring) == {
        "/aws/sagemaker/Endpoints/retune",
        "/aws/sagemaker/Endpoints/retune-*",
    }
    assert changeable(synthesized(account_job_log_retention_days=90)) == {
        "/aws/sagemaker/TrainingJobs",
        "/aws/sagemaker/TransformJobs",
        "/aws/sagemaker/ProcessingJobs",
    }


def test_without_the_settings_nothing_expires_and_no_function_is_there() -> None:
    template = synthesized()
    assert not [rule for rule in rules(template) if rule.get("Prefix") == "capture/"]
    assert "ExpireLogs" not in json.dumps(template.to_json())
