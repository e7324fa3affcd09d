"""Hears of executions that were stopped or ran out of time, which no state of theirs can."""

from aws_cdk import Duration, aws_events, aws_lambda, aws_sqs
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct


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
            description="Retune: executions that were stopped or ran out of time",
            event_pattern=aws_events.EventPattern(
                source=["aws.states"],
                detail_type=["Step Functions Execution Status Change"],
                detail={
                    "stateMachineArn": [workflow.state_machine_arn],
                    "status": ["ABORTED", "TIMED_OUT"],
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
