"""The Step Functions state machine of statemachine/retune.asl.json and what it is allowed to do."""

from pathlib import Path

from aws_cdk import Stack, aws_iam, aws_lambda
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from stacks.log_group import LogGroup
from stacks.resource_names import ResourceNames
from stacks.settings import Settings

DEFINITION = Path(__file__).parent.parent / "statemachine" / "retune.asl.json"


class Workflow(sfn.StateMachine):
    """Permissions are written by hand, since the definition is data; a test pairs the two.

    `from_string` keeps the definition readable in the template, where cfn-lint checks it. It
    ignores `timeout`, `comment` and `query_language`: those stand in the definition itself.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        settings: Settings,
        functions: dict[str, aws_lambda.Function],
        training_role: aws_iam.IRole,
        names: ResourceNames,
        alarm_arns: list[str],
    ) -> None:
        role = aws_iam.Role(
            scope,
            f"{id}Role",
            assumed_by=aws_iam.ServicePrincipal("states.amazonaws.com"),
            description="Retune: the state machine",
        )
        super().__init__(
            scope,
            id,
            state_machine_name=settings.name_prefix,
            definition_body=sfn.DefinitionBody.from_string(DEFINITION.read_text()),
            definition_substitutions={
                "Partition": Stack.of(scope).partition,
                **{
                    f"{state}FunctionArn": function.function_arn
                    for state, function in functions.items()
                },
            },
            role=role,
            tracing_enabled=True,
            logs=sfn.LogOptions(
                destination=LogGroup(
                    scope,
                    f"{id}Logs",
                    name=f"/aws/vendedlogs/states/{settings.name_prefix}",
                    retention_days=settings.log_retention_days,
                ),
                level=sfn.LogLevel.ALL,
                include_execution_data=True,
            ),
        )
        for statement in (
            _invoke(functions),
            _run_jobs(names),
            _hear_of_their_end(names),
            _deploy(names),
            _restore(names),
            _watch_alarms(alarm_arns),
            *_scale(scope, settings.name_prefix),
            _pass_role(training_role),
        ):
            role.add_to_policy(statement)


def _invoke(functions: dict[str, aws_lambda.Function]) -> aws_iam.PolicyStatement:
    return aws_iam.PolicyStatement(
        actions=["lambda:InvokeFunction"],
        resources=[function.function_arn for function in functions.values()],
    )


def _run_jobs(names: ResourceNames) -> aws_iam.PolicyStatement:
    """Create, watch and, when the execution is aborted, stop; `.sync` tags and reads tags."""
    return aws_iam.PolicyStatement(
        actions=[
            "sagemaker:CreateHyperParameterTuningJob",
            "sagemaker:DescribeHyperParameterTuningJob",
            "sagemaker:StopHyperParameterTuningJob",
            "sagemaker:CreateTrainingJob",
            "sagemaker:DescribeTrainingJob",
            "sagemaker:StopTrainingJob",
            "sagemaker:CreateTransformJob",
            "sagemaker:DescribeTransformJob",
            "sagemaker:StopTransformJob",
            "sagemaker:AddTags",
            "sagemaker:ListTags",
        ],
        resources=[names.tuning_jobs, names.training_jobs, names.transform_jobs],
    )


def _hear_of_their_end(names: ResourceNames) -> aws_iam.PolicyStatement:
    return aws_iam.PolicyStatement(
        actions=["events:PutTargets", "events:PutRule", "events:DescribeRule"],
        resources=[
            names.managed_rule("Tuning"),
            names.managed_rule("Training"),
            names.managed_rule("Transform"),
        ],
    )


def _deploy(names: ResourceNames) -> aws_iam.PolicyStatement:
    """CreateEndpoint, as UpdateEndpoint, is checked against endpoint and config alike."""
    return aws_iam.PolicyStatement(
        actions=[
            "sagemaker:CreateModel",
            "sagemaker:CreateEndpointConfig",
            "sagemaker:CreateEndpoint",
            "sagemaker:DeleteEndpoint",
            "sagemaker:DescribeEndpoint",
            "sagemaker:AddTags",
        ],
        resources=[names.models, names.endpoint_configs, names.endpoints],
    )


def _restore(names: ResourceNames) -> aws_iam.PolicyStatement:
    """What served before is read and brought back under whatever name somebody gave it."""
    return aws_iam.PolicyStatement(
        actions=["sagemaker:UpdateEndpoint", "sagemaker:DescribeEndpointConfig"],
        resources=[names.endpoints, names.any_endpoint_config],
    )


def _watch_alarms(alarm_arns: list[str]) -> aws_iam.PolicyStatement:
    """UpdateEndpoint looks at the alarms of a rollout; other alarms need a permission of theirs."""
    return aws_iam.PolicyStatement(actions=["cloudwatch:DescribeAlarms"], resources=alarm_arns)


def _scale(scope: Construct, prefix: str) -> list[aws_iam.PolicyStatement]:
    """Application Auto Scaling acts through a role of its own, which the first call makes."""
    stack, service = Stack.of(scope), "sagemaker.application-autoscaling.amazonaws.com"
    return [
        aws_iam.PolicyStatement(
            actions=[
                "application-autoscaling:RegisterScalableTarget",
                "application-autoscaling:PutScalingPolicy",
            ],
            resources=[
                stack.format_arn(
                    service="application-autoscaling", resource="scalable-target", resource_name="*"
                )
            ],
            conditions={"StringEquals": {"application-autoscaling:service-namespace": "sagemaker"}},
        ),
        aws_iam.PolicyStatement(
            actions=[
                "cloudwatch:PutMetricAlarm",
                "cloudwatch:DescribeAlarms",
                "cloudwatch:DeleteAlarms",
            ],
            resources=[
                stack.format_arn(
                    service="cloudwatch", resource=f"alarm:TargetTracking-endpoint/{prefix}*"
                )
            ],
        ),
        aws_iam.PolicyStatement(
            actions=["iam:CreateServiceLinkedRole"],
            resources=[f"arn:{stack.partition}:iam::*:role/aws-service-role/{service}/*"],
            conditions={"StringEquals": {"iam:AWSServiceName": service}},
        ),
    ]


def _pass_role(training_role: aws_iam.IRole) -> aws_iam.PolicyStatement:
    return aws_iam.PolicyStatement(
        actions=["iam:PassRole"],
        resources=[training_role.role_arn],
        conditions={"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}},
    )
