"""The Step Functions state machine of statemachine/recover.asl.json and what it may do."""

from pathlib import Path

from aws_cdk import Stack, aws_iam, aws_lambda
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from stacks.log_group import LogGroup
from stacks.resource_names import ResourceNames
from stacks.settings import Settings

DEFINITION = Path(__file__).parent.parent / "statemachine" / "recover.asl.json"


class RecoveryWorkflow(sfn.StateMachine):
    """Undoes what an execution of the workflow has begun: see docs/decisions/0012.

    As with Workflow, the definition is data, and permissions are written by hand.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        settings: Settings,
        functions: dict[str, aws_lambda.Function],
        names: ResourceNames,
    ) -> None:
        role = aws_iam.Role(
            scope,
            f"{id}Role",
            assumed_by=aws_iam.ServicePrincipal("states.amazonaws.com"),
            description="Retune: the state machine that recovers",
        )
        super().__init__(
            scope,
            id,
            state_machine_name=names.recovery_name,
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
                    name=f"/aws/vendedlogs/states/{names.recovery_name}",
                    retention_days=settings.log_retention_days,
                ),
                level=sfn.LogLevel.ALL,
                include_execution_data=True,
            ),
        )
        role.add_to_policy(_invoke(functions))
        role.add_to_policy(_restore(names))


def _invoke(functions: dict[str, aws_lambda.Function]) -> aws_iam.PolicyStatement:
    return aws_iam.PolicyStatement(
        actions=["lambda:InvokeFunction"],
        resources=[function.function_arn for function in functions.values()],
    )


def _restore(names: ResourceNames) -> aws_iam.PolicyStatement:
    """What served before is brought back under whatever name somebody gave its config."""
    return aws_iam.PolicyStatement(
        actions=["sagemaker:UpdateEndpoint", "sagemaker:DeleteEndpoint"],
        resources=[names.endpoints, names.any_endpoint_config],
    )
