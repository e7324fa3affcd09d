"""What the roles of functions and state machines may do, and what no role may."""

import json
import re
from typing import Any

from tests.stacks.function_names import FUNCTIONS
from tests.stacks.policies import actions, as_list, statements

# Lists know no resources, and configs and models must not be deleted under an endpoint of another
# name. What serves at an endpoint of ours may have been made by hand, and must come back.
READ_EVERYWHERE = re.compile(r"sagemaker:(List\w+|DescribeEndpoint|DescribeEndpointConfig)")
MADE_BY_HAND = ("sagemaker:UpdateEndpoint", ":endpoint-config/*")


def test_no_two_principals_share_a_role(resources: dict[str, Any]) -> None:
    roles = [
        json.dumps(r["Properties"]["Role"])
        for r in resources.values()
        if r["Type"] == "AWS::Lambda::Function"
    ]
    assert len(set(roles)) == len(FUNCTIONS)
    template_roles = [r for r in resources.values() if r["Type"] == "AWS::IAM::Role"]
    others = (
        "training",
        "workflow",
        "recovery",
        "fleet",
        "schedule",
        "sweep",
        "measures",
        "recovery rule",
    )
    assert len(template_roles) == len(FUNCTIONS) + len(others)


def test_state_machine_role_may_do_what_sync_needs(resources: dict[str, Any]) -> None:
    """sagemaker-facts 3.4: AddTags and the managed rules are what people forget."""
    assert actions(resources, "WorkflowRole") >= {
        "sagemaker:CreateHyperParameterTuningJob",
        "sagemaker:DescribeHyperParameterTuningJob",
        "sagemaker:StopHyperParameterTuningJob",
        "sagemaker:AddTags",
        "sagemaker:ListTags",
        "events:PutTargets",
        "events:PutRule",
        "events:DescribeRule",
    }
    rules = json.dumps(statements(resources, "WorkflowRole"))
    assert "StepFunctionsGetEventsForSageMakerTuningJobsRule" in rules
    assert "StepFunctionsGetEventsForSageMakerTrainingJobsRule" in rules
    assert "StepFunctionsGetEventsForSageMakerTransformJobsRule" in rules


def test_state_machine_may_pass_only_the_training_role_and_only_to_sagemaker(
    resources: dict[str, Any],
) -> None:
    (pass_role,) = (
        s for s in statements(resources, "WorkflowRole") if "iam:PassRole" in as_list(s["Action"])
    )
    assert pass_role["Resource"]["Fn::GetAtt"][0].startswith("TrainingRole")
    assert pass_role["Condition"] == {
        "StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}
    }


def test_sagemaker_permissions_are_scoped_to_the_name_prefix_but_for_a_few_that_only_read(
    resources: dict[str, Any],
) -> None:
    for name, resource in resources.items():
        if resource["Type"] != "AWS::IAM::ManagedPolicy":
            continue
        for statement in resource["Properties"]["PolicyDocument"]["Statement"]:
            if any(
                a.startswith("sagemaker:") and not READ_EVERYWHERE.fullmatch(a)
                for a in as_list(statement["Action"])
            ):
                for arn in as_list(statement["Resource"]):
                    action, config = MADE_BY_HAND
                    by_hand = action in statement["Action"] and config in json.dumps(arn)
                    assert by_hand or "/retune" in json.dumps(arn), (name, statement)


def test_no_role_has_a_wildcard_action(resources: dict[str, Any]) -> None:
    for resource in resources.values():
        if resource["Type"] == "AWS::IAM::ManagedPolicy":
            for statement in resource["Properties"]["PolicyDocument"]["Statement"]:
                if statement["Effect"] == "Allow":
                    assert not [a for a in as_list(statement["Action"]) if a.endswith(":*")]


def test_recovery_may_call_its_functions_and_bring_endpoints_back(
    resources: dict[str, Any],
) -> None:
    (invoke,) = (
        s
        for s in statements(resources, "RecoveryWorkflowRole")
        if s["Action"] == "lambda:InvokeFunction"
    )
    assert len(invoke["Resource"]) == 6
    assert {a for a in actions(resources, "RecoveryWorkflowRole") if "sagemaker" in a} == {
        "sagemaker:UpdateEndpoint",
        "sagemaker:DeleteEndpoint",
    }


def test_fleet_may_start_runs_and_its_own_iterations_and_nothing_else(
    resources: dict[str, Any],
) -> None:
    allowed = {a for a in actions(resources, "FleetWorkflowRole") if a.startswith("states:")}
    assert allowed == {"states:StartExecution", "states:DescribeExecution", "states:StopExecution"}
    text = json.dumps(statements(resources, "FleetWorkflowRole"))
    for scope in (':retune"', ':retune-fleet"', ":retune:*", ":retune-fleet:*", ":retune-fleet/*"):
        assert scope in text, scope
    assert actions(resources, "FunctionsListModelsRole") >= {"scheduler:ListSchedules"}
