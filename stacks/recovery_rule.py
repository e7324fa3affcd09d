"""Hears of executions that ended without a recovery, and starts it."""

from aws_cdk import Duration, aws_events, aws_sqs
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct
from tuning.failure.outcomes import OUTCOMES

from configuration.settings import Settings
from stacks import trust
from stacks.service_role import service_role

_STOPPED = {"status": ["ABORTED", "TIMED_OUT"]}
# What recovery has explained ends with the name of an outcome. Every other error is one that no
# Catch is given, such as States.Runtime, or that kept the workflow from recovery.
_UNEXPLAINED = {"status": ["FAILED"], "error": [{"anything-but": list(OUTCOMES)}]}


class RecoveryRule(aws_events.Rule):
    """Starts the recovery machine; an event that cannot be delivered goes to the queue."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        workflow: sfn.IStateMachine,
        recovery: sfn.IStateMachine,
        undelivered: aws_sqs.IQueue,
        settings: Settings,
    ) -> None:
        role = service_role(
            scope,
            f"{id}Role",
            given=settings.start_role_arn,
            assumed_by=trust.rules(scope),
            description="Retune: the rule that starts recovery",
        )
        super().__init__(
            scope,
            id,
            description="Retune: executions that ended without a recovery",
            event_pattern=aws_events.EventPattern(
                source=["aws.states"],
                detail_type=["Step Functions Execution Status Change"],
                detail={
                    "stateMachineArn": [workflow.state_machine_arn],
                    "$or": [_STOPPED, _UNEXPLAINED],
                },
            ),
            targets=[
                targets.SfnStateMachine(
                    recovery,
                    role=role,
                    input=aws_events.RuleTargetInput.from_event_path("$.detail"),
                    dead_letter_queue=undelivered,
                    retry_attempts=5,
                    max_event_age=Duration.hours(1),
                )
            ],
        )
