"""What a resource needs of others, and in which order they so have to be made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from local_sagemaker.services.cloudformation.errors import ValidationError, format_error
from local_sagemaker.services.cloudformation.functions import references_of_sub


def references(value: Any) -> Iterator[str]:
    """The names that Ref, Fn::GetAtt and Fn::Sub refer to in a part of a template."""
    if isinstance(value, list):
        for item in value:
            yield from references(item)
    if not isinstance(value, dict):
        return
    for key, member in value.items():
        if key == "Ref" and isinstance(member, str):
            yield member
        elif key == "Fn::GetAtt" and member:
            yield str(member).partition(".")[0] if isinstance(member, str) else str(member[0])
        elif key == "Fn::Sub":
            yield from references_of_sub(member)
            yield from references(member[1:] if isinstance(member, list) else [])
        else:
            yield from references(member)


def needs(resource: dict[str, Any]) -> list[str]:
    """What has to be there before a resource, in the order of the template."""
    after = resource.get("DependsOn", [])
    named = [after] if isinstance(after, str) else list(after)
    return list(dict.fromkeys([*named, *references(resource.get("Properties", {}))]))


def check_references(template: dict[str, Any]) -> None:
    """Raises ValidationError for names that are neither resources nor parameters."""
    resources = template["Resources"]
    known = {*resources, *template.get("Parameters", {})}
    lost = {
        name
        for resource in resources.values()
        for name in needs(resource)
        if name not in known and not name.startswith("AWS::")
    }
    if lost:
        raise _unresolved(lost, "Resources")
    outputs = template.get("Outputs", {})
    lost = {n for n in references(outputs) if n not in known and not n.startswith("AWS::")}
    if lost:
        raise _unresolved(lost, "Outputs")
    _check_conditions(template)


def _check_conditions(template: dict[str, Any]) -> None:
    known = template.get("Conditions", {})
    for block in ("Resources", "Outputs"):
        for member in template.get(block, {}).values():
            named = [member["Condition"]] if "Condition" in member else []
            for name in (*named, *_conditions(member)):
                if name not in known:
                    raise format_error(
                        f"Unresolved condition dependency {name} in the {block} block of the "
                        "template"
                    )


def _conditions(value: Any) -> Iterator[str]:
    """The names that Fn::If asks for in a part of a template."""
    if isinstance(value, list):
        for item in value:
            yield from _conditions(item)
    elif isinstance(value, dict):
        for key, member in value.items():
            if key == "Fn::If" and isinstance(member, list) and member:
                yield str(member[0])
            yield from _conditions(member)


def in_order(resources: dict[str, dict[str, Any]]) -> list[str]:
    """Logical ids, each after those it needs. Raises ValidationError for a circle."""
    order: list[str] = []
    begun: list[str] = []

    def visit(logical_id: str) -> None:
        if logical_id in order:
            return
        if logical_id in begun:
            circle = begun[begun.index(logical_id) :]
            raise ValidationError(
                f"Circular dependency between resources: [{', '.join(sorted(circle))}]"
            )
        begun.append(logical_id)
        for other in needs(resources[logical_id]):
            if other in resources:
                visit(other)
        begun.pop()
        order.append(logical_id)

    for logical_id in resources:
        visit(logical_id)
    return order


def _unresolved(names: set[str], block: str) -> ValidationError:
    return format_error(
        f"Unresolved resource dependencies [{', '.join(sorted(names))}] in the {block} block of "
        "the template"
    )
