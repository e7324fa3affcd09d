"""The Step Functions state machine of statemachine/retune.asl.json and what it is allowed to do."""

from aws_cdk import aws_iam, aws_lambda
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from configuration.settings import Settings
from stacks import job_permissions
from stacks.asl_state_machine import AslStateMachine, settings_to_hand_on
from stacks.deployed_files import STATE_MACHINES
from stacks.history_key import read_history
from stacks.hosting_permissions import pass_roles
from stacks.resource_names import ResourceNames
from stacks.training_role import TrainingRoles
from stacks.tuning_callback import called_back

DEFINITION = STATE_MACHINES / "retune.asl.json"


class Workflow(AslStateMachine):
    """The workflow; `recovery` is the machine that its Catch runs."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        settings: Settings,
        functions: dict[str, aws_lambda.Function],
        roles: TrainingRoles,
        names: ResourceNames,
        recovery: sfn.IStateMachine,
    ) -> None:
        text, callback = DEFINITION.read_text(), settings.tuning_task == "callback"
        super().__init__(
            scope,
            id,
            name=settings.name_prefix,
            description="Retune: the state machine",
            definition=called_back(text) if callback else text,
            functions=functions,
            statements=[
                *_run_jobs(names),
                _hear_of_their_end(names),
                *([] if callback else _tune(names)),
                *_recover(names),
                *read_history(settings, names),
                pass_roles(roles.arns),
            ],
            settings=settings,
            substitutions={
                "RecoveryStateMachineArn": recovery.state_machine_arn,
                "Settings": settings_to_hand_on(settings),
            },
        )


def _run_jobs(names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    resources = [names.training_jobs, names.transform_jobs, names.processing_jobs]
    return job_permissions.run_jobs(names, ("Training", "Transform", "Processing"), resources)


def _tune(names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    """The same for tuning jobs, which a function may run instead."""
    return [
        *job_permissions.run_jobs(names, ("HyperParameterTuning",), [names.tuning_jobs]),
        _managed_rules(names, "SageMakerTuningJobs"),
    ]


def _hear_of_their_end(names: ResourceNames) -> aws_iam.PolicyStatement:
    kinds = ("Training", "Transform", "Processing")
    return _managed_rules(names, *(f"SageMaker{kind}Jobs" for kind in kinds))


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
        _managed_rules(names, "StepFunctionsExecution"),
    ]


def _managed_rules(names: ResourceNames, *kinds: str) -> aws_iam.PolicyStatement:
    return aws_iam.PolicyStatement(
        actions=["events:PutTargets", "events:PutRule", "events:DescribeRule"],
        resources=[names.managed_rule(kind) for kind in kinds],
    )
