"""The request of CreateHyperParameterTuningJob besides its tags and warm start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.known_algorithm import algorithm_of
from tuning.execution_input.search_space import SearchSpace
from tuning.request_types import TrainingJobDefinition, TuningJobConfig, TuningJobRequest

Training = Callable[[ExecutionInput], TrainingJobDefinition]


def tuning_request(name: str, run: ExecutionInput, training: Training) -> TuningJobRequest:
    """`training` gives the members of a definition besides its hyperparameters.

    With one definition, objective and ranges stand in the tuning job's config; with several, each
    definition carries its own.
    """
    config = _config(run)
    request: TuningJobRequest = {
        "HyperParameterTuningJobName": name,
        "HyperParameterTuningJobConfig": config,
    }
    if run.autotune:
        request["Autotune"] = run.autotune.to_sagemaker()
    named = {name: alone for name, alone in run.definitions if name is not None}
    if named:
        request["TrainingJobDefinitions"] = [
            _named_definition(name, alone, training) for name, alone in named.items()
        ]
        return request
    config["HyperParameterTuningJobObjective"] = _objective(run)
    config["ParameterRanges"] = _space(run).to_sagemaker()
    request["TrainingJobDefinition"] = _definition(run, training)
    return request


def _config(run: ExecutionInput) -> TuningJobConfig:
    config: TuningJobConfig = {
        "Strategy": run.strategy,
        "ResourceLimits": run.resource_limits.to_sagemaker(),
    }
    if not _leaves_early_stopping_to_autotune(run):
        config["TrainingJobEarlyStoppingType"] = run.training_job_early_stopping_type
    if run.strategy_config:
        config["StrategyConfig"] = run.strategy_config.to_sagemaker()
    if run.random_seed is not None:
        config["RandomSeed"] = run.random_seed
    if run.tuning_job_completion_criteria:
        criteria = run.tuning_job_completion_criteria
        config["TuningJobCompletionCriteria"] = criteria.to_sagemaker()
    return config


def _leaves_early_stopping_to_autotune(run: ExecutionInput) -> bool:
    """Autotune decides on it when nobody else does."""
    given = "training_job_early_stopping_type" in run.model_fields_set
    return run.autotune is not None and not given


def _objective(run: ExecutionInput) -> Any:
    metric = algorithm_of(run).metrics[run.hyper_parameter_tuning_job_objective.metric_name]
    return {"Type": metric.type, "MetricName": metric.name}


def _space(run: ExecutionInput) -> SearchSpace:
    return SearchSpace.of(run, algorithm_of(run))


def _definition(run: ExecutionInput, training: Training) -> TrainingJobDefinition:
    definition = training(run)
    definition["StaticHyperParameters"] = _static(run)
    return definition


def _named_definition(name: str, run: ExecutionInput, training: Training) -> TrainingJobDefinition:
    definition = _definition(run, training)
    definition["DefinitionName"] = name
    definition["TuningObjective"] = _objective(run)
    definition["HyperParameterRanges"] = _space(run).to_sagemaker()
    return definition


def _static(run: ExecutionInput) -> dict[str, str]:
    """With the hyperparameter that makes a job leave a model when it is stopped early."""
    keep = algorithm_of(run).stopped_jobs_keep_their_model_with if run.may_stop_early else {}
    return {**keep, **_space(run).static}
