"""What the template promises, asserted as an account owner would read it."""

import json
from typing import Any

import pytest
from aws_cdk import App
from aws_cdk.assertions import Match, Template
from tuning.failure.outcomes import OUTCOMES

from configuration.settings import Settings
from stacks.retune_stack import RetuneStack
from tests.stacks.function_names import FUNCTIONS
from tests.stacks.policies import actions, as_list, statements


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
        if resource["Type"] == "AWS::IAM::ManagedPolicy" and role in name
        for statement in resource["Properties"]["PolicyDocument"]["Statement"]
        if "kms:Decrypt" in as_list(statement["Action"]) and statement["Resource"] == KEY
    }
    assert may_decrypt == {"Workflow", "Recovery", "ReadProgress", "Notify", "Sweep"}
