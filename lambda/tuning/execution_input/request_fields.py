"""Fields of a CreateHyperParameterTuningJob request that an execution input does not have.

docs/amt-fields.md says of each other field what it becomes, and of these the same rules: a test
compares the two, and both with the API's own description.
"""

from __future__ import annotations

from typing import Any, NamedTuple

CONFIG = "HyperParameterTuningJobConfig"
SINGLE, SEVERAL = "TrainingJobDefinition", "TrainingJobDefinitions"


class Unusable(NamedTuple):
    """Why a field cannot be used, and what to do. `neutral` is the value that asks for nothing."""

    rule: str
    fix: str
    neutral: Any = None


_S3_ONLY = Unusable("PlanTuning could not look at the data.", "Copy the data to S3.")
_PIPE = "Remove it, and upload the objects as the algorithm reads them from a file."
_ONE_KIND = "Use InstanceType and InstanceCount, or HyperParameterTuningResourceConfig."

# Below a training job definition. What asks for one of them would be another tuning job without it.
REFUSED = {
    "AlgorithmSpecification.AlgorithmName": Unusable(
        "The model of an algorithm resource cannot be served from its artefact and image alone.",
        "Give the image as TrainingImage.",
    ),
    "InputDataConfig.DataSource.S3DataSource.AttributeNames": Unusable(
        "It belongs to augmented manifests.", "Write the data as CSV, libsvm or recordio-protobuf."
    ),
    "InputDataConfig.DataSource.S3DataSource.InstanceGroupNames": Unusable(
        "It belongs to InstanceGroups.", "Remove it: every instance gets the channel."
    ),
    "InputDataConfig.DataSource.S3DataSource.ModelAccessConfig": Unusable(
        "It is for models of JumpStart.", "Remove the channel."
    ),
    "InputDataConfig.DataSource.S3DataSource.HubAccessConfig": Unusable(
        "It is for models of a hub.", "Remove the channel."
    ),
    "InputDataConfig.DataSource.FileSystemDataSource": _S3_ONLY,
    "InputDataConfig.DataSource.DatasetSource": _S3_ONLY,
    "InputDataConfig.CompressionType": Unusable(
        "It is for Pipe mode, which XGBoost has no more and in which Linear Learner is not known "
        "to read Gzip.",
        "Upload the objects uncompressed, and remove it.",
        neutral="None",
    ),
    "InputDataConfig.RecordWrapperType": Unusable("It is for Pipe mode.", _PIPE, neutral="None"),
    "OutputDataConfig.CompressionType": Unusable(
        "The endpoint needs a model.tar.gz.", "Remove it.", neutral="GZIP"
    ),
    "ResourceConfig.InstanceGroups": Unusable(
        "Built-in algorithms train on one kind of instance.", _ONE_KIND
    ),
    "ResourceConfig.TrainingPlanArn": Unusable("It reserves accelerators.", "Remove it."),
    "ResourceConfig.InstancePlacementConfig": Unusable("It is for UltraServers.", "Remove it."),
    "ResourceConfig.InstancePreferences": Unusable(
        "`HyperParameterTuningResourceConfig` is tuning's own way.",
        "Give them as HyperParameterTuningResourceConfig.InstanceConfigs.",
    ),
}
# In the only definition, where SageMaker itself takes neither.
REFUSED_IN_SINGLE = {
    "TuningObjective": Unusable(
        "Only one of several definitions has an objective of its own.",
        f"Move it to {CONFIG}.HyperParameterTuningJobObjective.",
    ),
    "HyperParameterRanges": Unusable(
        "Only one of several definitions has ranges of its own.",
        f"Move it to {CONFIG}.ParameterRanges.",
    ),
}
# Without these the same is tuned. They are left out, with a warning.
LEFT_OUT = {
    "RoleArn": Unusable(
        "Training takes on the deployment's training role.",
        "Let that role read the data, or give a model's file a TrainingRoleArn.",
    ),
    "OutputDataConfig.S3OutputPath": Unusable(
        "Artefacts lie in the run's folder of the data bucket.",
        "Look for them in runs/<execution>/training.",
    ),
}
LEFT_OUT_OF_SINGLE = {
    "DefinitionName": Unusable(
        "Only several definitions are told apart by names.", "It may be left out."
    ),
}
LEFT_OUT_OF_REQUEST = {
    "HyperParameterTuningJobName": Unusable(
        "Retune names each tuning job, by its prefix, the date and the execution.",
        "Look for the name in the run's report.",
    ),
}
# What SageMaker adds where it describes a tuning job says nothing of what to tune.
READ_ONLY = (
    "HyperParameterTuningJobArn",
    "HyperParameterTuningJobStatus",
    "CreationTime",
    "HyperParameterTuningEndTime",
    "LastModifiedTime",
    "TrainingJobStatusCounters",
    "ObjectiveStatusCounters",
    "BestTrainingJob",
    "OverallBestTrainingJob",
    "FailureReason",
    "TuningJobCompletionDetails",
    "ConsumedResources",
    "ResponseMetadata",
)
EMPTY_WHEN_DESCRIBED = ("OutputDataConfig.KmsKeyId", "ResourceConfig.VolumeKmsKeyId")
READ_ONLY_OF_DEFINITION = (
    "StaticHyperParameters._tuning_objective_metric",
    "ResourceConfig.SelectedInstanceType",
    "ResourceConfig.SelectedInstanceCount",
)
