"""One Lambda function with its log group and its role."""

from pathlib import Path
from typing import Any, cast

from aws_cdk import ArnFormat, IgnoreMode, Stack, aws_iam, aws_lambda, aws_logs, aws_s3
from constructs import Construct

from configuration.settings import Settings
from stacks import layers, trust
from stacks.deployed_files import FUNCTIONS
from stacks.function_network import join_network, make_interfaces
from stacks.log_group import LogGroup
from stacks.object_keys import use_keys
from stacks.service_role import service_role

_DEPLOYED = (
    "/tuning/**/*.py",
    "/tuning/algorithms/**/*.json",
    "/tuning/prices/*.json",
    "/tuning/report/page.html",
    "/tuning/report/page.css",
    "/tuning/report/page.js",
    "/preparation/*.py",
)
_PACKAGES = ("!/tuning/", "!/tuning/**/", "!/preparation/")


class RetuneFunction(aws_lambda.Function):
    """Runs the handler that is named after it; may do what `statements` say, and write its log.

    Where the settings name keys for objects, it may read and write these all the same.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        settings: Settings,
        bucket: aws_s3.IBucket,
        statements: list[aws_iam.PolicyStatement],
        environment: dict[str, str],
        **options: Any,
    ) -> None:
        name = f"{settings.name_prefix}-{id}"
        logs = LogGroup(
            scope,
            f"{id}Logs",
            name=f"/aws/lambda/{name}",
            settings=settings,
        )
        super().__init__(
            scope,
            id,
            function_name=name,
            runtime=layers.RUNTIME,
            architecture=layers.ARCHITECTURE,
            code=source_code(FUNCTIONS),
            handler=f"tuning.handlers.{_snake_case(id)}.handler",
            role=_role(scope, id, settings, logs, statements),
            log_group=logs,
            tracing=aws_lambda.Tracing.ACTIVE,
            reserved_concurrent_executions=settings.reserved_concurrency,
            environment={
                "NAME_PREFIX": settings.name_prefix,
                "BUCKET": bucket.bucket_name,
                "POWERTOOLS_SERVICE_NAME": "retune",
                "POWERTOOLS_LOG_LEVEL": "INFO",
                **environment,
            },
            **options,
        )
        resource = cast(aws_lambda.CfnFunction, self.node.default_child)
        resource.kms_key_arn = settings.kms_key
        join_network(resource, settings)


def source_code(folder: Path) -> aws_lambda.Code:
    """Of a folder, the package `tuning`, its Python and the files that it reads, and `preparation`
    without its engine; nothing else."""
    return aws_lambda.Code.from_asset(
        str(folder),
        exclude=["*", *_PACKAGES, *(f"!{pattern}" for pattern in _DEPLOYED), ".*"],
        ignore_mode=IgnoreMode.GIT,
    )


def _role(
    scope: Construct,
    function: str,
    settings: Settings,
    logs: aws_logs.ILogGroup,
    statements: list[aws_iam.PolicyStatement],
) -> aws_iam.IRole:
    name = f"{settings.name_prefix}-{function}"
    arn = Stack.of(scope).format_arn(
        service="lambda",
        resource="function",
        resource_name=name,
        arn_format=ArnFormat.COLON_RESOURCE_NAME,
    )
    return service_role(
        scope,
        f"{function}Role",
        given=settings.function_role_arn,
        assumed_by=trust.functions(scope),
        description=f"Retune: function {function}",
        statements=[
            *statements,
            *use_keys(settings.object_keys, statements),
            *make_interfaces(settings, arn),
            aws_iam.PolicyStatement(
                actions=["logs:CreateLogStream", "logs:PutLogEvents"],
                resources=[logs.log_group_arn],
            ),
        ],
    )


def _snake_case(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
