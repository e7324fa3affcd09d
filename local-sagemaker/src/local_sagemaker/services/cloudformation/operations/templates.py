"""GetTemplate, GetTemplateSummary and ValidateTemplate."""

from __future__ import annotations

import json
from typing import Any

from moto.core.responses import ActionResult

from local_sagemaker.services.cloudformation.capabilities import needed_capabilities
from local_sagemaker.services.cloudformation.errors import ValidationError
from local_sagemaker.services.cloudformation.functions import text_of
from local_sagemaker.services.cloudformation.operations.asked import region_of
from local_sagemaker.services.cloudformation.template_location import template_at
from local_sagemaker.services.cloudformation.template_text import read_template
from local_sagemaker.services.cloudformation.transforms import declared

_STAGES = ("Original", "Processed")
_CONSTRAINTS = (
    "AllowedPattern", "ConstraintDescription", "MaxLength", "MaxValue", "MinLength", "MinValue"
)  # fmt: skip


def get_template(request: Any) -> ActionResult:
    region, name = region_of(request), request._get_param("StackName")
    change_set = request._get_param("ChangeSetName")
    asked = (
        region.change_set(change_set, name).request if change_set else region.stack(name).request
    )
    if asked is None:  # the stack is in review; the CDK asks all the same
        return ActionResult({"TemplateBody": "{}", "StagesAvailable": [*_STAGES]})
    is_processed = request._get_param("TemplateStage") == "Processed"
    body = json.dumps(asked.template) if is_processed else asked.text
    return ActionResult({"TemplateBody": body, "StagesAvailable": [*_STAGES]})


def get_template_summary(request: Any) -> ActionResult:
    template = read_template(_text(request))
    transforms = declared(template)
    parameters = template.get("Parameters", {})
    return ActionResult(
        {
            "Parameters": [_summary(name, given) for name, given in parameters.items()],
            "Description": template.get("Description"),
            "ResourceTypes": sorted({each["Type"] for each in template["Resources"].values()}),
            "Version": template.get("AWSTemplateFormatVersion"),
            "Metadata": json.dumps(template["Metadata"]) if "Metadata" in template else None,
            **_capabilities(template, transforms),
        }
    )


def validate_template(request: Any) -> ActionResult:
    template = read_template(_text(request))
    return ActionResult(
        {
            "Parameters": [
                {
                    "ParameterKey": name,
                    "DefaultValue": text_of(given["Default"]) if "Default" in given else None,
                    "NoEcho": _is_hidden(given),
                    "Description": given.get("Description"),
                }
                for name, given in template.get("Parameters", {}).items()
            ],
            "Description": template.get("Description"),
            **_capabilities(template, declared(template)),
        }
    )


def _text(request: Any) -> str:
    region, name = region_of(request), request._get_param("StackName")
    stack_set = request._get_param("StackSetName")
    if stack_set:
        text: str = request.cloudformation_backend.describe_stack_set(stack_set).template
        return text
    if not name:
        body, url = request._get_param("TemplateBody"), request._get_param("TemplateURL")
        return template_at(body, url, request.region)
    stack = region.stack(name)
    if stack.request is None:
        raise ValidationError("GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.")
    return stack.request.text


def _capabilities(template: dict[str, Any], transforms: list[str]) -> dict[str, Any]:
    needed = sorted(needed_capabilities(template))
    if transforms:
        needed.append("CAPABILITY_AUTO_EXPAND")
    of_iam = sorted(
        {e["Type"] for e in template["Resources"].values() if e["Type"].startswith("AWS::IAM::")}
    )
    reason = f"The following resource(s) require capabilities: [{', '.join(of_iam)}]"
    return {
        "Capabilities": needed,
        "CapabilitiesReason": reason if of_iam else None,
        "DeclaredTransforms": transforms,
    }


def _summary(name: str, given: dict[str, Any]) -> dict[str, Any]:
    constraints: dict[str, Any] = {key: text_of(given[key]) for key in _CONSTRAINTS if key in given}
    if "AllowedValues" in given:
        constraints["AllowedValues"] = [text_of(value) for value in given["AllowedValues"]]
    return {
        "ParameterKey": name,
        "DefaultValue": text_of(given["Default"]) if "Default" in given else None,
        "ParameterType": given["Type"],
        "NoEcho": _is_hidden(given),
        "Description": given.get("Description"),
        "ParameterConstraints": constraints,
    }


def _is_hidden(given: dict[str, Any]) -> bool:
    return text_of(given.get("NoEcho", False)).lower() == "true"
