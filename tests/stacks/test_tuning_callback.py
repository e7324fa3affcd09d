"""Tuning jobs that a function runs: what takes the place of Step Functions' integration."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from stacks.tuning_callback import called_back
from stacks.workflow import DEFINITION
from tests.stacks.flow import all_states
from tests.stacks.policies import actions, as_list, statements
from tests.stacks.test_organisation import synthesized

pytestmark = pytest.mark.slow  # a synth
TUNE = re.compile(r"sagemaker:\w+HyperParameterTuningJob")
NOT_OURS = ("logs:", "xray:")


@pytest.fixture(scope="module")
def called() -> dict[str, Any]:
    return dict(synthesized(tuning_task="callback")["Resources"])


def test_nothing_of_it_is_deployed_that_nobody_asked_for(resources: dict[str, Any]) -> None:
    assert not [name for name in resources if "Tuning" in name and "PlanTuning" not in name]


def test_only_the_state_run_tuning_differs_and_goes_on_as_it_did() -> None:
    own, other = (
        all_states(json.loads(text))
        for text in (DEFINITION.read_text(), called_back(DEFINITION.read_text()))
    )
    assert [name for name in own if own[name] != other[name] and "Branches" not in own[name]] == [
        "RunTuning"
    ]
    for member in ("Output", "Next", "TimeoutSeconds"):
        assert own["RunTuning"][member] == other["RunTuning"][member]
    assert own["RunTuning"]["Catch"] == other["RunTuning"]["Catch"]
    assert "Lambda.TooManyRequestsException" in json.dumps(other["RunTuning"]["Retry"])


def test_every_attempt_has_the_same_name_of_the_job() -> None:
    """One whose answer was lost has made it: another would be paid for beside it."""
    request = all_states(json.loads(called_back(DEFINITION.read_text())))["RunTuning"]
    assert "RetryCount" not in json.dumps(request["Arguments"])


def test_the_functions_have_the_rights_that_the_workflow_has_no_more(
    called: dict[str, Any],
) -> None:
    assert not [one for one in actions(called, "WorkflowRole") if TUNE.fullmatch(one)]
    own = {
        name: {a for a in actions(called, f"Functions{name}Role") if not a.startswith(NOT_OURS)}
        for name in ("RunTuning", "ResumeTuning")
    }
    assert own["RunTuning"] == {
        "sagemaker:CreateHyperParameterTuningJob",
        "sagemaker:AddTags",
        "iam:PassRole",
        "s3:PutObject",
    }
    assert own["ResumeTuning"] == {
        "sagemaker:DescribeHyperParameterTuningJob",
        "states:ListExecutions",
        "states:SendTaskSuccess",
        "states:SendTaskFailure",
        "sqs:SendMessage",  # what it could not deal with
        "s3:GetObject",
        "s3:ListBucket",
        "s3:PutObject",
    }


def test_of_a_run_they_read_and_write_the_token_alone(called: dict[str, Any]) -> None:
    objects = [
        json.dumps(arn)
        for function in ("RunTuning", "ResumeTuning")
        for statement in statements(called, f"Functions{function}Role")
        if {"s3:GetObject", "s3:PutObject"} & set(as_list(statement["Action"]))
        for arn in as_list(statement["Resource"])
    ]
    assert len(objects) == 3
    assert not [arn for arn in objects if "/runs/*/tuning.json" not in arn]


def test_it_hears_of_its_own_jobs_and_looks_by_itself(called: dict[str, Any]) -> None:
    (rule,) = (
        each["Properties"]
        for each in called.values()
        if each["Type"] == "AWS::Events::Rule" and each["Properties"].get("Name") == "retune-tuning"
    )
    assert rule["EventPattern"]["detail"] == {
        "HyperParameterTuningJobName": [{"prefix": "retune-"}],
        "HyperParameterTuningJobStatus": ["Completed", "Failed", "Stopped"],
    }
    schedules = [
        each["Properties"]["ScheduleExpression"]
        for each in called.values()
        if each["Type"] == "AWS::Scheduler::Schedule"
        and each["Properties"]["Name"] == "retune-tuning"
    ]
    assert schedules == ["rate(10 minutes)"]
