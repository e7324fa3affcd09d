"""What pydantic finds wrong with a document, in this project's words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError

from tuning.algorithms.algorithm import Algorithm
from tuning.errors import Fault
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.model_at import model_at
from tuning.execution_input.parameter_ranges import AutoParameter, CategoricalRange, NumericRange
from tuning.execution_input.pydantic_messages import in_json_terms
from tuning.execution_input.sagemaker_model import SageMakerModel
from tuning.execution_input.suggest import close, did_you_mean
from tuning.shown import HIDDEN, shown

_KEY = "[key]"  # behind a name that pydantic finds wrong itself
_RANGES = (NumericRange, CategoricalRange, AutoParameter)

_MEANT = "Did you mean"
_OF_DOCS = "docs/execution-input.md describes the field."
_FIX_BY_FIELD = {
    "InstanceType": "Use an instance type of SageMaker, such as ml.m5.large.",
    "Channels": "Write it as s3://bucket/folder/.",
    "Environment": "Name variables with letters, digits and _, and give each a text of at most 512 "
    "characters.",
    "Expression": "Write rate(7 days), cron(0 6 ? * MON *) or at(2027-01-31T06:00:00).",
    "MaxWaitInSeconds": "Give at least QuietInSeconds, and at most 604800, which are seven days.",
    "TimeZone": "Use a name such as Europe/Berlin.",
    "ModelName": "Use a-z, 0-9 and single hyphens, a letter first, at most 50 characters.",
    "TrainingRoleArn": "Write it as arn:aws:iam::123456789012:role/name.",
    "Owner": "Use letters, digits, spaces and _.:/=+-@, at most 256.",
    "EndpointName": "Use letters, digits and single hyphens, at most 63.",
    "SecurityGroupIds": "Write IDs such as sg-0123456789abcdef0.",
    "TrainingImage": "Write it as 123456789012.dkr.ecr.eu-west-1.amazonaws.com/image:tag.",
    "Subnets": "Write IDs such as subnet-0123456789abcdef0.",
    "ParameterRanges": 'Write it as {"eta": {"MinValue": "0.01", "MaxValue": "0.3"}}.',
    "StaticHyperParameters": 'Write it as {"num_round": "100"}.',
}


def validation_faults(
    error: ValidationError, root: type[SageMakerModel], algorithm: Algorithm
) -> Iterator[Fault]:
    """A fault for each thing that pydantic found wrong with a document as `root`."""
    for found in error.errors():
        path = _without_uri(_written(found))
        if found["type"] == "extra_forbidden":
            yield _unknown(root, path, found, algorithm)
        elif found["type"] == "missing":
            yield Fault(".".join(path), None, "It must be given.", _fix(path))
        elif found["type"] != "default_factory_not_called":  # follows another fault
            is_name = _is_of_name(found) and "Environment" not in path
            fix = _OF_DOCS if is_name else _fix_value(path, found)
            yield Fault(".".join(path), found["input"], _rule(found), fix)


def _written(found: Mapping[str, Any]) -> list[str]:
    """The path of a fault as somebody has written it: there, fields may have pydantic's names.

    Pydantic puts the branch of a union, as of a range, and whether a name is meant into it.
    """
    path = [str(part) for part in found["loc"]]
    if _is_of_name(found):
        path.pop()
    if path[0] == "ParameterRanges":
        del path[2:3]
    return path


def _is_of_name(found: Mapping[str, Any]) -> bool:
    return bool(found["loc"][-1:] == (_KEY,) and found["loc"][-2:-1] == (found["input"],))


def _without_uri(path: list[str]) -> list[str]:
    """A channel may be no more than its URI: Channels.train."""
    return path[:-1] if "Channels" in path and path[-1] == "S3Uri" else path


def _rule(found: Mapping[str, Any]) -> str:
    if found["type"] == "string_pattern_mismatch":
        return "SageMaker takes no such text here."
    message = in_json_terms(found["msg"])
    return f"{message[0].upper()}{message[1:]}."


def _fix_value(path: list[str], found: Mapping[str, Any]) -> str:
    limits = found.get("ctx", {})
    if "ge" in limits:
        return f"Use {limits['ge']} or more."
    if "le" in limits:
        return f"Use {limits['le']} or less."
    if "expected" in limits:
        expected = [
            word.strip("'") for word in limits["expected"].replace(" or ", ", ").split(", ")
        ]
        return did_you_mean(str(found["input"]), expected)
    return "Write a whole number." if "int" in found["type"] else _fix(path)


def _fix(path: list[str]) -> str:
    for part in reversed(path):
        if part in _FIX_BY_FIELD:
            return _FIX_BY_FIELD[part]
    return _OF_DOCS


def _unknown(
    root: type[SageMakerModel], path: list[str], found: Mapping[str, Any], algorithm: Algorithm
) -> Fault:
    """Of a field that is not even misspelt nobody knows whether it holds a secret."""
    name, value = path[-1], found["input"]
    fix = _hyperparameter_hint(name, value, algorithm) if len(path) == 1 else None
    parent = model_at(root, found["loc"][:-1])
    fix = fix or (_field_hint(name) if parent is ExecutionInput else _member_hint(path, parent))
    known = name in algorithm.hyperparameters or _MEANT in fix
    told = known or isinstance(value, int | float)
    return Fault(".".join(path), value if told else HIDDEN, "There is no such field.", fix)


def _member_hint(path: list[str], parent: type[SageMakerModel]) -> str:
    if parent in _RANGES:
        return "A range has MinValue, MaxValue and ScalingType, or Values, or ValueHint."
    *above, name = path
    meant = [".".join((*above, member)) for member in close(name, parent.names())]
    if meant:
        return f"{_MEANT} {' or '.join(meant)}?"
    return f"{above[-1] if above else 'A definition'} has {', '.join(sorted(parent.names()))}."


def _hyperparameter_hint(name: str, value: Any, algorithm: Algorithm) -> str | None:
    main_name = algorithm.aliases.get(name, name)
    known = algorithm.hyperparameters.get(main_name)
    if known is None:
        return None
    is_range = isinstance(value, Mapping)
    parent = "ParameterRanges" if is_range and known.tuned_as else "StaticHyperParameters"
    example = value if is_range == (parent == "ParameterRanges") else known.default
    document = {parent: {main_name if is_range else name: example}}
    text = json.dumps(shown("", document), default=repr)
    return f"{name} is a hyperparameter; write {text}."


def _field_hint(name: str) -> str:
    by_last_name = _fields_by_last_name()
    meant = [field for last in close(name, by_last_name) for field in by_last_name[last]]
    if meant:
        return f"{_MEANT} {' or '.join(meant)}?"
    return f"Fields: {', '.join(sorted(ExecutionInput.names() - {'$schema'}))}."


@cache
def _fields_by_last_name() -> dict[str, list[str]]:
    by_last_name: dict[str, list[str]] = {}
    for field in _all_fields(ExecutionInput):
        by_last_name.setdefault(field.split(".")[-1], []).append(field)
    return by_last_name


def _all_fields(model: type[BaseModel], parent: str = "") -> Iterator[str]:
    for field in model.model_fields.values():
        yield f"{parent}{field.alias}"
        for inner in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                yield from _all_fields(inner, f"{parent}{field.alias}.")
