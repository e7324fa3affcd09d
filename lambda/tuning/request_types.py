"""SageMaker's requests and answers as types.

To a type checker they are the TypedDicts of boto3-stubs, which no function carries; at run time
they are plain dictionaries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

ObjectiveType = Literal["Maximize", "Minimize"]  # of HyperParameterTuningJobObjective
ModelApprovalStatus = Literal["Approved", "Rejected", "PendingManualApproval"]

if TYPE_CHECKING:
    from typing import TypeAlias

    from mypy_boto3_application_autoscaling import type_defs as autoscaling
    from mypy_boto3_sagemaker import type_defs as sagemaker

    AlgorithmSpecification: TypeAlias = sagemaker.AlgorithmSpecificationTypeDef
    AutoParameterRequest: TypeAlias = sagemaker.AutoParameterTypeDef
    CategoricalParameterRange: TypeAlias = sagemaker.CategoricalParameterRangeTypeDef
    DataCaptureConfig: TypeAlias = sagemaker.DataCaptureConfigTypeDef
    DataProcessing: TypeAlias = sagemaker.DataProcessingTypeDef
    DeploymentConfig: TypeAlias = sagemaker.DeploymentConfigTypeDef
    MetricsSource: TypeAlias = sagemaker.MetricsSourceTypeDef
    ModelPackageContainer: TypeAlias = sagemaker.ModelPackageContainerDefinitionTypeDef
    ModelPackageGroupRequest: TypeAlias = sagemaker.CreateModelPackageGroupInputTypeDef
    ModelPackageRequest: TypeAlias = sagemaker.CreateModelPackageInputTypeDef
    # IntegerParameterRange has the same members.
    NumericParameterRange: TypeAlias = sagemaker.ContinuousParameterRangeTypeDef
    ProductionVariant: TypeAlias = sagemaker.ProductionVariantTypeDef
    ScalableTargetRequest: TypeAlias = autoscaling.RegisterScalableTargetRequestTypeDef
    ScalingPolicyRequest: TypeAlias = autoscaling.PutScalingPolicyRequestTypeDef
    Tag: TypeAlias = sagemaker.TagTypeDef
    ProcessingJobAnswer: TypeAlias = sagemaker.DescribeProcessingJobResponseTypeDef
    ProcessingJobRequest: TypeAlias = sagemaker.CreateProcessingJobRequestTypeDef
    TrainingChannel: TypeAlias = sagemaker.ChannelUnionTypeDef
    TrainingJobAnswer: TypeAlias = sagemaker.DescribeTrainingJobResponseTypeDef
    TrainingJobDefinition: TypeAlias = sagemaker.HyperParameterTrainingJobDefinitionTypeDef
    TrainingJobRequest: TypeAlias = sagemaker.CreateTrainingJobRequestTypeDef
    TransformInput: TypeAlias = sagemaker.TransformInputTypeDef
    TransformResources: TypeAlias = sagemaker.TransformResourcesTypeDef
    TuningJobAnswer: TypeAlias = sagemaker.DescribeHyperParameterTuningJobResponseTypeDef
    TuningJobConfig: TypeAlias = sagemaker.HyperParameterTuningJobConfigTypeDef
    TuningJobRequest: TypeAlias = sagemaker.CreateHyperParameterTuningJobRequestTypeDef
    VpcConfig: TypeAlias = sagemaker.VpcConfigTypeDef
    WarmStartRequest: TypeAlias = sagemaker.HyperParameterTuningJobWarmStartConfigTypeDef
else:
    AlgorithmSpecification = AutoParameterRequest = CategoricalParameterRange = dict[str, Any]
    DataCaptureConfig = DataProcessing = DeploymentConfig = MetricsSource = dict[str, Any]
    ModelPackageContainer = ModelPackageGroupRequest = ModelPackageRequest = dict[str, Any]
    NumericParameterRange = ProductionVariant = ScalableTargetRequest = dict[str, Any]
    ProcessingJobAnswer = ProcessingJobRequest = dict[str, Any]
    ScalingPolicyRequest = Tag = TrainingChannel = TrainingJobAnswer = dict[str, Any]
    TrainingJobDefinition = TrainingJobRequest = TransformInput = dict[str, Any]
    TransformResources = TuningJobAnswer = TuningJobConfig = TuningJobRequest = dict[str, Any]
    VpcConfig = WarmStartRequest = dict[str, Any]
