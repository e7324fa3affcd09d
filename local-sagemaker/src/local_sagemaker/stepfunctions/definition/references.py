"""The variables that states read: `variableReferences` of DescribeStateMachine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from local_sagemaker.stepfunctions.definition.chains import language_of
from local_sagemaker.stepfunctions.definition.json_source import parse
from local_sagemaker.stepfunctions.definition.machine import Language
from local_sagemaker.stepfunctions.definition.place import Place
from local_sagemaker.stepfunctions.definition.transitions import inner_chains
from local_sagemaker.stepfunctions.queries import check

# Fields with states inside, and such as are not evaluated.
_OTHERS = ("Branches", "ItemProcessor", "Iterator", "Result")


def variable_references(text: str) -> dict[str, list[str]]:
    """Names of the variables that each JSONPath state reads, without those of states inside it.

    Step Functions does not list what JSONata reads, nor states that read none. The definition
    has no faults.
    """
    said = parse(text)
    return dict(_chain_references(said, language_of(said, "JSONPath")))


def _chain_references(said: dict[str, Any], language: Language) -> Iterator[tuple[str, list[str]]]:
    for name, state in said["States"].items():
        own = {field: value for field, value in state.items() if field not in _OTHERS}
        read = list(dict.fromkeys(_names(own)))
        if read and language_of(state, language) == "JSONPath":
            yield name, read
        for inner, _ in inner_chains(state, Place()):
            yield from _chain_references(inner, language)


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for field, item in value.items():
            if isinstance(item, str) and _is_path(field) and check.is_dynamic(item):
                yield from check.variables(item)
            else:
                yield from _names(item)
    elif isinstance(value, list):
        for item in value:
            yield from _names(item)


def _is_path(field: str) -> bool:
    return field.endswith((".$", "Path")) or field == "Variable"
