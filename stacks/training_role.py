"""The roles that SageMaker takes on to train and to host."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk import Stack, aws_iam, aws_s3
from constructs import Construct
from tuning.names import WRITTEN_BY_JOBS

from configuration.models import Model
from configuration.settings import Settings
from stacks import trust
from stacks.endpoint_alarms import alarm_arns
from stacks.image_permissions import pull_images
from stacks.service_role import ServiceRole


@dataclass(frozen=True)
class TrainingRoles:
    """The deployment's training role, and those that models bring with them."""

    own_arn: str
    arns: list[str]  # all of them: what may be passed to SageMaker

    @classmethod
    def of(
        cls,
        scope: Construct,
        bucket: aws_s3.IBucket,
        settings: Settings,
        models: Sequence[Model],
    ) -> TrainingRoles:
        """Makes the deployment's role unless the settings name one."""
        own = settings.training_role_arn or (
            TrainingRole(scope, "TrainingRole", bucket=bucket, settings=settings).role_arn
        )
        brought = {model.training_role_arn for model in models if model.training_role_arn}
        return cls(own, [own, *sorted(brought - {own})])


class TrainingRole(ServiceRole):
    """Reads the channels, writes artefacts, logs and metrics, pulls the algorithm's image."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        bucket: aws_s3.IBucket,
        settings: Settings,
    ) -> None:
        super().__init__(
            scope,
            id,
            assumed_by=trust.jobs_and_endpoints(scope),
            description="Retune: SageMaker training jobs and endpoints",
        )
        self._allow_data(bucket, settings.read_buckets)
        self._allow_logs_and_metrics()
        # "Auto-Rollback Configuration" of the developer guide asks it of the execution role.
        self.add_to_policy(
            aws_iam.PolicyStatement(
                actions=["cloudwatch:DescribeAlarms"],
                resources=alarm_arns(Stack.of(self), settings.name_prefix),
            )
        )
        for statement in pull_images(self, settings.image_repositories):
            self.add_to_policy(statement)
        if settings.object_keys:
            self._allow_keys(settings.object_keys)
        if settings.vpc_access or settings.vpc_subnets:
            self._allow_network_interfaces()

    def _allow_data(self, bucket: aws_s3.IBucket, read_buckets: list[str]) -> None:
        arns = [
            bucket.bucket_arn,
            *(f"arn:{Stack.of(self).partition}:s3:::{b}" for b in read_buckets),
        ]
        self.add_to_policy(aws_iam.PolicyStatement(actions=["s3:ListBucket"], resources=arns))
        self.add_to_policy(
            aws_iam.PolicyStatement(
                actions=["s3:GetObject"], resources=[f"{arn}/*" for arn in arns]
            )
        )
        self.add_to_policy(
            aws_iam.PolicyStatement(
                actions=["s3:PutObject", "s3:AbortMultipartUpload"],
                resources=[
                    *(bucket.arn_for_objects(f"runs/*/{place}/*") for place in WRITTEN_BY_JOBS),
                    bucket.arn_for_objects("capture/*"),
                ],
            )
        )

    def _allow_logs_and_metrics(self) -> None:
        self.add_to_policy(
            aws_iam.PolicyStatement(
                actions=[
                    "logs:CreateLogGroup",
                    "logs:CreateLogStream",
                    "logs:DescribeLogStreams",
                    "logs:PutLogEvents",
                ],
                resources=[
                    Stack.of(self).format_arn(service="logs", resource="log-group:/aws/sagemaker/*")
                ],
            )
        )
        self.add_to_policy(
            aws_iam.PolicyStatement(
                actions=["cloudwatch:PutMetricData"],
                resources=["*"],
                conditions={"StringLike": {"cloudwatch:namespace": "/aws/sagemaker/*"}},
            )
        )

    def _allow_keys(self, arns: list[str]) -> None:
        """To read and write encrypted objects, and to let SageMaker encrypt its volumes."""
        self.add_to_policy(
            aws_iam.PolicyStatement(
                actions=["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"],
                resources=arns,
            )
        )
        self.add_to_policy(
            aws_iam.PolicyStatement(
                actions=["kms:CreateGrant"],
                resources=arns,
                conditions={"Bool": {"kms:GrantIsForAWSResource": "true"}},
            )
        )

    def _allow_network_interfaces(self) -> None:
        """What "SageMaker Roles" of the developer guide asks for jobs and models in a VPC."""
        self.add_to_policy(
            aws_iam.PolicyStatement(
                actions=[
                    "ec2:CreateNetworkInterface",
                    "ec2:CreateNetworkInterfacePermission",
                    "ec2:DeleteNetworkInterface",
                    "ec2:DeleteNetworkInterfacePermission",
                    "ec2:DescribeDhcpOptions",
                    "ec2:DescribeNetworkInterfaces",
                    "ec2:DescribeSecurityGroups",
                    "ec2:DescribeSubnets",
                    "ec2:DescribeVpcs",
                ],
                resources=["*"],
            )
        )
