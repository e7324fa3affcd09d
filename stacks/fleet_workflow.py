"""The Step Functions state machine of statemachine/fleet.asl.json and what it may do."""

from aws_cdk import aws_iam, aws_lambda
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from configuration.settings import Settings
from stacks.asl_state_machine import AslStateMachine, settings_to_hand_on
from stacks.deployed_files import STATE_MACHINES
from stacks.resource_names import ResourceNames

DEFINITION = STATE_MACHINES / "fleet.asl.json"


class FleetWorkflow(AslStateMachine):
    """Retunes every model: see docs/decisions/0021. `workflow` is the machine that retunes one."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        settings: Settings,
        functions: dict[str, aws_lambda.Function],
        names: ResourceNames,
        workflow: sfn.IStateMachine,
    ) -> None:
        super().__init__(
            scope,
            id,
            name=names.fleet_name,
            description="Retune: the state machine that retunes every model",
            definition=DEFINITION.read_text(),
            functions=functions,
            statements=_run(names),
            settings=settings,
            substitutions={
                "RetuneStateMachineArn": workflow.state_machine_arn,
                "Settings": settings_to_hand_on(settings),
            },
        )


def _run(names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    """Start runs, hear of their end, stop them; a Distributed Map starts its own machine, too."""
    return [
        aws_iam.PolicyStatement(
            actions=["states:StartExecution"],
            resources=[names.state_machine, names.fleet_machine],
        ),
        aws_iam.PolicyStatement(
            actions=["states:DescribeExecution", "states:StopExecution"],
            resources=[names.executions, *names.fleets],
        ),
        aws_iam.PolicyStatement(
            actions=["events:PutTargets", "events:PutRule", "events:DescribeRule"],
            resources=[names.managed_rule("StepFunctionsExecution")],
        ),
    ]
