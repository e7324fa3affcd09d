"""The Step Functions state machine of statemachine/retune.asl.json and what it is allowed to do."""

from pathlib import Path

from aws_cdk import Stack, aws_iam, aws_lambda
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from stacks.hosting_permissions import pass_role
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
        recovery: sfn.IStateMachine,
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
                "RecoveryStateMachineArn": recovery.state_machine_arn,
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
            *_recover(names),
            pass_role(training_role),
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
            names.managed_rule("SageMakerTuningJobs"),
            names.managed_rule("SageMakerTrainingJobs"),
            names.managed_rule("SageMakerTransformJobs"),
        ],
    )


def _recover(names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    """Start the recovery machine, hear of its end and, when the execution is stopped, stop it."""
    return [
        aws_iam.PolicyStatement(
            actions=["states:StartExecution"], resources=[names.recovery_machine]
        ),
        aws_iam.PolicyStatement(
            actions=["states:DescribeExecution", "states:StopExecution"],
            resources=[names.recoveries],
        ),
        aws_iam.PolicyStatement(
            actions=["events:PutTargets", "events:PutRule", "events:DescribeRule"],
            resources=[names.managed_rule("StepFunctionsExecution")],
        ),
    ]
