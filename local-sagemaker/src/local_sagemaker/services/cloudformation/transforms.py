"""The macros of AWS's own that a template may ask for: SAM, LanguageExtensions, Include."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlparse

from botocore.exceptions import ClientError

from local_sagemaker.services.cloudformation import sam
from local_sagemaker.services.cloudformation.acting import asking
from local_sagemaker.services.cloudformation.errors import ValidationError
from local_sagemaker.services.cloudformation.template_form import check_form
from local_sagemaker.services.cloudformation.template_text import read_yaml

_EXTENSIONS, _INCLUDE = "AWS::LanguageExtensions", "AWS::Include"


def declared(template: dict[str, Any]) -> list[str]:
    """The names of a template's transforms."""
    return [name for name, _ in _named(template)]


def expanded(template: dict[str, Any], parameters: dict[str, Any], region: str) -> dict[str, Any]:
    """The template without macros. Raises ValidationError for one that is not there."""
    template = _with_includes(template, parameters, region)
    for name, arguments in _named(template):
        if name == sam.TRANSFORM:
            template = sam.translated(template, parameters, region)
        elif name == _INCLUDE:
            template = template | _included(arguments, parameters, region)
        elif name != _EXTENSIONS:  # whose functions need nothing to be expanded
            raise ValidationError(f"No transform named {name} found.")
    plain = {key: value for key, value in template.items() if key not in ("Transform", "Globals")}
    check_form(plain)
    return plain


def _named(template: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    transforms = template.get("Transform") or []
    for each in transforms if isinstance(transforms, list) else [transforms]:
        if isinstance(each, dict):
            yield str(each.get("Name")), each.get("Parameters", {})
        else:
            yield str(each), {}


def _with_includes(value: Any, parameters: dict[str, Any], region: str) -> Any:
    if isinstance(value, list):
        return [_with_includes(item, parameters, region) for item in value]
    if not isinstance(value, dict):
        return value
    members = {
        key: _with_includes(member, parameters, region)
        for key, member in value.items()
        if key != "Fn::Transform"
    }
    macro = value.get("Fn::Transform")
    if macro is None:
        return members
    if not isinstance(macro, dict) or macro.get("Name") != _INCLUDE:
        name = macro.get("Name") if isinstance(macro, dict) else macro
        raise ValidationError(f"No transform named {name} found.")
    return members | _included(macro.get("Parameters", {}), parameters, region)


def _included(arguments: dict[str, Any], parameters: dict[str, Any], region: str) -> dict[str, Any]:
    """What the object of S3 says at whose place the macro stands."""
    location = arguments.get("Location")
    if isinstance(location, dict):
        location = parameters.get(str(location.get("Ref")))
    url = urlparse(str(location))
    if url.scheme != "s3":
        raise ValidationError(
            "Transform AWS::Include failed with: The location parameter is not a valid S3 uri."
        )
    try:
        stored = asking("s3", region).get_object(Bucket=url.netloc, Key=url.path.lstrip("/"))
    except ClientError as error:
        raise ValidationError(f"Transform AWS::Include failed with: {error}") from error
    part: dict[str, Any] = read_yaml(stored["Body"].read().decode())
    return part
