"""Hears in the Model Registry that a person decided, and starts ResumeExecution."""

from aws_cdk import Duration, aws_events, aws_events_targets, aws_lambda, aws_sqs
from constructs import Construct


class ApprovalRule(Construct):
    """An EventBridge rule on the app's model package group; what it cannot deliver is queued."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        group_name: str,
        resume_execution: aws_lambda.IFunction,
        undelivered: aws_sqs.IQueue,
    ) -> None:
        super().__init__(scope, id)
        aws_events.Rule(
            self,
            "Rule",
            rule_name=f"{group_name}-approval",
            description="Retune: a model package was approved or rejected",
            event_pattern=aws_events.EventPattern(
                source=["aws.sagemaker"],
                detail_type=["SageMaker Model Package State Change"],
                detail={
                    "ModelPackageGroupName": [group_name],
                    "ModelApprovalStatus": ["Approved", "Rejected"],
                },
            ),
            targets=[
                aws_events_targets.LambdaFunction(
                    resume_execution,
                    dead_letter_queue=undelivered,
                    retry_attempts=5,
                    max_event_age=Duration.hours(1),
                )
            ],
        )
