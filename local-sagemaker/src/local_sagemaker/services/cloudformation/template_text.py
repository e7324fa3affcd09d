"""The text of a template: JSON, or YAML whose tags make nothing but CloudFormation's functions.

moto reads all of it with PyYAML's Loader, in which `!!python/object/apply:os.system` is a call, and
which takes a second for a template of the CDK's, although that is JSON.
"""

from __future__ import annotations

import json
from typing import Any

import yaml
from moto.cloudformation import models, responses
from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.utils import yaml_tag_constructor

from local_sagemaker.services.cloudformation.template_form import template_fault
from local_sagemaker.services.patching import replace


class _Loader(yaml.SafeLoader):
    """Knows the short forms too: !Ref, !Sub, !GetAtt."""


def _function(loader: Any, name: str, node: Any) -> Any:
    return yaml_tag_constructor(loader, f"!{name}", node)


_Loader.add_multi_constructor("!", _function)


class TemplateText:
    """What moto's CloudFormation takes for the module yaml."""

    Loader = _Loader

    @staticmethod
    def add_multi_constructor(prefix: str, constructor: Any) -> None:
        """The loader has it already."""

    @staticmethod
    def load(text: str | None, Loader: type[_Loader]) -> Any:
        """Raises ValidationError, in CloudFormation's words."""
        if text is None:  # the template of a stack that a change set without one has begun
            raise ValidationError(message="Either Template URL or Template Body must be specified.")
        template = _read(text, Loader)
        fault = template_fault(template)
        if fault:
            raise _malformed(fault)
        return template


def _read(text: str, loader: type[_Loader]) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        pass  # it is YAML
    except RecursionError:
        raise _malformed("JSON not well-formed.") from None
    try:
        return yaml.load(text, Loader=loader)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        where = f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""
        raise _malformed(f"YAML not well-formed.{where}") from fault
    except (yaml.YAMLError, ValueError, RecursionError):
        raise _malformed("YAML not well-formed.") from None


def _malformed(words: str) -> ValidationError:
    return ValidationError(message=f"Template format error: {words}")


def install() -> None:
    replace(models, "yaml", TemplateText)
    replace(responses, "yaml", TemplateText)
