"""A state machine whose definition is a file of statemachine/."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from aws_cdk import Stack, aws_iam, aws_lambda
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from configuration.settings import Settings
from stacks.history_key import history_key
from stacks.log_group import LogGroup


class AslStateMachine(sfn.StateMachine):
    """Calls its functions, named `<State>FunctionArn` in the file; `statements` allow the rest.

    Its log tells states and times, and what they were given only where the settings ask for it.

    Permissions are written by hand, since the definition is data; a test pairs the two.
    `from_string` keeps the definition readable in the template, where cfn-lint checks it. It
    ignores `timeout`, `comment` and `query_language`: those stand in the definition itself.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        name: str,
        description: str,
        definition: Path,
        functions: Mapping[str, aws_lambda.Function],
        statements: Iterable[aws_iam.PolicyStatement],
        settings: Settings,
        substitutions: Mapping[str, str] | None = None,
    ) -> None:
        key = history_key(scope, f"{id}HistoryKey", settings)
        arns = {state: function.function_arn for state, function in functions.items()}
        role = aws_iam.Role(
            scope,
            f"{id}Role",
            assumed_by=aws_iam.ServicePrincipal("states.amazonaws.com"),
            description=description,
        )
        super().__init__(
            scope,
            id,
            state_machine_name=name,
            definition_body=sfn.DefinitionBody.from_string(definition.read_text()),
            definition_substitutions={
                "Partition": Stack.of(scope).partition,
                **(substitutions or {}),
                **{f"{state}FunctionArn": arn for state, arn in arns.items()},
            },
            role=role,
            tracing_enabled=True,
            logs=sfn.LogOptions(
                destination=LogGroup(
                    scope,
                    f"{id}Logs",
                    name=f"/aws/vendedlogs/states/{name}",
                    settings=settings,
                ),
                level=sfn.LogLevel.ALL,
                include_execution_data=settings.log_execution_data,
            ),
            encryption_configuration=(
                sfn.CustomerManagedEncryptionConfiguration(key) if key else None
            ),
        )
        invoke = aws_iam.PolicyStatement(
            actions=["lambda:InvokeFunction"], resources=list(arns.values())
        )
        for statement in (invoke, *statements):
            role.add_to_policy(statement)
