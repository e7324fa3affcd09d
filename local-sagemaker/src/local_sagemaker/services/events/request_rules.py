"""What EventBridge refuses of rules and their targets, in words that were recorded on AWS."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.events.exceptions import ValidationException

from local_sagemaker.protocol.request_validation import request_fault
from local_sagemaker.protocol.service_models import service_model
from local_sagemaker.services.events.target_input import is_path

MOST_TARGETS, _LONGEST_PATTERN = 5, 2_048  # "EventBridge quotas" of the user guide
_INPUTS = ("Input", "InputPath", "InputTransformer")
_PLACEHOLDER = re.compile(r"<([^<>\s]+)>")
_GIVEN = "aws.events."


class LimitExceededError(JsonRESTError):
    """More of something than a rule may have."""

    code = 400

    def __init__(self) -> None:
        words = "The requested resource exceeds the maximum number allowed."
        super().__init__("LimitExceededException", words)


def check_shape(operation: str, request: dict[str, Any]) -> None:
    """Raises ValidationException for what the API's own description does not allow."""
    given = {name: value for name, value in request.items() if value is not None}
    fault = request_fault(service_model("events").operation_model(operation).input_shape, given)
    if fault:
        raise ValidationException(fault)


def check_pattern_size(pattern: str | None) -> None:
    """Of PutRule: AWS takes 4,096 characters of accounts that have asked for them."""
    if len(pattern or "") > _LONGEST_PATTERN:
        raise LimitExceededError


def check_targets(targets: Sequence[dict[str, Any]], known: Sequence[dict[str, Any]]) -> None:
    """Of PutTargets; `known` are those that the rule has. Raises what AWS refuses with."""
    for target in targets:
        _check_input(target)
    if len({each["Id"] for each in (*known, *targets)}) > MOST_TARGETS:
        raise LimitExceededError


def _check_input(target: dict[str, Any]) -> None:
    name = target["Id"]
    if sum(target.get(each) is not None for each in _INPUTS) > 1:
        raise ValidationException(
            f"Only one of Input, InputPath, or InputTransformer must be provided for target {name}."
        )
    if target.get("Input") is not None and not _is_json(target["Input"]):
        raise ValidationException(f"Input for target {name} is not valid JSON.")
    transformer = target.get("InputTransformer") or {}
    paths = transformer.get("InputPathsMap") or {}
    for path in (target.get("InputPath"), *paths.values(), *_parameter_paths(target)):
        if path is not None and not is_path(path):
            raise ValidationException(
                f"Path {path} for target {name} is no JSON path of names and positions, such as "
                "$.detail.steps[0].name; local AWS follows no wildcards."
            )
    for placeholder in _PLACEHOLDER.findall(transformer.get("InputTemplate", "")):
        if placeholder not in paths and not placeholder.startswith(_GIVEN):
            raise ValidationException(
                f"InputTemplate for target {name} contains invalid placeholder {placeholder}."
            )


def _parameter_paths(target: dict[str, Any]) -> list[str]:
    """The parameters of a pipeline that are values of the event."""
    parameters = (target.get("SageMakerPipelineParameters") or {}).get("PipelineParameterList")
    return [each["Value"] for each in parameters or [] if each["Value"].startswith("$.")]


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
