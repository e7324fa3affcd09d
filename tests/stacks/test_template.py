"""What the template promises, asserted as an account owner would read it."""

import json
import re
from typing import Any

import pytest
from aws_cdk import App
from aws_cdk.assertions import Match, Template
from tuning.failure.outcomes import OUTCOMES

from configuration.settings import Settings
from stacks.retune_stack import RetuneStack
from tests.stacks.policies import actions, as_list, statements

LAMBDA_STATES = (
    "PlanTuning",
    "WeighChampion",
    "SelectBest",
    "ChooseTrial",
    "CreateModel",
    "FindChampion",
    "Decide",
    "RegisterModel",
    "AwaitApproval",
    "CreateEndpointConfig",
    "DeployEndpoint",
    "VerifyEndpoint",
    "ScaleEndpoint",
    "WriteReport",
    "Prune",
    "CleanUp",
    "ExplainFailure",
    "WriteFailureReport",
    "Notify",
    "ReadProgress",
    "InspectEndpoint",
)
FLEET_STATES = ("ListModels", "NotifyFleet")
FUNCTIONS = (*LAMBDA_STATES, *FLEET_STATES, "ResumeExecution", "SweepExecutions", "MeasureModels")
# Lists know no resources, and configs and models must not be deleted under an endpoint of another
# name. What serves at an endpoint of ours may have been made by hand, and must come back.
READ_EVERYWHERE = re.compile(r"sagemaker:(List\w+|DescribeEndpoint|DescribeEndpointConfig)")
MADE_BY_HAND = ("sagemaker:UpdateEndpoint", ":endpoint-config/*")


def test_data_bucket_is_encrypted_versioned_private_and_kept(template: Template) -> None:
    template.has_resource(
        "AWS::S3::Bucket",
        {
            "DeletionPolicy": "Retain",
            "Properties": {
                "BucketEncryption": Match.any_value(),
                "VersioningConfiguration": {"Status": "Enabled"},
                "PublicAccessBlockConfiguration": {
                    "BlockPublicAcls": True,
                    "BlockPublicPolicy": True,
                    "IgnorePublicAcls": True,
                    "RestrictPublicBuckets": True,
                },
                "LifecycleConfiguration": Match.any_value(),
            },
        },
    )


def test_data_bucket_refuses_plain_http(template: Template) -> None:
    template.has_resource_properties(
        "AWS::S3::BucketPolicy",
        {
            "PolicyDocument": Match.object_like(
                {
                    "Statement": Match.array_with(
                        [
                            Match.object_like(
                                {
                                    "Effect": "Deny",
                                    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                                }
                            )
                        ]
                    )
                }
            )
        },
    )


@pytest.mark.parametrize("state", FUNCTIONS)
def test_each_lambda_state_has_a_function_with_its_name_handler_and_logs(
    template: Template, state: str
) -> None:
    snake_case = "".join(f"_{c.lower()}" if c.isupper() else c for c in state).lstrip("_")
    template.has_resource_properties(
        "AWS::Lambda::Function",
        {
            "FunctionName": f"retune-{state}",
            "Handler": f"tuning.handlers.{snake_case}.handler",
            "Runtime": "python3.14",
            "TracingConfig": {"Mode": "Active"},
            "Environment": {"Variables": Match.object_like({"NAME_PREFIX": "retune"})},
        },
    )
    template.has_resource_properties(
        "AWS::Logs::LogGroup",
        {"LogGroupName": f"/aws/lambda/retune-{state}", "RetentionInDays": 90},
    )


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
        if resource["Type"] != "AWS::IAM::Policy":
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
        if resource["Type"] == "AWS::IAM::Policy":
            for statement in resource["Properties"]["PolicyDocument"]["Statement"]:
                if statement["Effect"] == "Allow":
                    assert not [a for a in as_list(statement["Action"]) if a.endswith(":*")]


@pytest.mark.parametrize("name", ["retune", "retune-recovery"])
def test_state_machine_logs_every_event_without_its_data_and_traces(
    template: Template, name: str
) -> None:
    template.has_resource_properties(
        "AWS::StepFunctions::StateMachine",
        {
            "StateMachineName": name,
            "TracingConfiguration": {"Enabled": True},
            "LoggingConfiguration": Match.object_like(
                {"Level": "ALL", "IncludeExecutionData": False}
            ),
            "EncryptionConfiguration": Match.absent(),
        },
    )


