"""One Lambda function with its log group and its role."""

from pathlib import Path
from typing import Any

from aws_cdk import IgnoreMode, aws_iam, aws_lambda, aws_logs, aws_s3
from constructs import Construct

from configuration.settings import Settings
from stacks import layers
from stacks.deployed_files import FUNCTIONS
from stacks.log_group import LogGroup

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
    """Runs the handler that is named after it; may do what `statements` say, and write its log."""

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
            role=_role(scope, id, logs, statements),
            log_group=logs,
            tracing=aws_lambda.Tracing.ACTIVE,
            environment={
                "NAME_PREFIX": settings.name_prefix,
                "BUCKET": bucket.bucket_name,
                "POWERTOOLS_SERVICE_NAME": "retune",
                "POWERTOOLS_LOG_LEVEL": "INFO",
                **environment,
            },
            **options,
        )


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
    logs: aws_logs.ILogGroup,
    statements: list[aws_iam.PolicyStatement],
) -> aws_iam.Role:
    role = aws_iam.Role(
        scope,
        f"{function}Role",
        assumed_by=aws_iam.ServicePrincipal("lambda.amazonaws.com"),
        description=f"Retune: function {function}",
    )
    logs.grant_write(role)
    for statement in statements:
        role.add_to_policy(statement)
    return role


def _snake_case(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
