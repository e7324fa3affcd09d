"""Rules of SageMaker Debugger: which there are, and what they find in the tensors of a job.

On AWS each is a processing job that runs beside the training; here they are evaluated when its
container has ended. Statuses and details are what jobs of others have shown:
aws/amazon-sagemaker-examples, sagemaker-debugger.
"""

from __future__ import annotations

import logging
import re
import time
from pathlib import Path

from local_sagemaker.containers.debugger.rules import RULES
from local_sagemaker.containers.debugger.saved_tensors import SavedTensors, Unreadable
from local_sagemaker.sagemaker.algorithms.registries import (
    EcrImage,
    dns_suffix,
    sagemaker_account,
)
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException

IN_PROGRESS = "InProgress"
_REPOSITORY = "sagemaker-debugger-rules"
_INVOKED = "rule_to_invoke"

_logger = logging.getLogger(__name__)


def check_rules(request: Document, region: str) -> None:
    """Refuse what is not evaluated here.

    Raises:
        ValidationException: a rule or a parameter that local AWS does not know, a rule of one's
            own, or two of the same name.
    """
    names = set()
    for config in request.get("DebugRuleConfigurations", []):
        name = config["RuleConfigurationName"]
        if name in names:
            raise ValidationException(
                f"DebugRuleConfigurations has two rules of the name {name}: give each its own."
            )
        names.add(name)
        _check_image(config, region)
        _check_parameters(name, config.get("RuleParameters", {}))


def begun_rules(request: Document) -> list[Document]:
    """The statuses of a job that begins."""
    return [_status(config, IN_PROGRESS) for config in request.get("DebugRuleConfigurations", [])]


def evaluate_rules(request: Document, tensors: Path | None) -> list[Document]:
    """The statuses of a job whose container has ended."""
    return [_evaluated(config, tensors) for config in request.get("DebugRuleConfigurations", [])]


def _check_image(config: Document, region: str) -> None:
    uri = config["RuleEvaluatorImage"]
    image = EcrImage.parse(uri)
    if (
        image is None
        or image.repository != _REPOSITORY
        or image.region != region
        or not image.is_of_sagemaker
    ):
        account = sagemaker_account(_REPOSITORY, region)
        raise ValidationException(
            f"DebugRuleConfigurations: rule {config['RuleConfigurationName']} has the image "
            f"{uri}, and local AWS evaluates rules of SageMaker's own image alone: "
            f"{account}.dkr.ecr.{region}.{dns_suffix(region)}/{_REPOSITORY}:latest."
        )


def _check_parameters(name: str, parameters: dict[str, str]) -> None:
    invoked = parameters.get(_INVOKED)
    if invoked not in RULES:
        raise ValidationException(
            f"DebugRuleConfigurations: rule {name} invokes {invoked}; local AWS evaluates "
            f"{', '.join(RULES)}. Leave it out here."
        )
    known = {_INVOKED, *RULES[invoked].defaults}
    unknown = sorted(set(parameters) - known)
    if unknown:
        raise ValidationException(
            f"DebugRuleConfigurations: rule {name} has the parameter {unknown[0]}; local AWS "
            f"knows of {invoked} {', '.join(sorted(known - {_INVOKED}))}. Leave it out here."
        )


def _evaluated(config: Document, tensors: Path | None) -> Document:
    parameters = dict(config["RuleParameters"])
    invoked = parameters.pop(_INVOKED)
    try:
        if tensors is None:
            raise Unreadable("The training job has no DebugHookConfig, so it saves no tensors")
        step = RULES[invoked].first_step(SavedTensors(tensors), parameters)
    except (Unreadable, ValueError, re.error) as fault:
        return _status(config, "Error", f"ClientError: {fault}")
    except Exception as defect:
        _logger.exception("Rule %s met a defect of local AWS", config["RuleConfigurationName"])
        return _status(config, "Error", f"InternalServerError: {type(defect).__name__}: {defect}")
    if step is None:
        return _status(config, "NoIssuesFound")
    details = (
        f"RuleEvaluationConditionMet: Evaluation of the rule {invoked} at step {step} resulted in "
        "the condition being met\n"
    )
    return _status(config, "IssuesFound", details)


def _status(config: Document, status: str, details: str = "") -> Document:
    return {
        "RuleConfigurationName": config["RuleConfigurationName"],
        "RuleEvaluationStatus": status,
        **({"StatusDetails": details} if details else {}),
        "LastModifiedTime": time.time(),
    }
