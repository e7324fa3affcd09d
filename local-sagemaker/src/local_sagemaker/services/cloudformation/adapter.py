"""Puts our resource types and checks into moto's CloudFormation."""

from __future__ import annotations

import warnings
from typing import Any

from moto.cloudformation import models, parsing

from local_sagemaker.services.cloudformation import (
    bucket_events,
    change_sets,
    deletion,
    notification_arns,
    previous_values,
    roll_back,
    template_summary,
    template_text,
)
from local_sagemaker.services.cloudformation.alarm import Alarm
from local_sagemaker.services.cloudformation.bucket_policy import BucketPolicy
from local_sagemaker.services.cloudformation.event_rule import EventRule
from local_sagemaker.services.cloudformation.function import Function
from local_sagemaker.services.cloudformation.layer_version import LayerVersion
from local_sagemaker.services.cloudformation.log_group import LogGroup
from local_sagemaker.services.cloudformation.permission import Permission
from local_sagemaker.services.cloudformation.queue_policy import QueuePolicy
from local_sagemaker.services.cloudformation.resource import Resource
from local_sagemaker.services.cloudformation.schedule import Schedule
from local_sagemaker.services.cloudformation.schedule_group import ScheduleGroup
from local_sagemaker.services.cloudformation.state_machine import StateMachine
from local_sagemaker.services.cloudformation.template_check import WITHOUT_EFFECT, check_template
from local_sagemaker.services.cloudformation.topic import Subscription, Topic, TopicPolicy
from local_sagemaker.services.patching import replace

RESOURCES: dict[str, type[Resource]] = {
    "AWS::CloudWatch::Alarm": Alarm,
    "AWS::Events::Rule": EventRule,
    "AWS::Lambda::Function": Function,
    "AWS::Lambda::LayerVersion": LayerVersion,
    "AWS::Lambda::Permission": Permission,
    "AWS::Logs::LogGroup": LogGroup,
    "AWS::S3::BucketPolicy": BucketPolicy,
    "AWS::SNS::Subscription": Subscription,
    "AWS::SNS::Topic": Topic,
    "AWS::SNS::TopicPolicy": TopicPolicy,
    "AWS::SQS::QueuePolicy": QueuePolicy,
    "AWS::Scheduler::Schedule": Schedule,
    "AWS::Scheduler::ScheduleGroup": ScheduleGroup,
    "AWS::StepFunctions::StateMachine": StateMachine,
}
_RETAINED = ("Retain", "RetainExceptOnCreate")


def install() -> None:
    _add_resource_types()
    _check_templates()
    _replace_what_cannot_be_updated()
    _leave_retained_resources()
    _forget_removed_resources()
    bucket_events.install()
    change_sets.install()
    deletion.install()
    notification_arns.install()
    previous_values.install()
    roll_back.install()
    template_summary.install()
    template_text.install()


def _add_resource_types() -> None:
    class_of, name_property_of = (
        parsing.resource_class_from_type,
        parsing.resource_name_property_from_type,
    )

    def resource_class_from_type(resource_type: str) -> Any:
        if resource_type in WITHOUT_EFFECT:
            return None
        return RESOURCES.get(resource_type) or class_of(resource_type)

    def resource_name_property_from_type(resource_type: str) -> str | None:
        ours = RESOURCES.get(resource_type)
        return ours.name_property if ours else name_property_of(resource_type)

    replace(parsing, "resource_class_from_type", resource_class_from_type)
    replace(parsing, "resource_name_property_from_type", resource_name_property_from_type)


def _check_templates() -> None:
    # moto only warns of what it skips; here that is an error, or listed as without effect.
    warnings.filterwarnings("ignore", module="moto.cloudformation.parsing")
    parse_stack = models.Stack._parse_template
    parse_change_set = models.ChangeSet._parse_template

    def checked(parse: Any) -> Any:
        def parse_and_check(holder: Any) -> None:
            parse(holder)
            check_template(holder.template_dict)

        return parse_and_check

    replace(models.Stack, "_parse_template", checked(parse_stack))
    replace(models.ChangeSet, "_parse_template", checked(parse_change_set))


def _replace_what_cannot_be_updated() -> None:
    update = parsing.parse_and_update_resource

    def update_or_replace(
        logical_id: str,
        resource_json: dict[str, Any],
        resources_map: Any,
        *account: Any,
        **where: Any,
    ) -> Any:
        updated = update(logical_id, resource_json, resources_map, *account, **where)
        if updated is not None or resource_json["Type"] in WITHOUT_EFFECT:
            return updated
        resources_map._delete_resource(resources_map[logical_id], resource_json)
        return parsing.parse_and_create_resource(logical_id, resource_json, resources_map, **where)

    replace(parsing, "parse_and_update_resource", update_or_replace)


def _leave_retained_resources() -> None:
    delete = parsing.ResourceMap._delete_resource

    def delete_unless_retained(resources_map: Any, resource: Any, template: dict[str, Any]) -> None:
        if template.get("DeletionPolicy") not in _RETAINED:
            delete(resources_map, resource, template)

    replace(parsing.ResourceMap, "_delete_resource", delete_unless_retained)


def _forget_removed_resources() -> None:
    """One that a template has again is made again. An update loads mappings once it has removed."""
    load_mapping = parsing.ResourceMap.load_mapping

    def load_and_forget(resources_map: Any) -> None:
        resources = resources_map._template.get("Resources", {})
        for removed in resources_map._resource_json_map.keys() - resources.keys():
            resources_map._parsed_resources.pop(removed, None)
        load_mapping(resources_map)

    replace(parsing.ResourceMap, "load_mapping", load_and_forget)
