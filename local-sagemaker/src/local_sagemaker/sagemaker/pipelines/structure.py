"""What CreatePipeline refuses of a definition's structure: unknown properties, types, names.

The properties are those of the JSON schema that AWS publishes for definitions.
"""

from __future__ import annotations

import re
from typing import Any

from local_sagemaker.sagemaker.pipelines.arguments import check_arguments
from local_sagemaker.sagemaker.pipelines.cache_config import check_cache_config
from local_sagemaker.sagemaker.pipelines.condition_rules import check_condition
from local_sagemaker.sagemaker.pipelines.expecting import (
    expect_list,
    expect_object,
    expect_text,
)
from local_sagemaker.sagemaker.pipelines.expression_rules import check_expressions
from local_sagemaker.sagemaker.pipelines.faults import unparsable
from local_sagemaker.sagemaker.pipelines.parameters import check_names, check_parameter
from local_sagemaker.sagemaker.pipelines.retry_policies import check_retry_policy
from local_sagemaker.sagemaker.pipelines.step_kinds import PROPERTIES, REQUIRED, RESOURCES

VERSION = "2020-12-01"
_TOP = {"Version", "Metadata", "Parameters", "PipelineExperimentConfig", "Steps"}
_EXPERIMENT = {"ExperimentName", "TrialName"}
_FILE = {"PropertyFileName", "OutputName", "FilePath"}
_OUTPUT = {"OutputName", "OutputType"}
_TEXTS = {"DisplayName", "Description", "FunctionArn", "SqsQueueUrl"}
_OUTPUT_TYPES = ("String", "Integer", "Boolean", "Float")
_STEP_NAME = re.compile(r"[A-Za-z0-9\-_]{1,64}")


def check_structure(content: Any) -> None:
    """Raises ValidationException for the first thing that is wrong with a definition."""
    if "MlflowConfig" in expect_object(content):
        raise unparsable("Local AWS has no MlflowConfig: leave it out.")
    expect_object(content, _TOP)
    if content.get("Version", VERSION) != VERSION:
        raise unparsable(f"Version '{content['Version']}' is unknown; write {VERSION}.")
    for parameter in expect_list(content.get("Parameters", [])):
        check_parameter(parameter)
    check_names(content.get("Parameters", []))
    check_expressions(content)
    for name, value in expect_object(
        content.get("PipelineExperimentConfig", {}), _EXPERIMENT
    ).items():
        _check_experiment(name, value)
    if not content.get("Steps"):
        raise unparsable("A pipeline needs at least one step.")
    _check_steps(content["Steps"])


def _check_experiment(name: str, value: Any) -> None:
    """A name is known when an execution begins: text, or of parameters and variables."""
    if isinstance(value, dict) and set(value) == {"Std:Join"}:
        for each in value["Std:Join"]["Values"]:
            _check_experiment(name, each)
    elif not isinstance(value, str) and not (isinstance(value, dict) and set(value) == {"Get"}):
        raise unparsable(f"{name} of PipelineExperimentConfig must be text, Get or Std:Join.")


def _check_steps(steps: Any) -> None:
    for step in expect_list(steps):
        name, kind = expect_object(step).get("Name"), step.get("Type")
        if not isinstance(name, str) or not _STEP_NAME.fullmatch(name):
            raise unparsable(
                f"Step name {name!r} must be 1 to 64 letters, digits, hyphens and underscores."
            )
        if not isinstance(kind, str) or kind not in PROPERTIES:
            raise unparsable(
                f"Step '{name}' is of Type {kind!r}, which local AWS does not have. It has "
                f"{', '.join(PROPERTIES)}."
            )
        expect_object(step, PROPERTIES[kind])
        for required in REQUIRED.get(kind, ()):
            if required not in step:
                raise unparsable(f"Step '{name}' of Type {kind} needs {required}.")
        _check_step(step)


def _check_step(step: dict[str, Any]) -> None:
    expect_object(step.get("Arguments", {}))
    for member in _TEXTS & set(step):
        expect_text(step[member], member)
    for name in expect_list(step.get("DependsOn", [])):
        expect_text(name, "DependsOn")
    check_cache_config(step.get("CacheConfig", {}))
    for policy in expect_list(step.get("RetryPolicies", [])):
        check_retry_policy(policy, step["Type"])
    _check_results(step)
    if step["Type"] in RESOURCES:
        check_arguments(step["Arguments"], RESOURCES[step["Type"]])
    elif step["Type"] == "Condition":
        _check_branches(step["Arguments"])
    elif step["Type"] == "Fail":
        expect_object(step.get("Arguments", {}), {"ErrorMessage"})


def _check_results(step: dict[str, Any]) -> None:
    """Property files and output parameters, to which later steps refer by name."""
    for file in expect_list(step.get("PropertyFiles", [])):
        if set(expect_object(file, _FILE)) != _FILE:
            raise unparsable(f"A property file needs {', '.join(sorted(_FILE))}.")
        for member, text in file.items():
            expect_text(text, member)
    for output in expect_list(step.get("OutputParameters", [])):
        if expect_object(output, _OUTPUT).get("OutputType", "String") not in _OUTPUT_TYPES:
            raise unparsable(f"OutputType must be one of {', '.join(_OUTPUT_TYPES)}.")
        expect_text(output.get("OutputName"), "OutputName")


def _check_branches(arguments: dict[str, Any]) -> None:
    expect_object(arguments, {"Conditions", "IfSteps", "ElseSteps"})
    for condition in expect_list(arguments.get("Conditions", [])):
        check_condition(condition)
    for branch in ("IfSteps", "ElseSteps"):
        _check_steps(arguments.get(branch, []))
