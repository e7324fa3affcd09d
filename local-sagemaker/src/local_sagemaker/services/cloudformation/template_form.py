"""The form of a template: sections, members, names and how many there may be.

Source: "Template anatomy" and "CloudFormation quotas" of the CloudFormation user guide.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from local_sagemaker.services.cloudformation.errors import (
    ValidationError,
    format_error,
    template_error,
)
from local_sagemaker.services.cloudformation.parameter_form import check_parameters

_MOST = {"Parameters": 200, "Mappings": 200, "Resources": 500, "Outputs": 200}
_OF_OBJECTS = ("Parameters", "Mappings", "Conditions", "Resources", "Outputs", "Rules")
_OTHERS = ("AWSTemplateFormatVersion", "Description", "Metadata", "Transform", "Globals", "Hooks")
_RESOURCE_MEMBERS = frozenset(
    {
        "Condition",
        "CreationPolicy",
        "DeletionPolicy",
        "DependsOn",
        "Description",  # in no guide, but templates of AWS's own services have it everywhere
        "Metadata",
        "Properties",
        "Type",
        "UpdatePolicy",
        "UpdateReplacePolicy",
        "Version",  # of custom resources
    }
)
_OF_SAM = "AWS::Serverless::"  # whose transform has members of its own and drops what it knows not
_MACRO = "Fn::Transform"  # what it makes is looked at once it is there
_LONGEST_DESCRIPTION = 1024
_POLICIES = ("Delete", "Retain", "RetainExceptOnCreate", "Snapshot")


def check_form(template: Any) -> None:
    """Raises ValidationError for the first thing that is not as it should be."""
    if not isinstance(template, dict):
        raise format_error("unsupported structure.")
    _refuse_loops(template)
    unknown = [str(each) for each in template if each not in (*_OF_OBJECTS, *_OTHERS)]
    if unknown:
        raise ValidationError(
            f"Invalid template property or properties [{', '.join(sorted(unknown))}]"
        )
    if template.get("AWSTemplateFormatVersion", "2010-09-09") != "2010-09-09":
        raise format_error("Unsupported AWSTemplateFormatVersion.")
    if not template.get("Resources"):
        raise format_error("At least one Resources member must be defined.")
    fault = next(_faults(template), None)
    if fault:
        raise format_error(fault)
    check_parameters(template.get("Parameters", {}))
    _check_resources(template["Resources"])


def _refuse_loops(value: Any) -> None:
    if isinstance(value, dict):
        for key, member in value.items():
            if str(key).startswith("Fn::ForEach"):
                raise ValidationError(f"Local AWS has no {key}: write out what it would make.")
            _refuse_loops(member)
    elif isinstance(value, list):
        for item in value:
            _refuse_loops(item)


def _faults(template: dict[str, Any]) -> Iterator[str]:
    if len(str(template.get("Description", ""))) > _LONGEST_DESCRIPTION:
        yield f"'Description' length is greater than {_LONGEST_DESCRIPTION}."
    for name in _OF_OBJECTS:
        section = template.get(name, {})
        if not isinstance(section, dict):
            yield f"[/{name}] must be an object."
            continue
        if _MACRO in section:
            continue
        if not all(isinstance(member, dict) for member in section.values()):
            yield f"Any {name} member must be an object."
        if len(section) > _MOST.get(name, len(section)):
            count = f"Number of {name.lower()}, {len(section)}"
            yield f"{count}, is greater than maximum allowed, {_MOST[name]}"
        yield from _name_faults(name, section)
    yield from _member_faults(template)


def _name_faults(section: str, members: dict[str, Any]) -> Iterator[str]:
    if section not in ("Parameters", "Resources", "Outputs"):
        return
    for name in members:
        if not (name.isascii() and name.isalnum()):
            yield f"{section[:-1]} name {name} is non alphanumeric."


def _member_faults(template: dict[str, Any]) -> Iterator[str]:
    parameters = template.get("Parameters", {}).items()  # of which no macro makes any
    resources = list(_written(template["Resources"]))
    for name, members in (("Parameters", parameters), ("Resources", resources)):
        for member, content in members:
            if not isinstance(content.get("Type"), str):
                yield f"Every {name} object must contain a Type member: [/{name}/{member}]."
    for member, content in resources:
        if not isinstance(content.get("Properties", {}), dict):
            yield f"[/Resources/{member}/Properties] must be an object."
    for member, content in _written(template.get("Outputs", {})):
        if "Value" not in content:
            yield f"Output {member} is malformed. The Value member is required."
        elif not _is_text(content["Value"]):
            yield "The Value field of every Outputs member must evaluate to a String."


def _written(section: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The members of a section that no macro makes, as a whole or in part."""
    for member, content in section.items():
        if member != _MACRO and isinstance(content, dict) and _MACRO not in content:
            yield member, content


def _is_text(value: Any) -> bool:
    """A scalar, or a function that may give one."""
    if isinstance(value, dict):
        return len(value) == 1 and str(next(iter(value))).startswith(("Ref", "Fn::"))
    return value is not None and not isinstance(value, list)


def _check_resources(resources: dict[str, Any]) -> None:
    for name, resource in resources.items():
        unknown = [key for key in resource if key not in _RESOURCE_MEMBERS]
        kind = str(resource.get("Type", _OF_SAM))  # without one it is a macro's
        if unknown and not kind.startswith(_OF_SAM):
            raise ValidationError(f"Invalid template resource property '{unknown[0]}'")
        for key in ("DeletionPolicy", "UpdateReplacePolicy"):
            policy = resource.get(key, "Delete")
            if isinstance(policy, str) and policy not in _POLICIES:
                raise template_error(f"Unrecognized {key} {policy} for resource {name}")
