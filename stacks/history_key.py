"""The KMS key that encrypts what executions leave in Step Functions and CloudWatch Logs."""

from aws_cdk import aws_iam, aws_kms
from constructs import Construct

from configuration.settings import Settings
from stacks.resource_names import ResourceNames


def history_key(scope: Construct, id: str, settings: Settings) -> aws_kms.IKey | None:
    """None where AWS's own key encrypts. The key's policy is the account's affair."""
    arn = settings.history_key
    return aws_kms.Key.from_key_arn(scope, id, arn) if arn else None


def read_history(settings: Settings, names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    """What DescribeExecution, GetExecutionHistory and DescribeStateMachine need besides."""
    if settings.history_key is None:
        return []
    machines = [names.state_machine, names.recovery_machine]
    return [
        aws_iam.PolicyStatement(
            actions=["kms:Decrypt"],
            resources=[settings.history_key],
            conditions={
                "StringEquals": {"kms:EncryptionContext:aws:states:stateMachineArn": machines}
            },
        )
    ]
