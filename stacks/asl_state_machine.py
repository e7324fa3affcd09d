"""A state machine whose definition is a file of statemachine/."""

import json
from collections.abc import Iterable, Mapping

from aws_cdk import Stack, aws_iam, aws_lambda
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from configuration.default_input import deployed_settings
from configuration.settings import Settings
from stacks import trust
from stacks.history_key import history_key
from stacks.log_group import LogGroup
from stacks.service_role import service_role


class AslStateMachine(sfn.StateMachine):
    """Calls its functions, named `<State>FunctionArn` in it; `statements` allow the rest.

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
        definition: str,
        functions: Mapping[str, aws_lambda.Function],
        statements: Iterable[aws_iam.PolicyStatement],
        settings: Settings,
        substitutions: Mapping[str, str] | None = None,
    ) -> None:
        key = history_key(scope, f"{id}HistoryKey", settings)
        arns = {state: function.function_arn for state, function in functions.items()}
        invoke = aws_iam.PolicyStatement(
            actions=["lambda:InvokeFunction"], resources=list(arns.values())
        )
        role = service_role(
            scope,
            f"{id}Role",
            given=settings.state_machine_role_arn,
            assumed_by=trust.state_machines(scope),
            description=description,
            statements=[invoke, *statements],
        )
        super().__init__(
            scope,
            id,
            state_machine_name=name,
            definition_body=sfn.DefinitionBody.from_string(definition),
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


def settings_to_hand_on(settings: Settings) -> str:
    """What `${Settings}` stands for in a definition, within quotes: substitution knows no JSON."""
    return json.dumps(deployed_settings(settings).to_text())[1:-1]
