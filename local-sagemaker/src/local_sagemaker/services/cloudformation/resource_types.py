"""The resource types that a template may have here, and the class of each."""

from __future__ import annotations

from typing import Any

from moto.cloudformation import parsing

from local_sagemaker.services.cloudformation.errors import format_error
from local_sagemaker.services.cloudformation.resources.activity import Activity
from local_sagemaker.services.cloudformation.resources.alarm import Alarm
from local_sagemaker.services.cloudformation.resources.bucket import Bucket
from local_sagemaker.services.cloudformation.resources.bucket_policy import BucketPolicy
from local_sagemaker.services.cloudformation.resources.custom_resource import CustomResource
from local_sagemaker.services.cloudformation.resources.dashboard import Dashboard
from local_sagemaker.services.cloudformation.resources.endpoint import Endpoint
from local_sagemaker.services.cloudformation.resources.endpoint_config import EndpointConfig
from local_sagemaker.services.cloudformation.resources.event_invoke_config import EventInvokeConfig
from local_sagemaker.services.cloudformation.resources.event_rule import EventRule
from local_sagemaker.services.cloudformation.resources.event_source_mapping import (
    EventSourceMapping,
)
from local_sagemaker.services.cloudformation.resources.function import Function
from local_sagemaker.services.cloudformation.resources.function_version import (
    FunctionAlias,
    FunctionVersion,
)
from local_sagemaker.services.cloudformation.resources.inline_policy import InlinePolicy
from local_sagemaker.services.cloudformation.resources.key import Key
from local_sagemaker.services.cloudformation.resources.layer_version import LayerVersion
from local_sagemaker.services.cloudformation.resources.log_group import LogGroup
from local_sagemaker.services.cloudformation.resources.managed_policy import ManagedPolicy
from local_sagemaker.services.cloudformation.resources.model import Model
from local_sagemaker.services.cloudformation.resources.model_package_group import (
    ModelPackageGroup,
)
from local_sagemaker.services.cloudformation.resources.moto_resource import MotoResource
from local_sagemaker.services.cloudformation.resources.nested_stack import NestedStack
from local_sagemaker.services.cloudformation.resources.nothing import Nothing
from local_sagemaker.services.cloudformation.resources.parameter import Parameter
from local_sagemaker.services.cloudformation.resources.permission import Permission
from local_sagemaker.services.cloudformation.resources.pipeline import Pipeline
from local_sagemaker.services.cloudformation.resources.queue import Queue
from local_sagemaker.services.cloudformation.resources.queue_policy import QueuePolicy
from local_sagemaker.services.cloudformation.resources.resource import Resource
from local_sagemaker.services.cloudformation.resources.role import Role
from local_sagemaker.services.cloudformation.resources.scaling import ScalableTarget, ScalingPolicy
from local_sagemaker.services.cloudformation.resources.schedule import Schedule
from local_sagemaker.services.cloudformation.resources.schedule_group import ScheduleGroup
from local_sagemaker.services.cloudformation.resources.secret import Secret
from local_sagemaker.services.cloudformation.resources.state_machine import StateMachine
from local_sagemaker.services.cloudformation.resources.state_machine_alias import (
    StateMachineAlias,
)
from local_sagemaker.services.cloudformation.resources.state_machine_version import (
    StateMachineVersion,
)
from local_sagemaker.services.cloudformation.resources.topic import (
    Subscription,
    Topic,
    TopicPolicy,
)

_CLASSES: dict[str, type[Resource]] = {
    "AWS::ApplicationAutoScaling::ScalableTarget": ScalableTarget,
    "AWS::ApplicationAutoScaling::ScalingPolicy": ScalingPolicy,
    "AWS::CDK::Metadata": Nothing,
    "AWS::CloudFormation::CustomResource": CustomResource,
    "AWS::CloudFormation::Stack": NestedStack,
    "AWS::CloudFormation::WaitCondition": Nothing,
    "AWS::CloudFormation::WaitConditionHandle": Nothing,
    "AWS::CloudWatch::Alarm": Alarm,
    "AWS::CloudWatch::Dashboard": Dashboard,
    "AWS::Events::Rule": EventRule,
    "AWS::IAM::ManagedPolicy": ManagedPolicy,
    "AWS::IAM::Policy": InlinePolicy,
    "AWS::IAM::Role": Role,
    "AWS::KMS::Key": Key,
    "AWS::Lambda::Alias": FunctionAlias,
    "AWS::Lambda::EventInvokeConfig": EventInvokeConfig,
    "AWS::Lambda::EventSourceMapping": EventSourceMapping,
    "AWS::Lambda::Function": Function,
    "AWS::Lambda::LayerVersion": LayerVersion,
    "AWS::Lambda::Permission": Permission,
    "AWS::Lambda::Version": FunctionVersion,
    "AWS::Logs::LogGroup": LogGroup,
    "AWS::S3::Bucket": Bucket,
    "AWS::S3::BucketPolicy": BucketPolicy,
    "AWS::SNS::Subscription": Subscription,
    "AWS::SNS::Topic": Topic,
    "AWS::SNS::TopicPolicy": TopicPolicy,
    "AWS::SQS::Queue": Queue,
    "AWS::SQS::QueuePolicy": QueuePolicy,
    "AWS::SSM::Parameter": Parameter,
    "AWS::SageMaker::Endpoint": Endpoint,
    "AWS::SageMaker::EndpointConfig": EndpointConfig,
    "AWS::SageMaker::Model": Model,
    "AWS::SageMaker::ModelPackageGroup": ModelPackageGroup,
    "AWS::SageMaker::Pipeline": Pipeline,
    "AWS::Scheduler::Schedule": Schedule,
    "AWS::Scheduler::ScheduleGroup": ScheduleGroup,
    "AWS::SecretsManager::Secret": Secret,
    "AWS::StepFunctions::Activity": Activity,
    "AWS::StepFunctions::StateMachine": StateMachine,
    "AWS::StepFunctions::StateMachineAlias": StateMachineAlias,
    "AWS::StepFunctions::StateMachineVersion": StateMachineVersion,
}
# What moto would make of these has no effect: no API answers, no container and no cluster runs, and
# its SageMaker is another one, which nobody here asks.
_NOT_OF_MOTO = (
    "AWS::ApiGateway::",
    "AWS::Batch::",
    "AWS::DataPipeline::",
    "AWS::ECS::",
    "AWS::EMR::",
    "AWS::SageMaker::",
)


def check_types(template: dict[str, Any]) -> None:
    """Raises ValidationError that names every resource of a type that local AWS cannot make."""
    unknown = [
        f"{logical_id} ({resource['Type']})"
        for logical_id, resource in template["Resources"].items()
        if _find(resource["Type"]) is None
    ]
    if unknown:
        raise format_error(
            f"Unrecognized resource types: local AWS cannot make {', '.join(unknown)}"
        )


def class_of(kind: str) -> type[Resource]:
    """The class of a type that `check_types` has let pass."""
    found = _find(kind)
    assert found is not None
    return found


def _find(kind: str) -> type[Resource] | None:
    if kind in _CLASSES:
        return _CLASSES[kind]
    if kind.startswith("Custom::"):
        return CustomResource
    if kind.startswith(_NOT_OF_MOTO):
        return None
    return MotoResource if kind in parsing.get_model_map() else None
