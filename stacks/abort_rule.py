"""Hears of executions that ended without a state of theirs that could clean up and tell."""

from aws_cdk import Duration, aws_events, aws_lambda, aws_sqs
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

_STOPPED = {"status": ["ABORTED", "TIMED_OUT"]}
# Errors of Step Functions itself, such as States.DataLimitExceeded, that no Catch is given. What
# the state machine has caught and explained ends with the name of an outcome instead.
_UNCAUGHT = {"status": ["FAILED"], "error": [{"prefix": "States."}]}


class AbortRule(aws_events.Rule):
    """Starts CleanUpAborted; an event that cannot be delivered goes to the queue."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        workflow: sfn.IStateMachine,
        function: aws_lambda.IFunction,
        undelivered: aws_sqs.IQueue,
    ) -> None:
        super().__init__(
            scope,
            id,
            description="Retune: executions that could not clean up themselves",
            event_pattern=aws_events.EventPattern(
                source=["aws.states"],
                detail_type=["Step Functions Execution Status Change"],
                detail={
                    "stateMachineArn": [workflow.state_machine_arn],
                    "$or": [_STOPPED, _UNCAUGHT],
                },
            ),
            targets=[
                targets.LambdaFunction(
                    function,
                    dead_letter_queue=undelivered,
                    retry_attempts=5,
                    max_event_age=Duration.hours(1),
                )
            ],
        )
