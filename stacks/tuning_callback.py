"""Runs tuning jobs by a function that is called back, in the place of Step Functions' integration.

docs/decisions/0038-tuning-by-callback.md tells when that is wanted.
"""

import json

from aws_cdk import Duration, aws_events, aws_events_targets, aws_iam, aws_lambda, aws_s3
from constructs import Construct
from tuning.variables.waiting_tuning import WaitingTuning

from configuration.settings import Settings
from stacks.asl_format import asl_text
from stacks.function_schedule import FunctionSchedule
from stacks.functions import Functions
from stacks.hosting_permissions import pass_roles
from stacks.job_permissions import create_jobs
from stacks.resource_names import ResourceNames
from stacks.retries import with_retries
from stacks.run_folder_permissions import read_file, write_file
from stacks.training_role import TrainingRoles

_LOOK = Duration.minutes(10)  # events may be lost
# Members of RunTuning that differ. The name of the job is the same at each attempt.
_STATE = {
    "Comment": "Starts the tuning job and waits until ResumeTuning says that it has ended.",
    "Resource": "arn:${Partition}:states:::lambda:invoke.waitForTaskToken",
    "Arguments": {
        "FunctionName": "${RunTuningFunctionArn}",
        "Payload": {
            "TaskToken": "{% $states.context.Task.Token %}",
            "Request": "{% $merge([$plan.TuningJob, {'HyperParameterTuningJobName': "
            "$plan.TuningJob.HyperParameterTuningJobName & '-' & "
            "$string($states.context.Execution.RedriveCount) & '0'}]) %}",
            "Report": "{% $plan.Report %}",
        },
    },
}


class TuningCallback(Construct):
    """The function RunTuning, and ResumeTuning, which an event and a schedule have look."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        settings: Settings,
        bucket: aws_s3.IBucket,
        functions: Functions,
        roles: TrainingRoles,
        names: ResourceNames,
    ) -> None:
        super().__init__(scope, id)
        prefix, token = settings.name_prefix, WaitingTuning.FILE
        self.run_tuning: aws_lambda.Function = functions.add_state(
            "RunTuning",
            [
                write_file(bucket, token),
                *create_jobs(names, ["HyperParameterTuning"], [names.tuning_jobs]),
                pass_roles(roles.arns),
            ],
        )
        self.resume_tuning: aws_lambda.Function = functions.add(
            "ResumeTuning",
            statements=[*read_file(bucket, token), write_file(bucket, token), *_resume(names)],
            environment={"STATE_MACHINE_ARN": names.state_machine},
        )
        _hear(self, prefix, self.resume_tuning, functions)
        FunctionSchedule(
            self,
            "Look",
            settings=settings,
            function=self.resume_tuning,
            name=f"{prefix}-tuning",
            description="Looks for tuning jobs whose end no event has announced",
            every=_LOOK,
        )


def called_back(definition: str) -> str:
    """The definition with RunTuning as a task of the function RunTuning."""
    machine = json.loads(definition)
    (box,) = machine["States"]["Retune"]["Branches"]
    box["States"]["RunTuning"] |= _STATE
    return asl_text(with_retries(machine))


def _hear(scope: Construct, prefix: str, function: aws_lambda.IFunction, to: Functions) -> None:
    aws_events.Rule(
        scope,
        "Rule",
        rule_name=f"{prefix}-tuning",
        description="Retune: a tuning job has ended",
        event_pattern=aws_events.EventPattern(
            source=["aws.sagemaker"],
            detail_type=["SageMaker HyperParameter Tuning Job State Change"],
            detail={
                "HyperParameterTuningJobName": [{"prefix": f"{prefix}-"}],
                "HyperParameterTuningJobStatus": ["Completed", "Failed", "Stopped"],
            },
        ),
        targets=[
            aws_events_targets.LambdaFunction(
                function,
                dead_letter_queue=to.undelivered,
                retry_attempts=5,
                max_event_age=Duration.hours(1),
            )
        ],
    )


def _resume(names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    """Which executions run, how their tuning jobs are, and let the states that wait go on."""
    return [
        aws_iam.PolicyStatement(
            actions=[
                "states:ListExecutions",
                "states:SendTaskSuccess",
                "states:SendTaskFailure",
            ],
            resources=[names.state_machine],
        ),
        aws_iam.PolicyStatement(
            actions=["sagemaker:DescribeHyperParameterTuningJob"], resources=[names.tuning_jobs]
        ),
    ]
