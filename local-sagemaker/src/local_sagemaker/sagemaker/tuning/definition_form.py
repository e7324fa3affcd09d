"""The two forms of a tuning job: one training job definition, or several.

Source: "Tune multiple algorithms" in the SageMaker developer guide.
"""

from __future__ import annotations

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException


def check_one_form(request: Document) -> None:
    """One definition with objective and ranges in the config, or several with their own."""
    config = request["HyperParameterTuningJobConfig"]
    single, several = "TrainingJobDefinition" in request, "TrainingJobDefinitions" in request
    if single == several:
        raise ValidationException(
            "Provide either TrainingJobDefinition or TrainingJobDefinitions, and not both."
        )
    in_config = [
        name for name in ("HyperParameterTuningJobObjective", "ParameterRanges") if name in config
    ]
    if single and "HyperParameterTuningJobObjective" not in in_config:
        raise ValidationException(
            "HyperParameterTuningJobConfig.HyperParameterTuningJobObjective is required with "
            "TrainingJobDefinition."
        )
    if single:
        _check_single(request["TrainingJobDefinition"])
    else:
        _check_several(request, in_config)


def _check_single(definition: Document) -> None:
    for member, place in (
        ("TuningObjective", "HyperParameterTuningJobObjective"),
        ("HyperParameterRanges", "ParameterRanges"),
    ):
        if member in definition:
            raise ValidationException(
                f"{member} is for TrainingJobDefinitions; with TrainingJobDefinition, give "
                f"HyperParameterTuningJobConfig.{place}."
            )


def _check_several(request: Document, in_config: list[str]) -> None:
    if in_config:
        raise ValidationException(
            f"With TrainingJobDefinitions, {' and '.join(in_config)} belong to each definition "
            "as TuningObjective and HyperParameterRanges."
        )
    named = [definition.get("DefinitionName") for definition in request["TrainingJobDefinitions"]]
    if None in named or len(set(named)) < len(named):
        raise ValidationException("Each training job definition needs a DefinitionName of its own.")
    for definition in request["TrainingJobDefinitions"]:
        if "TuningObjective" not in definition:
            raise ValidationException(
                f"Training job definition '{definition['DefinitionName']}' needs a TuningObjective."
            )
    types = {each["TuningObjective"]["Type"] for each in request["TrainingJobDefinitions"]}
    if len(types) > 1:
        raise ValidationException(
            "The TuningObjective of all training job definitions must have the same Type: the best "
            "training job is chosen among all of them."
        )
    config = request["HyperParameterTuningJobConfig"]
    if config.get("TrainingJobEarlyStoppingType", "Off") != "Off" or "WarmStartConfig" in request:
        raise ValidationException(
            "Tuning jobs with several training job definitions support neither early stopping "
            "nor warm start."
        )
