"""SageMaker's requests and answers as types.

To a type checker they are the TypedDicts of boto3-stubs, which no function carries; at run time
they are plain dictionaries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import TypeAlias

    from mypy_boto3_application_autoscaling import type_defs as autoscaling
    from mypy_boto3_sagemaker import type_defs as sagemaker

    DataCaptureConfig: TypeAlias = sagemaker.DataCaptureConfigTypeDef
    DataProcessing: TypeAlias = sagemaker.DataProcessingTypeDef
    DeploymentConfig: TypeAlias = sagemaker.DeploymentConfigTypeDef
    ModelPackageGroupRequest: TypeAlias = sagemaker.CreateModelPackageGroupInputTypeDef
    ProductionVariant: TypeAlias = sagemaker.ProductionVariantTypeDef
    ScalableTargetRequest: TypeAlias = autoscaling.RegisterScalableTargetRequestTypeDef
    ScalingPolicyRequest: TypeAlias = autoscaling.PutScalingPolicyRequestTypeDef
    Tag: TypeAlias = sagemaker.TagTypeDef
    TrainingChannel: TypeAlias = sagemaker.ChannelUnionTypeDef
    TrainingJobDefinition: TypeAlias = sagemaker.HyperParameterTrainingJobDefinitionTypeDef
    TrainingJobRequest: TypeAlias = sagemaker.CreateTrainingJobRequestTypeDef
    TransformInput: TypeAlias = sagemaker.TransformInputTypeDef
    TransformResources: TypeAlias = sagemaker.TransformResourcesTypeDef
    TuningJobConfig: TypeAlias = sagemaker.HyperParameterTuningJobConfigTypeDef
    TuningJobRequest: TypeAlias = sagemaker.CreateHyperParameterTuningJobRequestTypeDef
    WarmStartRequest: TypeAlias = sagemaker.HyperParameterTuningJobWarmStartConfigTypeDef
else:
    DataCaptureConfig = DataProcessing = DeploymentConfig = dict[str, Any]
    ModelPackageGroupRequest = ProductionVariant = ScalableTargetRequest = dict[str, Any]
    ScalingPolicyRequest = Tag = TrainingJobDefinition = TrainingJobRequest = dict[str, Any]
    TrainingChannel = TransformInput = TransformResources = TuningJobConfig = dict[str, Any]
    TuningJobRequest = WarmStartRequest = dict[str, Any]
