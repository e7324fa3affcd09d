"""Everything Retune needs in an account, as one construct: of this app's stack, or of another's."""

from collections.abc import Iterable, Mapping
from typing import Any

from aws_cdk import CfnOutput, Stack, aws_kms, aws_lambda, aws_s3
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
from stacks.log_encryption import encrypt_logs
from stacks.log_expiry import LogExpiry, asks_for_it
from stacks.model_measures import ModelMeasures
from stacks.model_schedules import ModelSchedules
from stacks.notifications import Notifications
from stacks.organisation import apply_rules
from stacks.partition import console_url, refuse_unknown_region
from stacks.recovery_rule import RecoveryRule
from stacks.recovery_sweep import RecoverySweep
from stacks.recovery_workflow import RecoveryWorkflow
from stacks.resource_names import ResourceNames
from stacks.run_alarms import RunAlarms
from stacks.run_dashboard import RunDashboard
from stacks.training_role import TrainingRoles
from stacks.tuning_callback import TuningCallback
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
        refuse_unknown_region(Stack.of(self))
        chosen = settings if isinstance(settings, Settings) else Settings.parse(settings or {})
        self.settings, self.models = chosen, read_models(models, chosen)
        prefix = chosen.name_prefix
        self._names = ResourceNames(Stack.of(self), prefix)
        self.data_bucket: aws_s3.IBucket = data_bucket(self, "DataBucket", chosen)
        EndpointAlarms(
            self, "EndpointAlarms", settings=chosen, endpoint=prefix, names=endpoint_alarms(prefix)
        )
        self.topic = Notifications(self, "Notifications", settings=chosen)
        roles = TrainingRoles.of(self, self.data_bucket, chosen, self.models)
        self._functions = Functions(
            self,
            "Functions",
            settings=chosen,
            bucket=self.data_bucket,
            roles=roles,
            names=self._names,
            topic=self.topic,
        )
        self._run_machines(roles)
        self._react()
        self._start_models()
        self._log_expiry = self._expire_logs()
        self._watch()
        if isinstance(self.topic.key, aws_kms.Key):
            encrypt_logs(self, self.topic.key, chosen)
        apply_rules(self, chosen)

    def _run_machines(self, roles: TrainingRoles) -> None:
        """The workflow, the recovery that its Catch runs, and the fleet that runs the workflow."""
        self._recovery = RecoveryWorkflow(
            self,
            "RecoveryWorkflow",
            settings=self.settings,
            functions=self._functions.by_recovery_state,
            names=self._names,
        )
        self._callback = self._call_back(roles) if self.settings.tuning_task == "callback" else None
        called = {"RunTuning": self._callback.run_tuning} if self._callback else {}
        self.state_machine = Workflow(
            self,
            "Workflow",
            settings=self.settings,
            functions=self._functions.by_state | called,
            roles=roles,
            names=self._names,
            recovery=self._recovery,
        )
        self.fleet = FleetWorkflow(
            self,
            "FleetWorkflow",
            settings=self.settings,
            functions=self._functions.by_fleet_state,
            names=self._names,
            workflow=self.state_machine,
        )

    def _call_back(self, roles: TrainingRoles) -> TuningCallback:
        return TuningCallback(
            self,
            "TuningCallback",
            settings=self.settings,
            bucket=self.data_bucket,
            functions=self._functions,
            roles=roles,
            names=self._names,
        )

    def _react(self) -> None:
        """To executions that end without a recovery, and to decisions of people."""
        functions = self._functions
        RecoveryRule(
            self,
            "RecoveryRule",
            workflow=self.state_machine,
            recovery=self._recovery,
            undelivered=functions.undelivered,
            settings=self.settings,
        )
        RecoverySweep(
            self,
            "RecoverySweep",
            function=functions.sweep_executions,
            settings=self.settings,
        )
        ApprovalRule(
            self,
            "ApprovalRule",
            group_name=self.settings.name_prefix,
            resume_execution=functions.resume_execution,
            undelivered=functions.undelivered,
        )

    def _start_models(self) -> None:
        """By a schedule each, or by one that starts all that are due, and by new data."""
        is_shared = has_dispatcher(self.models, self.settings)
        self._schedules = ModelSchedules(
            self,
            "Models",
            settings=self.settings,
            models=[] if is_shared else self.models,
            workflow=self.state_machine,
        )
        self._dispatcher = self._dispatch() if is_shared else None
        started_by_data = with_arrivals(self.models, self.settings)
        if started_by_data:
            Arrivals(
                self,
                "Arrivals",
                settings=self.settings,
                models=started_by_data,
                bucket=self.data_bucket,
                functions=self._functions,
                names=self._names,
            )

    def _dispatch(self) -> Dispatcher:
        return Dispatcher(
            self,
            "Dispatcher",
            settings=self.settings,
            models=self.models,
            bucket=self.data_bucket,
            functions=self._functions,
            names=self._names,
        )

    def _expire_logs(self) -> LogExpiry | None:
        """Where the settings ask for it: the logs of jobs are the whole account's."""
        if not asks_for_it(self.settings):
            return None
        return LogExpiry(
            self,
            "LogExpiry",
            settings=self.settings,
            functions=self._functions,
            names=self._names,
        )

    def _watch(self) -> None:
        """Alarms, metrics and a dashboard of what runs, and of what could not be delivered."""
        prefix, functions = self.settings.name_prefix, self._functions
        called: list[aws_lambda.Function] = [functions.sweep_executions, functions.measure_models]
        called += [each.function for each in (self._dispatcher, self._log_expiry) if each]
        if self._callback:
            called.append(self._callback.resume_tuning)
        queues = {
            "undelivered-events": functions.undelivered,
            "undelivered-starts": self._schedules.undelivered,
        }
        RunAlarms(
            self,
            "RunAlarms",
            prefix=prefix,
            machines={
                "executions": self.state_machine,
                "recovery": self._recovery,
                "fleets": self.fleet,
            },
            queues=queues,
            functions=called,
        )
        ModelMeasures(
            self, "ModelMeasures", function=functions.measure_models, settings=self.settings
        )
        self.topic.hear_alarms(self)
        RunDashboard(
            self,
            "RunDashboard",
            prefix=prefix,
            workflow=self.state_machine,
            queues=list(queues.values()),
        )

    def write_outputs(self) -> None:
        """Outputs of the stack by which `retune` finds it, and a person the console's pages."""
        stack, machine = Stack.of(self), self.state_machine.state_machine_arn
        region, bucket = stack.region, self.data_bucket.bucket_name
        console = console_url(self)
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