def test_ends_without_a_recovery_start_it_with_what_the_event_tells(template: Template) -> None:
    """Every failure that recovery has explained bears the name of an outcome."""
    stopped = {"status": ["ABORTED", "TIMED_OUT"]}
    unexplained = {"status": ["FAILED"], "error": [{"anything-but": list(OUTCOMES)}]}
    template.has_resource_properties(
        "AWS::Events::Rule",
        {
            "EventPattern": Match.object_like(
                {"detail": Match.object_like({"$or": [stopped, unexplained]})}
            ),
            "Targets": [
                Match.object_like(
                    {
                        "Arn": {"Ref": Match.string_like_regexp("^RecoveryWorkflow")},
                        "InputPath": "$.detail",
                        "DeadLetterConfig": Match.any_value(),
                    }
                )
            ],
        },
    )


def test_sweep_runs_every_hour_and_its_schedule_may_do_nothing_else(
    template: Template, resources: dict[str, Any]
) -> None:
    template.has_resource_properties(
        "AWS::Scheduler::Schedule",
        {"Name": "retune-sweep", "ScheduleExpression": "rate(1 hour)", "State": "ENABLED"},
    )
    assert actions(resources, "RecoverySweepRole") == {"lambda:InvokeFunction"}
    assert "SweepExecutions" in json.dumps(statements(resources, "RecoverySweepRole"))


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


def test_decisions_in_the_model_registry_start_resume_execution(template: Template) -> None:
    template.has_resource_properties(
        "AWS::Events::Rule",
        {
            "EventPattern": {
                "source": ["aws.sagemaker"],
                "detail-type": ["SageMaker Model Package State Change"],
                "detail": {
                    "ModelPackageGroupName": ["retune"],
                    "ModelApprovalStatus": ["Approved", "Rejected"],
                },
            },
            "Targets": [Match.object_like({"DeadLetterConfig": Match.any_value()})],
        },
    )


def test_outputs_name_what_a_person_needs_next(template: Template) -> None:
    assert set(template.to_json()["Outputs"]) == {
        "FleetStateMachineArn",
        "DataBucketName",
        "StateMachineArn",
        "EndpointName",
        "NotificationTopicArn",
        "WorkflowConsole",
        "TuningJobsConsole",
        "DataBucketConsole",
    }


def test_settings_reach_the_template() -> None:
    settings = Settings.parse(
        {
            "name_prefix": "bank",
            "retain_data": "false",
            "read_buckets": "lake-a, lake-b",
            "log_retention_days": "7",
            "log_execution_data": "true",
        }
    )
    template = Template.from_stack(RetuneStack(App(), "bank", settings=settings))
    template.has_resource("AWS::S3::Bucket", {"DeletionPolicy": "Delete"})
    template.has_resource_properties("AWS::Logs::LogGroup", {"RetentionInDays": 7})
    template.all_resources_properties(
        "AWS::StepFunctions::StateMachine",
        {"LoggingConfiguration": Match.object_like({"IncludeExecutionData": True})},
    )
    assert "s3:::lake-b/*" in json.dumps(template.to_json())


KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def test_history_and_logs_are_encrypted_by_the_key_that_is_set() -> None:
    settings = Settings.parse({"history_kms_key": KEY})
    template = Template.from_stack(RetuneStack(App(), "retune", settings=settings))
    encrypted = {"KmsKeyId": KEY, "Type": "CUSTOMER_MANAGED_KMS_KEY"}
    template.all_resources_properties(
        "AWS::StepFunctions::StateMachine",
        {"EncryptionConfiguration": Match.object_like(encrypted)},
    )
    template.all_resources_properties("AWS::Logs::LogGroup", {"KmsKeyId": KEY})
    resources = template.to_json()["Resources"]
    may_decrypt = {
        role
        for role in ("Workflow", "Recovery", "ReadProgress", "Notify", "Sweep", "PlanTuning")
        for name, resource in resources.items()
        if resource["Type"] == "AWS::IAM::Policy" and role in name
        for statement in resource["Properties"]["PolicyDocument"]["Statement"]
        if "kms:Decrypt" in as_list(statement["Action"]) and statement["Resource"] == KEY
    }
    assert may_decrypt == {"Workflow", "Recovery", "ReadProgress", "Notify", "Sweep"}
