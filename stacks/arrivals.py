"""Starts runs of models when new objects have come into their channels."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from aws_cdk import Stack, aws_events, aws_iam, aws_lambda, aws_s3, aws_scheduler
from constructs import Construct
from tuning.names import arrivals_group
from tuning.variables.arrival import WaitingModel

from configuration.models import Model
from configuration.settings import Settings
from configuration.watched_places import watched_places
from stacks import trust
from stacks.arrival_permissions import start_on_arrival
from stacks.dead_letter_queue import use_queue_key
from stacks.functions import Functions
from stacks.resource_names import ResourceNames
from stacks.service_role import service_role

_FUNCTION = "StartOnArrival"


class Arrivals(Construct):
    """A rule for each model whose file asks for it; one function and a schedule group for all.

    S3 tells EventBridge of each object, the rule the function, and this lets a schedule of the
    group wait until no more come. What could not be delivered goes to the functions' queue.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        settings: Settings,
        models: Sequence[Model],
        bucket: aws_s3.IBucket,
        functions: Functions,
        names: ResourceNames,
    ) -> None:
        super().__init__(scope, id)
        self._prefix, self._bucket, self._queue = (
            settings.name_prefix,
            bucket,
            functions.undelivered,
        )
        group = arrivals_group(self._prefix)
        aws_scheduler.CfnScheduleGroup(self, "Group", name=group)
        role = service_role(
            self,
            "Role",
            given=settings.start_role_arn,
            assumed_by=trust.schedules(self, group),
            description="Retune: the schedules of models whose data have arrived",
            statements=[
                aws_iam.PolicyStatement(
                    actions=["sqs:SendMessage"], resources=[self._queue.queue_arn]
                ),
                *use_queue_key(settings),
            ],
        )
        self.function = functions.add(
            _FUNCTION,
            statements=start_on_arrival(bucket, names, role.role_arn),
            environment={
                "STATE_MACHINE_ARN": names.state_machine,
                "SCHEDULE_ROLE_ARN": role.role_arn,
                "UNDELIVERED_ARN": self._queue.queue_arn,
            },
        )
        self.function.grant_invoke(role)
        self._let_rules_in()
        _tell_events(bucket)
        for model in models:
            self._watch(model)

    def _let_rules_in(self) -> None:
        """Rules of models may call the function, and leave in the queue what fails."""
        rules = Stack.of(self).format_arn(
            service="events", resource="rule", resource_name=_rule_name(self._prefix, "*")
        )
        principal = aws_iam.ServicePrincipal("events.amazonaws.com")
        aws_lambda.CfnPermission(
            self,
            "Rules",
            action="lambda:InvokeFunction",
            function_name=self.function.function_arn,
            principal="events.amazonaws.com",
            source_arn=rules,
        )
        self._queue.add_to_resource_policy(
            aws_iam.PolicyStatement(
                actions=["sqs:SendMessage"],
                principals=[principal],
                resources=[self._queue.queue_arn],
                conditions={"ArnLike": {"aws:SourceArn": rules}},
            )
        )

    def _watch(self, model: Model) -> None:
        assert model.arrivals
        assert model.run
        waiting = WaitingModel(
            model_name=model.name,
            endpoint_name=model.endpoint,
            quiet_in_seconds=model.arrivals.quiet_in_seconds,
            max_wait_in_seconds=model.arrivals.longest_wait_in_seconds,
        )
        told = json.dumps(waiting.to_document())
        aws_events.CfnRule(
            self,
            model.name,
            name=_rule_name(self._prefix, model.name),
            description=f"Retune: new data of the model {model.name}",
            event_pattern={
                "source": ["aws.s3"],
                "detail-type": ["Object Created"],
                "detail": _detail(watched_places(model.run, self._bucket.bucket_name)),
            },
            targets=[
                aws_events.CfnRule.TargetProperty(
                    id=_FUNCTION,
                    arn=self.function.function_arn,
                    dead_letter_config=aws_events.CfnRule.DeadLetterConfigProperty(
                        arn=self._queue.queue_arn
                    ),
                    input_transformer=aws_events.CfnRule.InputTransformerProperty(
                        input_paths_map={
                            "bucket": "$.detail.bucket.name",
                            "key": "$.detail.object.key",
                            "time": "$.time",
                        },
                        input_template=f'{{"Model": {told}, "Bucket": <bucket>, "Key": <key>, '
                        '"Time": <time>}',
                    ),
                )
            ],
        )


def with_arrivals(models: Sequence[Model], settings: Settings) -> list[Model]:
    """The models that new data start, where the settings let anything start by itself."""
    return [model for model in models if model.arrivals and settings.schedules_enabled]


def _rule_name(prefix: str, model: str) -> str:
    """With a dot, since `<prefix>-approval` is a rule that no model has; at most 64 characters."""
    return f"{prefix}.{model}"


def _detail(places: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """EventBridge takes `$or` for an operator only with two alternatives or more."""
    alternatives = [
        {"bucket": {"name": [bucket]}, "object": {"key": [{"prefix": key} for key in keys]}}
        for bucket, keys in places.items()
    ]
    return alternatives[0] if len(alternatives) == 1 else {"$or": alternatives}


def _tell_events(bucket: aws_s3.IBucket) -> None:
    """The stack's own bucket tells EventBridge; that of somebody else is theirs to set.

    The CDK's own way takes a function that sets it, which buckets that exist would need.
    """
    made = bucket.node.default_child
    if isinstance(made, aws_s3.CfnBucket):
        made.notification_configuration = aws_s3.CfnBucket.NotificationConfigurationProperty(
            event_bridge_configuration=aws_s3.CfnBucket.EventBridgeConfigurationProperty(
                event_bridge_enabled=True
            )
        )
