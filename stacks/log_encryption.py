"""The key that encrypts logs where the settings name none: the one that the stack makes anyway."""

from aws_cdk import ArnFormat, Stack, aws_iam, aws_kms, aws_logs
from constructs import Construct

from configuration.settings import Settings


def encrypt_logs(scope: Construct, key: aws_kms.Key, settings: Settings) -> None:
    """Every log group below the scope that has no key yet. Whoever reads one may use the key.

    "Encrypt log data in CloudWatch Logs using AWS Key Management Service" has the key's policy.
    """
    stack, prefix = Stack.of(scope), settings.name_prefix
    groups = [
        stack.format_arn(
            service="logs",
            resource="log-group",
            resource_name=name,
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )
        for name in (
            f"/aws/lambda/{prefix}-*",
            f"/aws/vendedlogs/states/{prefix}",
            f"/aws/vendedlogs/states/{prefix}-*",
        )
    ]
    key.add_to_resource_policy(
        aws_iam.PolicyStatement(
            principals=[aws_iam.ServicePrincipal(f"logs.{stack.region}.amazonaws.com")],
            actions=[
                "kms:Decrypt*",
                "kms:Describe*",
                "kms:Encrypt*",
                "kms:GenerateDataKey*",
                "kms:ReEncrypt*",
            ],
            resources=["*"],  # the key
            conditions={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": groups}},
        )
    )
    for group in scope.node.find_all():
        if isinstance(group, aws_logs.CfnLogGroup) and group.kms_key_id is None:
            group.kms_key_id = key.key_arn
