"""The condition keys of a service which a call's parameters give, each with its JMESPath.

A key counts for the actions for which the reference lists it. The keys of tags are in `tags`.
"""

from __future__ import annotations

from collections.abc import Mapping


def _of_jobs(*paths: str) -> str:
    """The paths of a request, and the same of a tuning job's training job definitions."""
    definitions = [f"TrainingJobDefinition.{path}" for path in paths]
    many = [f"TrainingJobDefinitions[].{path}" for path in paths]
    return f"[{', '.join([*paths, *definitions, *many])}][][]"


_NETWORK = ("VpcConfig", "NetworkConfig.VpcConfig")

KEYS: Mapping[str, Mapping[str, str]] = {
    "application-autoscaling": {
        "application-autoscaling:service-namespace": "ServiceNamespace",
        "application-autoscaling:scalable-dimension": "ScalableDimension",
    },
    "cloudformation": {
        "cloudformation:ChangeSetName": "ChangeSetName",
        "cloudformation:ResourceTypes": "ResourceTypes",
        "cloudformation:RoleArn": "RoleARN",
        "cloudformation:StackPolicyUrl": "StackPolicyURL",
        "cloudformation:TemplateUrl": "TemplateURL",
    },
    "cloudwatch": {
        "cloudwatch:namespace": "Namespace",
        "cloudwatch:AlarmActions": "AlarmActions",
    },
    "events": {
        "events:source": "Entries[].Source",
        "events:detail-type": "Entries[].DetailType",
        "events:TargetArn": "Targets[].Arn",
    },
    "iam": {
        "iam:AWSServiceName": "AWSServiceName",
        "iam:PermissionsBoundary": "PermissionsBoundary",
        "iam:PolicyARN": "PolicyArn",
    },
    "kms": {
        "kms:EncryptionAlgorithm": "EncryptionAlgorithm || 'SYMMETRIC_DEFAULT'",
        "kms:GrantOperations": "Operations",
        "kms:GranteePrincipal": "GranteePrincipal",
        "kms:KeySpec": "KeySpec",
        "kms:KeyUsage": "KeyUsage",
        "kms:MultiRegion": "MultiRegion",
    },
    "lambda": {
        "lambda:FunctionUrlAuthType": "FunctionUrlAuthType || AuthType",
        "lambda:Layer": "Layers",
        "lambda:Principal": "Principal",
        "lambda:SecurityGroupIds": "VpcConfig.SecurityGroupIds",
        "lambda:SubnetIds": "VpcConfig.SubnetIds",
        "lambda:CodeSigningConfigArn": "CodeSigningConfigArn",
        "lambda:FunctionArn": "FunctionName",
    },
    "s3": {
        "s3:delimiter": "Delimiter",
        "s3:max-keys": "MaxKeys",
        "s3:prefix": "Prefix",
        "s3:versionid": "VersionId",
        "s3:locationconstraint": "CreateBucketConfiguration.LocationConstraint",
        "s3:if-match": "IfMatch",
        "s3:if-none-match": "IfNoneMatch",
        "s3:object-lock-legal-hold": "ObjectLockLegalHoldStatus || LegalHold.Status",
        "s3:object-lock-mode": "ObjectLockMode || Retention.Mode",
        "s3:x-amz-acl": "ACL",
        "s3:x-amz-copy-source": "CopySource",
        "s3:x-amz-grant-full-control": "GrantFullControl",
        "s3:x-amz-grant-read": "GrantRead",
        "s3:x-amz-grant-read-acp": "GrantReadACP",
        "s3:x-amz-grant-write": "GrantWrite",
        "s3:x-amz-grant-write-acp": "GrantWriteACP",
        "s3:x-amz-metadata-directive": "MetadataDirective",
        "s3:x-amz-object-ownership": "ObjectOwnership",
        "s3:x-amz-server-side-encryption": "ServerSideEncryption",
        "s3:x-amz-server-side-encryption-aws-kms-key-id": "SSEKMSKeyId",
        "s3:x-amz-server-side-encryption-customer-algorithm": "SSECustomerAlgorithm",
        "s3:x-amz-storage-class": "StorageClass",
        "s3:x-amz-website-redirect-location": "WebsiteRedirectLocation",
    },
    "sagemaker": {
        "sagemaker:AcceleratorTypes": "ProductionVariants[].AcceleratorType",
        "sagemaker:DirectInternetAccess": "DirectInternetAccess",
        "sagemaker:EnableRemoteDebug": "RemoteDebugConfig.EnableRemoteDebug",
        "sagemaker:FileSystemAccessMode": _of_jobs(
            "InputDataConfig[].DataSource.FileSystemDataSource.FileSystemAccessMode"
        ),
        "sagemaker:FileSystemDirectoryPath": _of_jobs(
            "InputDataConfig[].DataSource.FileSystemDataSource.DirectoryPath"
        ),
        "sagemaker:FileSystemId": _of_jobs(
            "InputDataConfig[].DataSource.FileSystemDataSource.FileSystemId"
        ),
        "sagemaker:FileSystemType": _of_jobs(
            "InputDataConfig[].DataSource.FileSystemDataSource.FileSystemType"
        ),
        "sagemaker:InstanceTypes": _of_jobs(
            "InstanceType",
            "ProductionVariants[].InstanceType",
            "ShadowProductionVariants[].InstanceType",
            "ResourceConfig.InstanceType",
            "ResourceConfig.InstanceGroups[].InstanceType",
            "HyperParameterTuningResourceConfig.InstanceType",
            "HyperParameterTuningResourceConfig.InstanceConfigs[].InstanceType",
            "TransformResources.InstanceType",
            "ProcessingResources.ClusterConfig.InstanceType",
        ),
        "sagemaker:InterContainerTrafficEncryption": _of_jobs(
            "EnableInterContainerTrafficEncryption",
            "NetworkConfig.EnableInterContainerTrafficEncryption",
        ),
        "sagemaker:KeepAlivePeriod": "ResourceConfig.KeepAlivePeriodInSeconds",
        "sagemaker:MaxRuntimeInSeconds": _of_jobs("StoppingCondition.MaxRuntimeInSeconds"),
        "sagemaker:ModelApprovalStatus": "ModelApprovalStatus",
        "sagemaker:ModelLifeCycle:Stage": "ModelLifeCycle.Stage",
        "sagemaker:ModelLifeCycle:StageStatus": "ModelLifeCycle.StageStatus",
        "sagemaker:NetworkIsolation": _of_jobs(
            "EnableNetworkIsolation", "NetworkConfig.EnableNetworkIsolation"
        ),
        "sagemaker:OutputKmsKey": _of_jobs(
            "OutputDataConfig.KmsKeyId",
            "TransformOutput.KmsKeyId",
            "ProcessingOutputConfig.KmsKeyId",
        ),
        "sagemaker:PipelineVersionId": "PipelineVersionId",
        "sagemaker:RootAccess": "RootAccess",
        "sagemaker:ServerlessMaxConcurrency": (
            "ProductionVariants[].ServerlessConfig.MaxConcurrency"
        ),
        "sagemaker:ServerlessMemorySize": "ProductionVariants[].ServerlessConfig.MemorySizeInMB",
        "sagemaker:TargetModel": "TargetModel",
        "sagemaker:VolumeKmsKey": _of_jobs(
            "KmsKeyId",
            "ResourceConfig.VolumeKmsKeyId",
            "HyperParameterTuningResourceConfig.VolumeKmsKeyId",
            "TransformResources.VolumeKmsKeyId",
            "ProcessingResources.ClusterConfig.VolumeKmsKeyId",
        ),
        "sagemaker:VpcSecurityGroupIds": _of_jobs(
            *(f"{each}.SecurityGroupIds" for each in _NETWORK)
        ),
        "sagemaker:VpcSubnets": _of_jobs(*(f"{each}.Subnets" for each in _NETWORK)),
    },
    "secretsmanager": {
        "secretsmanager:Name": "Name",
        "secretsmanager:SecretId": "SecretId",
        "secretsmanager:KmsKeyId": "KmsKeyId",
        "secretsmanager:VersionStage": "VersionStage",
    },
    "servicequotas": {"servicequotas:service": "ServiceCode"},
    "sns": {"sns:Endpoint": "Endpoint", "sns:Protocol": "Protocol"},
    "ssm": {"ssm:Overwrite": "Overwrite", "ssm:Recursive": "Recursive"},
    "sts": {
        "sts:ExternalId": "ExternalId",
        "sts:RoleSessionName": "RoleSessionName",
        "sts:SourceIdentity": "SourceIdentity",
        "sts:TransitiveTagKeys": "TransitiveTagKeys",
        "sts:DurationSeconds": "DurationSeconds",
    },
}
