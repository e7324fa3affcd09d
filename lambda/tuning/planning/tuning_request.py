"""The request of CreateHyperParameterTuningJob besides its name, tags and warm start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tuning.execution_input.custom_image import algorithm_of
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.search_space import SearchSpace

Document = dict[str, Any]
Training = Callable[[ExecutionInput], Document]


def tuning_request(run: ExecutionInput, training: Training) -> Document:
    """`training` gives the members of a definition besides its hyperparameters.

    With one definition, objective and ranges stand in the tuning job's config; with several, each
    definition carries its own.
    """
    autotune = {"Autotune": run.autotune.to_sagemaker()} if run.autotune else {}
    config = _config(run)
    ((name, alone), *others) = run.definitions
    if name is None:
        own = {
            "HyperParameterTuningJobObjective": _objective(alone),
            "ParameterRanges": _space(alone).to_sagemaker(),
        }
        return {
            "HyperParameterTuningJobConfig": {**config, **own},
            "TrainingJobDefinition": _definition(alone, training),
            **autotune,
        }
    return {
        "HyperParameterTuningJobConfig": config,
        "TrainingJobDefinitions": [
            {
                "DefinitionName": name,
                "TuningObjective": _objective(alone),
                "HyperParameterRanges": _space(alone).to_sagemaker(),
                **_definition(alone, training),
            }
            for name, alone in ((name, alone), *others)
        ],
        **autotune,
    }


def _config(run: ExecutionInput) -> Document:
    parts = {
        "Strategy": run.strategy,
        "ResourceLimits": run.resource_limits.to_sagemaker(),
        "TrainingJobEarlyStoppingType": _early_stopping(run),
        "StrategyConfig": run.strategy_config and run.strategy_config.to_sagemaker(),
        "RandomSeed": run.random_seed,
        "TuningJobCompletionCriteria": run.tuning_job_completion_criteria
        and run.tuning_job_completion_criteria.to_sagemaker(),
    }
    return {member: value for member, value in parts.items() if value is not None}


def _early_stopping(run: ExecutionInput) -> str | None:
    """Autotune decides on it when nobody else does."""
    given = "training_job_early_stopping_type" in run.model_fields_set
    return None if run.autotune and not given else run.training_job_early_stopping_type


def _objective(run: ExecutionInput) -> Document:
    metric = algorithm_of(run).metrics[run.hyper_parameter_tuning_job_objective.metric_name]
    return {"Type": metric.type, "MetricName": metric.name}


def _space(run: ExecutionInput) -> SearchSpace:
    return SearchSpace.of(run, algorithm_of(run))


def _definition(run: ExecutionInput, training: Training) -> Document:
    return {"StaticHyperParameters": _static(run), **training(run)}


def _static(run: ExecutionInput) -> dict[str, str]:
    """With what makes a job that tuning stops early leave a model, unless the input says no."""
    may_stop = run.strategy == "Hyperband" or run.training_job_early_stopping_type == "Auto"
    keep_model = algorithm_of(run).stopped_jobs_keep_their_model_with if may_stop else {}
    return {**keep_model, **_space(run).static}
