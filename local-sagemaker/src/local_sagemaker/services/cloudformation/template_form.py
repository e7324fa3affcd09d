"""The form of a template: objects where CloudFormation wants objects. moto takes it for granted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_SECTIONS = ("Parameters", "Mappings", "Conditions", "Resources", "Outputs")


def template_fault(template: Any) -> str:
    """In CloudFormation's words; empty for a template of the right form."""
    if not isinstance(template, dict):
        return "unsupported structure."
    if not template.get("Resources"):
        return "At least one Resources member must be defined."
    return next(_faults(template), "")


def _faults(template: dict[str, Any]) -> Iterator[str]:
    for name in _SECTIONS:
        section = template.get(name, {})
        if not isinstance(section, dict):
            yield f"[/{name}] must be an object."
        elif not all(isinstance(member, dict) for member in section.values()):
            yield f"Any {name} member must be an object."
    for name in ("Parameters", "Resources"):
        for member, content in template.get(name, {}).items():
            if not isinstance(content.get("Type"), str):
                yield f"Every {name} object must contain a Type member: [/{name}/{member}]."
    for member, content in template["Resources"].items():
        if not isinstance(content.get("Properties", {}), dict):
            yield f"[/Resources/{member}/Properties] must be an object."
