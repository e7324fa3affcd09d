"""The roles that SageMaker takes on to train and to host."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk import Stack, aws_iam, aws_s3
from constructs import Construct
from tuning.algorithms.images import Registered, repositories

from configuration.models import Model
from configuration.settings import Settings
from stacks.endpoint_alarms import alarm_arns


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


class TrainingRole(aws_iam.Role):
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
            assumed_by=aws_iam.ServicePrincipal("sagemaker.amazonaws.com"),
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
        self._allow_images([*repositories(), *settings.image_repositories])
        if settings.kms_keys:
            self._allow_keys(settings.kms_keys)
        if settings.vpc_access:
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
                resources=[bucket.arn_for_objects("runs/*"), bucket.arn_for_objects("capture/*")],
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

    def _repository(self, name: str) -> str:
        """The ARN of a repository: of any account, unless the name begins with its registry."""
        given = Registered.parse(name)
        return Stack.of(self).format_arn(
            service="ecr",
            account=given.account if given else "*",
            region=given.region if given else None,
            resource="repository",
            resource_name=given.name if given else name,
        )

    def _allow_images(self, names: list[str]) -> None:
        self.add_to_policy(
            aws_iam.PolicyStatement(actions=["ecr:GetAuthorizationToken"], resources=["*"])
        )
        self.add_to_policy(
            aws_iam.PolicyStatement(
                actions=[
                    "ecr:BatchCheckLayerAvailability",
                    "ecr:BatchGetImage",
                    "ecr:GetDownloadUrlForLayer",
                ],
                resources=[self._repository(name) for name in names],
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
