"""The Lambda functions: one a task state, named after it, each with a role of its own."""

import json
from typing import Any

from aws_cdk import Duration, Stack, aws_iam, aws_lambda, aws_s3
from constructs import Construct
from tuning.names import endpoint_alarms

from configuration.settings import Settings
from stacks import layers
from stacks.dead_letter_queue import dead_letter_queue, use_queue_key
from stacks.function_permissions import FunctionPermissions
from stacks.notifications import Notifications
from stacks.preparation_program import PreparationProgram
from stacks.resource_names import ResourceNames
from stacks.retune_function import RetuneFunction
from stacks.training_role import TrainingRoles

# CreateModel also does the work of the state CreateTrialModel.
_STATES = (
    "PlanTuning",
    "WeighChampion",
    "SelectBest",
    "ChooseTrial",
    "CreateModel",
    "FindChampion",
    "Decide",
    "RegisterModel",
    "AwaitApproval",
    "CreateEndpointConfig",
    "DeployEndpoint",
    "VerifyEndpoint",
    "ScaleEndpoint",
    "WriteReport",
    "Prune",
    "Notify",
)
_FLEET_STATES = ("ListModels", "NotifyFleet")
_RECOVERY_STATES = (
    "ReadProgress",
    "InspectEndpoint",
    "CleanUp",
    "ExplainFailure",
    "WriteFailureReport",
    "Notify",
)
# They compute metrics or draw, with the packages of lambda/requirements-report.txt.
_WITH_REPORT_LAYER = ("WeighChampion", "ChooseTrial", "Decide", "WriteReport", "WriteFailureReport")
# They compute metrics of every row of the test channel, a thousand times for the interval, or ask
# for every model, or start every one.
_LONG = ("WeighChampion", "ChooseTrial", "Decide", "MeasureModels", "StartDueModels")
_MEMORY_MIB = {
    "WriteReport": 1024,
    "WriteFailureReport": 1024,
    "WeighChampion": 2048,
    "ChooseTrial": 2048,
    "Decide": 2048,
}


class Functions(Construct):
    """All functions; `by_state`, `by_recovery_state` and `by_fleet_state` map a state's name to it.

    `resume_execution` answers events, schedules call `sweep_executions` and `measure_models`. What
    could not be dealt with goes to `undelivered`. `add` makes another one that answers events.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        settings: Settings,
        bucket: aws_s3.IBucket,
        roles: TrainingRoles,
        names: ResourceNames,
        topic: Notifications,
    ) -> None:
        super().__init__(scope, id)
        self._settings, self._bucket = settings, bucket
        self._core, self._report = self._layer("core"), self._layer("report")
        program = PreparationProgram(self, "PreparationProgram")
        self._permissions = FunctionPermissions(
            Stack.of(self),
            settings=settings,
            bucket=bucket,
            names=names,
            topic=topic,
            roles=roles,
            program=program,
        ).by_function
        self._environments = _environments(settings, roles, names, topic, program)
        self.by_state: dict[str, aws_lambda.Function] = {
            state: self._function(state) for state in _STATES
        }
        self.by_recovery_state = {
            state: self.by_state.get(state) or self._function(state) for state in _RECOVERY_STATES
        }
        self.by_fleet_state: dict[str, aws_lambda.Function] = {
            state: self._function(state) for state in _FLEET_STATES
        }
        self.undelivered = dead_letter_queue(self, settings)
        self.resume_execution = self._function(
            "ResumeExecution", dead_letter_queue=self.undelivered
        )
        self.sweep_executions = self._function("SweepExecutions")
        self.measure_models = self._function("MeasureModels")

    def add(
        self, name: str, *, statements: list[aws_iam.PolicyStatement], environment: dict[str, str]
    ) -> aws_lambda.Function:
        """Another function that answers events or a schedule, which only some deployments need."""
        return self.add_state(name, statements, environment, dead_letter_queue=self.undelivered)

    def add_state(
        self,
        name: str,
        statements: list[aws_iam.PolicyStatement],
        environment: dict[str, str] | None = None,
        **options: Any,
    ) -> aws_lambda.Function:
        """Another function of a state, likewise."""
        self._permissions[name], self._environments[name] = statements, environment or {}
        return self._function(name, **options)

    def _layer(self, name: str) -> aws_lambda.LayerVersion:
        return aws_lambda.LayerVersion(
            self,
            f"{name.capitalize()}Layer",
            code=aws_lambda.Code.from_asset(str(layers.zip_path(name))),
            compatible_runtimes=[layers.RUNTIME],
            compatible_architectures=[layers.ARCHITECTURE],
            description=f"Packages of lambda/{layers.LOCKS[name].name}",
        )

    def _function(self, name: str, **options: Any) -> RetuneFunction:
        report = [self._report] if name in _WITH_REPORT_LAYER else []
        use_queue = use_queue_key(self._settings) if "dead_letter_queue" in options else []
        return RetuneFunction(
            self,
            name,
            settings=self._settings,
            bucket=self._bucket,
            statements=[*self._permissions[name], *use_queue],
            layers=[self._core, *report],
            memory_size=_MEMORY_MIB.get(name, 512),
            timeout=Duration.minutes(15 if name in _LONG else 5),
            environment=self._environments.get(name, {}),
            **options,
        )


def _environments(
    settings: Settings,
    roles: TrainingRoles,
    names: ResourceNames,
    topic: Notifications,
    program: PreparationProgram,
) -> dict[str, dict[str, str]]:
    """What a function is told of the deployment, by its name, beyond what all are told."""
    return {
        "PlanTuning": {
            "TRAINING_ROLE_ARN": roles.own_arn,
            "ALARM_NAMES": json.dumps(endpoint_alarms(settings.name_prefix)),
            "PREPARATION_PROGRAM": program.s3_object_url,
        },
        "Notify": {"TOPIC_ARN": topic.topic_arn},
        "NotifyFleet": {"TOPIC_ARN": topic.topic_arn},
        "ListModels": {
            "STATE_MACHINE_ARN": names.state_machine,
            "FLEET_CONCURRENCY": str(settings.fleet_concurrency),
        },
        "MeasureModels": {"STATE_MACHINE_ARN": names.state_machine},
        "SweepExecutions": {
            "STATE_MACHINE_ARN": names.state_machine,
            "RECOVERY_ARN": names.recovery_machine,
        },
    }
