"""A CloudWatch log group that keeps its logs as the settings say and goes with the stack."""

from typing import cast

from aws_cdk import RemovalPolicy, aws_logs
from constructs import Construct

from configuration.settings import Settings


class LogGroup(aws_logs.LogGroup):
    """`aws_logs.LogGroup` with the retention as a number, as CloudFormation has it."""

    def __init__(self, scope: Construct, id: str, *, name: str, settings: Settings) -> None:
        super().__init__(scope, id, log_group_name=name, removal_policy=RemovalPolicy.DESTROY)
        resource = cast(aws_logs.CfnLogGroup, self.node.default_child)
        resource.retention_in_days = settings.log_retention_days
        resource.kms_key_id = settings.history_key
