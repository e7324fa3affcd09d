"""ARNs of the SageMaker resources that carry this app's name prefix."""

from aws_cdk import ArnFormat, Stack
from tuning.names import ENDPOINT_LOGS, arrivals_group

from stacks.tag_conditions import TagConditions


class ResourceNames:
    """Every role is scoped to these patterns; SageMaker lower-cases model and endpoint names."""

    def __init__(self, stack: Stack, name_prefix: str) -> None:
        self._stack = stack
        self._prefix = name_prefix
        self.tagged = TagConditions(name_prefix)

    def sagemaker(self, resource: str) -> str:
        """ARN pattern of one kind of resource, for example `training-job`."""
        return self._stack.format_arn(
            service="sagemaker", resource=resource, resource_name=f"{self._prefix}-*"
        )

    @property
    def tuning_jobs(self) -> str:
        return self.sagemaker("hyper-parameter-tuning-job")

    @property
    def training_jobs(self) -> str:
        return self.sagemaker("training-job")

    def log_group(self, name: str) -> str:
        return self._stack.format_arn(
            service="logs",
            resource="log-group",
            resource_name=name,
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )

    @property
    def endpoint_logs(self) -> list[str]:
        """The log groups of the app's endpoints, as patterns."""
        return [f"{ENDPOINT_LOGS}{name}" for name in (self._prefix, f"{self._prefix}-*")]

    @property
    def training_logs(self) -> str:
        """The log group of the training jobs of the whole account."""
        return self.log_group("/aws/sagemaker/TrainingJobs")

    @property
    def training_log_streams(self) -> str:
        """Its streams that are of this app's jobs."""
        return f"{self.training_logs}:log-stream:{self._prefix}-*"

    @property
    def transform_jobs(self) -> str:
        return self.sagemaker("transform-job")

    @property
    def processing_jobs(self) -> str:
        return self.sagemaker("processing-job")

    @property
    def models(self) -> str:
        return self.sagemaker("model")

    @property
    def endpoint_configs(self) -> str:
        return self.sagemaker("endpoint-config")

    @property
    def any_endpoint_config(self) -> str:
        """What serves at an endpoint of ours may have been made by hand, under any name."""
        return self._stack.format_arn(
            service="sagemaker", resource="endpoint-config", resource_name="*"
        )

    @property
    def endpoints(self) -> list[str]:
        """The default endpoint is named after the prefix itself."""
        own = self._stack.format_arn(
            service="sagemaker", resource="endpoint", resource_name=self._prefix
        )
        return [own, self.sagemaker("endpoint")]

    @property
    def schedules(self) -> str:
        """The schedules of models, which hold their documents."""
        return self._stack.format_arn(
            service="scheduler", resource="schedule", resource_name=f"default/{self._prefix}-*"
        )

    @property
    def waiting_starts(self) -> str:
        """The schedules by which runs wait until no more data come."""
        return self._stack.format_arn(
            service="scheduler",
            resource="schedule",
            resource_name=f"{arrivals_group(self._prefix)}/*",
        )

    @property
    def model_package_group(self) -> str:
        """The Model Registry's group of this app; it has the prefix's own name."""
        return self._stack.format_arn(
            service="sagemaker", resource="model-package-group", resource_name=self._prefix
        )

    @property
    def model_packages(self) -> str:
        """The versions in the group."""
        return self._stack.format_arn(
            service="sagemaker", resource="model-package", resource_name=f"{self._prefix}/*"
        )

    @property
    def state_machine(self) -> str:
        """Written by name: the state machine itself depends on the functions that need this."""
        return self._states("stateMachine", self._prefix)

    @property
    def executions(self) -> str:
        """Of the workflow."""
        return self._states("execution", f"{self._prefix}:*")

    @property
    def recovery_name(self) -> str:
        """The name of the recovery machine."""
        return f"{self._prefix}-recovery"

    @property
    def recovery_machine(self) -> str:
        """Written by name, as `state_machine`."""
        return self._states("stateMachine", self.recovery_name)

    @property
    def recoveries(self) -> str:
        """Executions of the recovery machine."""
        return self._states("execution", f"{self.recovery_name}:*")

    @property
    def fleet_name(self) -> str:
        """The name of the machine that retunes every model."""
        return f"{self._prefix}-fleet"

    @property
    def fleet_machine(self) -> str:
        """Written by name, as `state_machine`."""
        return self._states("stateMachine", self.fleet_name)

    @property
    def fleets(self) -> list[str]:
        """Executions of the fleet's machine, and those that its Map starts."""
        return [
            self._states("execution", f"{self.fleet_name}:*"),
            self._states("execution", f"{self.fleet_name}/*"),
        ]

    def _states(self, resource: str, name: str) -> str:
        return self._stack.format_arn(
            service="states",
            resource=resource,
            resource_name=name,
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )

    def managed_rule(self, what: str) -> str:
        """The EventBridge rule by which Step Functions hears that `.sync` work has ended."""
        return self._stack.format_arn(
            service="events",
            resource="rule",
            resource_name=f"StepFunctionsGetEventsFor{what}Rule",
        )
