"""Everything Retune needs in an account, composed."""

from typing import Any

from aws_cdk import CfnOutput, Stack
from constructs import Construct
from tuning.checks.check_input import check_input
from tuning.errors import InvalidInput

from stacks.approval_rule import ApprovalRule
from stacks.data_bucket import DataBucket
from stacks.default_input import default_input
from stacks.endpoint_alarms import EndpointAlarms
from stacks.functions import Functions
from stacks.notifications import Notifications
from stacks.recovery_rule import RecoveryRule
from stacks.recovery_sweep import RecoverySweep
from stacks.recovery_workflow import RecoveryWorkflow
from stacks.resource_names import ResourceNames
from stacks.retune_schedule import RetuneSchedule
from stacks.run_alarms import RunAlarms
from stacks.settings import Settings, SettingsError
from stacks.training_role import TrainingRole
from stacks.workflow import Workflow


class RetuneStack(Stack):
    """Data bucket, alarms, topic, roles, functions, workflow, schedule, and what a person needs."""

    def __init__(self, scope: Construct, id: str, *, settings: Settings, **kwargs: Any) -> None:
        super().__init__(scope, id, **kwargs)
        _check_inputs(settings)
        names = ResourceNames(self, settings.name_prefix)
        bucket = DataBucket(self, "DataBucket", retain=settings.retain_data)
        alarms = EndpointAlarms(
            self, "EndpointAlarms", settings=settings, endpoint=_endpoint_name(settings)
        )
        topic = Notifications(self, "Notifications", settings=settings)
        training_role = TrainingRole(
            self, "TrainingRole", bucket=bucket, settings=settings, alarm_arns=alarms.arns
        )
        functions = Functions(
            self,
            "Functions",
            settings=settings,
            bucket=bucket,
            training_role=training_role,
            names=names,
            alarms=alarms,
            topic=topic,
        )
        recovery = RecoveryWorkflow(
            self,
            "RecoveryWorkflow",
            settings=settings,
            functions=functions.by_recovery_state,
            names=names,
        )
        workflow = Workflow(
            self,
            "Workflow",
            settings=settings,
            functions=functions.by_state,
            training_role=training_role,
            names=names,
            recovery=recovery,
        )
        RecoveryRule(
            self,
            "RecoveryRule",
            workflow=workflow,
            recovery=recovery,
            undelivered=functions.undelivered,
        )
        RecoverySweep(
            self, "RecoverySweep", function=functions.sweep_executions, prefix=settings.name_prefix
        )
        ApprovalRule(
            self,
            "ApprovalRule",
            group_name=settings.name_prefix,
            resume_execution=functions.resume_execution,
            undelivered=functions.undelivered,
        )
        schedule = RetuneSchedule(self, "RetuneSchedule", settings=settings, workflow=workflow)
        RunAlarms(
            self,
            "RunAlarms",
            prefix=settings.name_prefix,
            machines={"executions": workflow, "recovery": recovery},
            queues={
                "undelivered-events": functions.undelivered,
                "undelivered-starts": schedule.undelivered,
            },
        )
        topic.hear_alarms(self)
        self._write_outputs(settings, bucket, workflow, topic)

    def _write_outputs(
        self, settings: Settings, bucket: DataBucket, workflow: Workflow, topic: Notifications
    ) -> None:
        console, region = f"https://{self.region}.console.aws.amazon.com", self.region
        outputs = {
            "DataBucketName": bucket.bucket_name,
            "StateMachineArn": workflow.state_machine_arn,
            "EndpointName": _endpoint_name(settings),
            "NotificationTopicArn": topic.topic_arn,
            "WorkflowConsole": f"{console}/states/home?region={region}#/statemachines/view/"
            f"{workflow.state_machine_arn}",
            "TuningJobsConsole": f"{console}/sagemaker/home?region={region}#/hyper-tuning-jobs",
            "DataBucketConsole": f"{console}/s3/buckets/{bucket.bucket_name}",
        }
        for name, value in outputs.items():
            CfnOutput(self, name, value=value)


def _endpoint_name(settings: Settings) -> str:
    """The endpoint of an execution whose input names none."""
    return str(default_input(settings)["Endpoint"].get("EndpointName", settings.name_prefix))


def _check_inputs(settings: Settings) -> None:
    """Refuses at synth what PlanTuning would refuse at run time."""
    deployed = default_input(settings)
    documents: dict[str, dict[str, Any]] = {
        "default_input": {},
        "schedule_input": settings.schedule_input,
    }
    for setting, document in documents.items():
        try:
            check_input(document, name_prefix=settings.name_prefix, defaults=deployed)
        except InvalidInput as error:
            raise SettingsError(
                f"retune:{setting} would be refused at run time:\n{error}"
            ) from None
