"""What creation asks of paths and calls, before there are data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from local_sagemaker.stepfunctions.queries.intrinsics.call import is_call
from local_sagemaker.stepfunctions.queries.intrinsics.syntax import Call, PathArgument, parse_call
from local_sagemaker.stepfunctions.queries.json_path.steps import Indices, Name
from local_sagemaker.stepfunctions.queries.paths_in_scope import CONTEXT, INPUT, split_root
from local_sagemaker.stepfunctions.queries.reader import QuerySyntaxError
from local_sagemaker.stepfunctions.queries.template import DYNAMIC


def is_path(text: str) -> bool:
    """Whether it is a JSONPath of the input, of the context object or of a variable."""
    try:
        split_root(text)
    except QuerySyntaxError:
        return False
    return True


def is_reference_path(text: str) -> bool:
    """Whether it is such a path of names and single indices alone: it leads to one place."""
    if not is_path(text):
        return False
    _, path = split_root(text)
    return all(isinstance(step, Name | Indices) and step.is_definite for step in path.steps)


def is_dynamic(text: str) -> bool:
    """Whether it may be the value of a field that ends in `.$`: a path or a call."""
    if not is_call(text):
        return is_path(text)
    try:
        parse_call(text)
    except QuerySyntaxError:
        return False
    return True


def variables(text: str) -> list[str]:
    """The variables that such a value reads, in their order, without their `$`."""
    return list(
        dict.fromkeys(_variables(parse_call(text) if is_call(text) else PathArgument(text)))
    )


def template_variables(template: Any) -> list[str]:
    """The variables that a payload template of JSONPath reads."""
    return list(dict.fromkeys(_template_variables(template)))


def _template_variables(template: Any) -> Iterator[str]:
    if isinstance(template, dict):
        for name, item in template.items():
            yield from variables(item) if name.endswith(DYNAMIC) else template_variables(item)
    elif isinstance(template, list):
        for item in template:
            yield from template_variables(item)


def _variables(argument: Any) -> Iterator[str]:
    if isinstance(argument, Call):
        for inner in argument.arguments:
            yield from _variables(inner)
    elif isinstance(argument, PathArgument):
        root, _ = split_root(argument.path)
        if root not in (INPUT, CONTEXT):
            yield root.removeprefix(INPUT)
