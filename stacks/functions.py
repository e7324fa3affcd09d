"""The Lambda functions: one a task state, named after it, each with a role of its own."""

import json
from pathlib import Path
from typing import Any

from aws_cdk import (
    Duration,
    Stack,
    aws_iam,
    aws_lambda,
    aws_logs,
    aws_s3,
    aws_sns,
    aws_sqs,
)
from constructs import Construct

from stacks import layers, leftovers
from stacks.log_group import LogGroup
from stacks.resource_names import ResourceNames
from stacks.settings import Settings

SOURCE = Path(__file__).parent.parent / "lambda"

# Two compute metrics of every row of the test channel, a thousand times for the interval; the third
# waits for an endpoint.
_LONG = ("ChooseTrial", "Decide", "CleanUpAborted")
_MEMORY_MIB = {"WriteReport": 1024, "ChooseTrial": 2048, "Decide": 2048}


class Functions(Construct):
    """All functions of the workflow; `by_state` maps a state's name to its function.

    Two answer events instead: `resume_execution`, and `clean_up_aborted`, since an execution that
    was stopped has no state any more. What they could not do in three attempts goes to
    `undelivered`.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        settings: Settings,
        bucket: aws_s3.IBucket,
        training_role: aws_iam.IRole,
        names: ResourceNames,
        alarm_names: list[str],
        topic: aws_sns.ITopic,
    ) -> None:
        super().__init__(scope, id)
        self._settings, self._bucket, self._names = settings, bucket, names
        self._code = aws_lambda.Code.from_asset(
            str(SOURCE), exclude=["**/__pycache__", "*.in", "*.txt"]
        )
        core, report = self._layer("core"), self._layer("report")
        self.by_state = {
            "PlanTuning": self._function(
                "PlanTuning",
                [core],
                [self._read_data(), *self._read_parents()],
                {
                    "TRAINING_ROLE_ARN": training_role.role_arn,
                    "DEFAULT_INPUT": json.dumps(default_input(settings)),
                    "ALARM_NAMES": json.dumps(alarm_names),
                },
            ),
            "SelectBest": self._function("SelectBest", [core], [self._read_jobs()]),
            "ChooseTrial": self._function("ChooseTrial", [core, report], [self._read_data()]),
            "Decide": self._function(
                "Decide", [core, report], [self._read_data(), self._write_report()]
            ),
            "RegisterModel": self._function(
                "RegisterModel", [core], [self._write_report(), self._register()]
            ),
            "AwaitApproval": self._function(
                "AwaitApproval", [core], [self._write_report(), *self._hear_a_decision()]
            ),
            "VerifyEndpoint": self._function(
                "VerifyEndpoint", [core], [self._read_data(), self._invoke_endpoint()]
            ),
            "WriteReport": self._function(
                "WriteReport", [core, report], [self._read_jobs(), self._write_report()]
            ),
            "Prune": self._function("Prune", [core], self._clean_up()),
            "CleanUp": self._function("CleanUp", [core], self._clean_up()),
            "ExplainFailure": self._function("ExplainFailure", [core], [self._read_jobs()]),
            "Notify": self._function("Notify", [core], [_publish(topic)], _topic(topic)),
        }
        self.undelivered = aws_sqs.Queue(
            self,
            "Undelivered",
            enforce_ssl=True,
            encryption=aws_sqs.QueueEncryption.SQS_MANAGED,
            retention_period=Duration.days(14),
        )
        self.resume_execution = self._function(
            "ResumeExecution",
            [core],
            [self._read_data(), *self._hear_a_decision()],
            dead_letter_queue=self.undelivered,
        )
        self.clean_up_aborted = self._function(
            "CleanUpAborted",
            [core],
            [*self._clean_up(), *self._restore(), _publish(topic)],
            _topic(topic),
            dead_letter_queue=self.undelivered,
        )

    def _layer(self, name: str) -> aws_lambda.LayerVersion:
        return aws_lambda.LayerVersion(
            self,
            f"{name.capitalize()}Layer",
            code=aws_lambda.Code.from_asset(str(layers.zip_path(name))),
            compatible_runtimes=[layers.RUNTIME],
            compatible_architectures=[layers.ARCHITECTURE],
            description=f"Packages of lambda/{layers.LOCKS[name].name}",
        )

    def _function(
        self,
        state: str,
        function_layers: list[aws_lambda.ILayerVersion],
        statements: list[aws_iam.PolicyStatement],
        environment: dict[str, str] | None = None,
        **options: Any,
    ) -> aws_lambda.Function:
        name = f"{self._settings.name_prefix}-{state}"
        logs = LogGroup(
            self,
            f"{state}Logs",
            name=f"/aws/lambda/{name}",
            retention_days=self._settings.log_retention_days,
        )
        return aws_lambda.Function(
            self,
            state,
            function_name=name,
            runtime=layers.RUNTIME,
            architecture=layers.ARCHITECTURE,
            code=self._code,
            handler=f"tuning.handlers.{_snake_case(state)}.handler",
            layers=function_layers,
            role=self._role(state, logs, statements),
            log_group=logs,
            tracing=aws_lambda.Tracing.ACTIVE,
            memory_size=_MEMORY_MIB.get(state, 512),
            timeout=Duration.minutes(15 if state in _LONG else 5),
            environment={
                "NAME_PREFIX": self._settings.name_prefix,
                "BUCKET": self._bucket.bucket_name,
                "POWERTOOLS_SERVICE_NAME": "retune",
                "POWERTOOLS_LOG_LEVEL": "INFO",
                **(environment or {}),
            },
            **options,
        )

    def _role(
        self, state: str, logs: aws_logs.ILogGroup, statements: list[aws_iam.PolicyStatement]
    ) -> aws_iam.Role:
        role = aws_iam.Role(
            self,
            f"{state}Role",
            assumed_by=aws_iam.ServicePrincipal("lambda.amazonaws.com"),
            description=f"Retune: function {state}",
        )
        logs.grant_write(role)
        for statement in statements:
            role.add_to_policy(statement)
        return role

    def _read_data(self) -> aws_iam.PolicyStatement:
        buckets = [
            self._bucket.bucket_arn,
            *(
                f"arn:{Stack.of(self).partition}:s3:::{name}"
                for name in self._settings.read_buckets
            ),
        ]
        return aws_iam.PolicyStatement(
            actions=["s3:ListBucket", "s3:GetObject"],
            resources=[*buckets, *(f"{arn}/*" for arn in buckets)],
        )

    def _read_jobs(self) -> aws_iam.PolicyStatement:
        return aws_iam.PolicyStatement(
            actions=[
                "sagemaker:DescribeHyperParameterTuningJob",
                "sagemaker:ListTrainingJobsForHyperParameterTuningJob",
                "sagemaker:DescribeTrainingJob",
            ],
            resources=[self._names.tuning_jobs, self._names.training_jobs],
        )

    def _read_parents(self) -> list[aws_iam.PolicyStatement]:
        """The tuning jobs that a warm start may learn from; listing knows no resources."""
        return [
            aws_iam.PolicyStatement(
                actions=["sagemaker:DescribeHyperParameterTuningJob"],
                resources=[self._names.tuning_jobs],
            ),
            aws_iam.PolicyStatement(
                actions=["sagemaker:ListHyperParameterTuningJobs"], resources=["*"]
            ),
        ]

    def _clean_up(self) -> list[aws_iam.PolicyStatement]:
        return leftovers.clean_up(Stack.of(self), self._names, self._settings.name_prefix)

    def _restore(self) -> list[aws_iam.PolicyStatement]:
        return leftovers.restore(Stack.of(self), self._names, self._settings.name_prefix)

    def _invoke_endpoint(self) -> aws_iam.PolicyStatement:
        return aws_iam.PolicyStatement(
            actions=["sagemaker:InvokeEndpoint"], resources=[self._names.endpoints]
        )

    def _register(self) -> aws_iam.PolicyStatement:
        """The group is checked for both; its tags are set when it is created."""
        return aws_iam.PolicyStatement(
            actions=[
                "sagemaker:CreateModelPackageGroup",
                "sagemaker:CreateModelPackage",
                "sagemaker:AddTags",
            ],
            resources=[self._names.model_package_group, self._names.model_packages],
        )

    def _hear_a_decision(self) -> list[aws_iam.PolicyStatement]:
        return [
            aws_iam.PolicyStatement(
                actions=["sagemaker:DescribeModelPackage"],
                resources=[self._names.model_packages],
            ),
            aws_iam.PolicyStatement(
                actions=["states:SendTaskSuccess"], resources=[self._names.state_machine]
            ),
        ]

    def _write_report(self) -> aws_iam.PolicyStatement:
        return aws_iam.PolicyStatement(
            actions=["s3:PutObject"], resources=[self._bucket.arn_for_objects("runs/*")]
        )


def _publish(topic: aws_sns.ITopic) -> aws_iam.PolicyStatement:
    return aws_iam.PolicyStatement(actions=["sns:Publish"], resources=[topic.topic_arn])


def _topic(topic: aws_sns.ITopic) -> dict[str, str]:
    return {"TOPIC_ARN": topic.topic_arn}


def default_input(settings: Settings) -> dict[str, Any]:
    """The execution input that `{}` stands for: the settings' own, with their instance types."""
    given = settings.default_input
    return {
        **given,
        "ResourceConfig": {
            "InstanceType": settings.training_instance_type,
            **given.get("ResourceConfig", {}),
        },
        "Endpoint": {
            **_instances(settings, given.get("Endpoint", {})),
            **given.get("Endpoint", {}),
        },
    }


def _instances(settings: Settings, endpoint: dict[str, Any]) -> dict[str, Any]:
    """A serverless endpoint has no instance type."""
    return {} if "Serverless" in endpoint else {"InstanceType": settings.endpoint_instance_type}


def _snake_case(state: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in state).lstrip("_")
