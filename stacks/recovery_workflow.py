"""The Step Functions state machine of statemachine/recover.asl.json and what it may do."""

from aws_cdk import Stack, aws_iam, aws_lambda
from constructs import Construct

from configuration.settings import Settings
from stacks.asl_state_machine import AslStateMachine
from stacks.deployed_files import STATE_MACHINES
from stacks.hosting_permissions import forget_scalable_target, grant_key, update_endpoint
from stacks.resource_names import ResourceNames

DEFINITION = STATE_MACHINES / "recover.asl.json"


class RecoveryWorkflow(AslStateMachine):
    """Undoes what an execution of the workflow has begun: see docs/decisions/0012."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        settings: Settings,
        functions: dict[str, aws_lambda.Function],
        names: ResourceNames,
    ) -> None:
        super().__init__(
            scope,
            id,
            name=names.recovery_name,
            description="Retune: the state machine that recovers",
            definition=DEFINITION.read_text(),
            functions=functions,
            statements=[
                *_restore(names),
                forget_scalable_target(Stack.of(scope)),
                *grant_key(settings),
            ],
            settings=settings,
        )


def _restore(names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    """What served before is brought back under whatever name somebody gave its config. Only an
    endpoint that a run has made is deleted."""
    return [
        update_endpoint(names),
        aws_iam.PolicyStatement(
            actions=["sagemaker:UpdateEndpoint"], resources=[names.any_endpoint_config]
        ),
        aws_iam.PolicyStatement(
            actions=["sagemaker:DeleteEndpoint"],
            resources=names.endpoints,
            conditions=names.tagged.own,
        ),
    ]
