"""`retune approve` and `retune reject`."""

from typing import Annotated

import typer

from retune.aws import Aws
from retune.completion import executions
from retune.executions.model_packages import find_model_package, set_status
from retune.options import StackName
from retune.output.terminal import write_line
from retune.stack import DEFAULT_STACK, find_stack

Package = Annotated[
    str | None,
    typer.Argument(
        metavar="PACKAGE|EXECUTION",
        help="ARN of a model package, or name or ARN of an execution; without it, the latest.",
        autocompletion=executions,
    ),
]
Reason = Annotated[str | None, typer.Option(help="Kept with the package and in the report.")]


def approve(
    package: Package = None, reason: Reason = None, stack: StackName = DEFAULT_STACK
) -> None:
    """Approve the model that an execution waits with, so that it is deployed.

    Sets the status of its model package, as Studio or `aws sagemaker update-model-package` would.
    Prints the package's ARN.

        retune approve
        retune approve 2026-11-24-031500-3f2a --reason "Scores agreed with the team"
    """
    _decide("Approved", package, reason, stack)


def reject(
    package: Package = None, reason: Reason = None, stack: StackName = DEFAULT_STACK
) -> None:
    """Reject the model that an execution waits with, so that it ends NotApproved.

    What serves goes on serving. Prints the package's ARN.

        retune reject --reason "The data of May is missing"
    """
    _decide("Rejected", package, reason, stack)


def _decide(status: str, package: str | None, reason: str | None, stack: str) -> None:
    aws = Aws()
    arn = find_model_package(aws, find_stack(aws, stack), package)
    set_status(aws, arn, status, reason)
    write_line(arn)
