"""Everything Retune needs in an account, as one construct: of this app's stack, or of another's."""

from collections.abc import Iterable, Mapping
from typing import Any

from aws_cdk import CfnOutput, Stack, aws_lambda, aws_s3
from constructs import Construct
from tuning.names import endpoint_alarms

from configuration.models import Source, has_dispatcher, read_models
from configuration.settings import Settings
from stacks.approval_rule import ApprovalRule
from stacks.arrivals import Arrivals, with_arrivals
from stacks.data_bucket import data_bucket
from stacks.dispatcher import Dispatcher
from stacks.endpoint_alarms import EndpointAlarms
from stacks.fleet_workflow import FleetWorkflow
from stacks.functions import Functions
from stacks.model_measures import ModelMeasures
from stacks.model_schedules import ModelSchedules
from stacks.notifications import Notifications
from stacks.organisation import apply_rules
from stacks.recovery_rule import RecoveryRule
from stacks.recovery_sweep import RecoverySweep
from stacks.recovery_workflow import RecoveryWorkflow
from stacks.resource_names import ResourceNames
from stacks.run_alarms import RunAlarms
from stacks.run_dashboard import RunDashboard
from stacks.training_role import TrainingRoles
from stacks.workflow import Workflow


class Retune(Construct):
    """Data bucket, alarms, topic, roles, functions and workflow, and a schedule for each model.

    `models` are files, folders of files, or objects with a `ModelName`; `settings` those of
    docs/deployment.md by name. One workflow, one set of functions and one of roles serve all.

    Raises:
        ConfigurationError: with every fault of the settings, or of all models.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        models: Iterable[Source] = (),
        settings: Settings | Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(scope, id)
        chosen = settings if isinstance(settings, Settings) else Settings.parse(settings or {})
        self.settings, self.models = chosen, read_models(models, chosen)
        stack, prefix = Stack.of(self), chosen.name_prefix
        names = ResourceNames(stack, prefix)
        self.data_bucket: aws_s3.IBucket = data_bucket(self, "DataBucket", chosen)
        EndpointAlarms(
            self, "EndpointAlarms", settings=chosen, endpoint=prefix, names=endpoint_alarms(prefix)
        )
        self.topic = Notifications(self, "Notifications", settings=chosen)
        roles = TrainingRoles.of(self, self.data_bucket, chosen, self.models)
        functions = Functions(
            self,
            "Functions",
            settings=chosen,
            bucket=self.data_bucket,
            roles=roles,
            names=names,
            topic=self.topic,
        )
        recovery = RecoveryWorkflow(
            self,
            "RecoveryWorkflow",
            settings=chosen,
            functions=functions.by_recovery_state,
            names=names,
        )
        self.state_machine = Workflow(
            self,
            "Workflow",
            settings=chosen,
            functions=functions.by_state,
            roles=roles,
            names=names,
            recovery=recovery,
        )
        self.fleet = FleetWorkflow(
            self,
            "FleetWorkflow",
            settings=chosen,
            functions=functions.by_fleet_state,
            names=names,
            workflow=self.state_machine,
        )
        self._react(functions, recovery)
        is_shared = has_dispatcher(self.models, chosen)
        schedules = ModelSchedules(
            self,
            "Models",
            settings=chosen,
            models=[] if is_shared else self.models,
            workflow=self.state_machine,
        )
        called: list[aws_lambda.Function] = [functions.sweep_executions, functions.measure_models]
        if is_shared:
            dispatcher = Dispatcher(
                self,
                "Dispatcher",
                settings=chosen,
                models=self.models,
                bucket=self.data_bucket,
                functions=functions,
                names=names,
            )
            called.append(dispatcher.function)
        started_by_data = with_arrivals(self.models, chosen)
        if started_by_data:
            Arrivals(
                self,
                "Arrivals",
                settings=chosen,
                models=started_by_data,
                bucket=self.data_bucket,
                functions=functions,
                names=names,
            )
        RunAlarms(
            self,
            "RunAlarms",
            prefix=prefix,
            machines={
                "executions": self.state_machine,
                "recovery": recovery,
                "fleets": self.fleet,
            },
            queues={
                "undelivered-events": functions.undelivered,
                "undelivered-starts": schedules.undelivered,
            },
            functions=called,
        )
        ModelMeasures(self, "ModelMeasures", function=functions.measure_models, settings=chosen)
        self.topic.hear_alarms(self)
        RunDashboard(
            self,
            "RunDashboard",
            prefix=prefix,
            workflow=self.state_machine,
            queues=[functions.undelivered, schedules.undelivered],
        )
        apply_rules(self, chosen)

    def _react(self, functions: Functions, recovery: RecoveryWorkflow) -> None:
        """To executions that end without a recovery, and to decisions of people."""
        prefix, undelivered = self.settings.name_prefix, functions.undelivered
        RecoveryRule(
            self,
            "RecoveryRule",
            workflow=self.state_machine,
            recovery=recovery,
            undelivered=undelivered,
        )
        RecoverySweep(self, "RecoverySweep", function=functions.sweep_executions, prefix=prefix)
        ApprovalRule(
            self,
            "ApprovalRule",
            group_name=prefix,
            resume_execution=functions.resume_execution,
            undelivered=undelivered,
        )

    def write_outputs(self) -> None:
        """Outputs of the stack by which `retune` finds it, and a person the console's pages."""
        stack, machine = Stack.of(self), self.state_machine.state_machine_arn
        region, bucket = stack.region, self.data_bucket.bucket_name
        console = f"https://{region}.console.aws.amazon.com"
        outputs = {
            "DataBucketName": bucket,
            "StateMachineArn": machine,
            "FleetStateMachineArn": self.fleet.state_machine_arn,
            "EndpointName": self.settings.name_prefix,
            "NotificationTopicArn": self.topic.topic_arn,
            "WorkflowConsole": f"{console}/states/home?region={region}#/statemachines/view/"
            f"{machine}",
            "TuningJobsConsole": f"{console}/sagemaker/home?region={region}#/hyper-tuning-jobs",
            "DataBucketConsole": f"{console}/s3/buckets/{bucket}",
        }
        for name, value in outputs.items():
            CfnOutput(stack, name, value=value)
