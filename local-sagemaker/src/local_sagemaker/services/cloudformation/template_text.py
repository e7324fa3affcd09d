"""The text of a template: JSON, or YAML whose tags make nothing but CloudFormation's functions.

Dates and numbers with leading zeros stay text, as CloudFormation takes them: `Version: 2012-10-17`.
"""

from __future__ import annotations

import json
from collections.abc import Hashable
from typing import Any

import yaml

from local_sagemaker.services.cloudformation.errors import format_error
from local_sagemaker.services.cloudformation.template_form import check_form

_BARE = ("Ref", "Condition")  # the others are Fn::...
_DATE, _NUMBER = "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:int"
_OTHER_SCALARS = (
    _DATE,
    _NUMBER,
    "tag:yaml.org,2002:bool",
    "tag:yaml.org,2002:float",
    "tag:yaml.org,2002:null",
)


class _Loader(yaml.SafeLoader):
    """Knows the short forms too: !Ref, !Sub, !GetAtt. Keys are text, as in JSON."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.tag in _OTHER_SCALARS:
                key.tag = "tag:yaml.org,2002:str"
        return super().construct_mapping(node, deep)


def _function(loader: yaml.SafeLoader, name: str, node: yaml.Node) -> dict[str, Any]:
    key = name if name in _BARE else f"Fn::{name}"
    if isinstance(node, yaml.MappingNode):
        return {key: loader.construct_mapping(node, deep=True)}
    if isinstance(node, yaml.SequenceNode):
        return {key: loader.construct_sequence(node, deep=True)}
    if name == "GetAtt":
        return {key: str(node.value).split(".", 1)}
    return {key: node.value}


def _number(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int | str:
    text = node.value
    is_plain = text.lstrip("+-").isdigit() and not text.lstrip("+-").startswith("0")
    return int(text) if is_plain or text == "0" else text


_Loader.add_multi_constructor("!", _function)
_Loader.add_constructor(_DATE, lambda _, node: node.value)
_Loader.add_constructor(_NUMBER, _number)


def read_template(text: str) -> dict[str, Any]:
    """The template as objects. Raises ValidationError, in CloudFormation's words."""
    template = _read(text)
    check_form(template)
    checked: dict[str, Any] = template
    return checked


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        pass  # it is YAML
    except RecursionError:
        raise format_error("JSON not well-formed.") from None
    return read_yaml(text)


def read_yaml(text: str) -> Any:
    """Raises ValidationError for what is no YAML."""
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        where = f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""
        raise format_error(f"YAML not well-formed.{where}") from fault
    except (yaml.YAMLError, ValueError, RecursionError):
        raise format_error("YAML not well-formed.") from None
