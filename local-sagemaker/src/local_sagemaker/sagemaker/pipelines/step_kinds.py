"""The types of steps: what each may say, and what it makes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ResourceKind:
    """What steps of one type create in SageMaker, and how.

    `resource` is in the names of the operations (CreateTrainingJob), `metadata` the member of the
    step's Metadata. Two steps whose arguments differ in none of `cache_keys` do the same (developer
    guide, "Default cache key attributes by pipeline step type"). `name_length` is the most that
    the API takes. What `runs` is waited for.
    """

    resource: str
    metadata: str
    cache_keys: tuple[str, ...] = ()
    name_length: int = 63
    runs: bool = True

    @property
    def name_member(self) -> str:
        return f"{self.resource}Name"


RESOURCES = {
    "Training": ResourceKind(
        "TrainingJob",
        "TrainingJob",
        (
            "AlgorithmSpecification",
            "CheckpointConfig",
            "DebugHookConfig",
            "DebugRuleConfigurations",
            "Environment",
            "HyperParameters",
            "InputDataConfig",
        ),
    ),
    "Processing": ResourceKind(
        "ProcessingJob",
        "ProcessingJob",
        ("AppSpecification", "Environment", "ProcessingInputs"),
    ),
    "Tuning": ResourceKind(
        "HyperParameterTuningJob",
        "TuningJob",
        ("HyperParameterTuningJobConfig", "TrainingJobDefinition", "TrainingJobDefinitions"),
        name_length=32,
    ),
    "Transform": ResourceKind(
        "TransformJob",
        "TransformJob",
        ("DataProcessing", "Environment", "ModelName", "TransformInput"),
    ),
    "Model": ResourceKind("Model", "Model", runs=False),
    "RegisterModel": ResourceKind("ModelPackage", "RegisterModel", runs=False),
}

_EVERY = frozenset(("Name", "Type", "Arguments", "DependsOn", "DisplayName", "Description"))
_CALLED = _EVERY | {"CacheConfig", "OutputParameters"}
_CREATED = _EVERY | {"RetryPolicies"}
PROPERTIES = {
    "Training": _CREATED | {"CacheConfig"},
    "Processing": _CREATED | {"CacheConfig", "PropertyFiles"},
    "Tuning": _CREATED | {"CacheConfig"},
    "Transform": _CREATED | {"CacheConfig"},
    "Model": _CREATED,
    "RegisterModel": _CREATED,
    "Lambda": _CALLED | {"FunctionArn"},
    "Callback": _CALLED | {"SqsQueueUrl"},
    "Condition": _EVERY,
    "Fail": _EVERY,
}
"""The properties that a step of each type may have (the published JSON schema of definitions)."""

REQUIRED = {"Lambda": ("FunctionArn",), "Callback": ("SqsQueueUrl",)} | {
    each: ("Arguments",) for each in (*RESOURCES, "Condition")
}
