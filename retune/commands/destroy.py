"""`retune destroy`."""

from typing import Annotated

import typer

from retune.aws import Aws, is_local
from retune.cdk import run_app
from retune.commands.deploy import PREFIX
from retune.endpoint import endpoint_exists
from retune.options import DEFAULT_STACK, StackName
from retune.stack import find_stack
from retune.terminal import write

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


def destroy(yes: Yes = False, stack: StackName = DEFAULT_STACK) -> None:
    """Remove the deployed stack with `cdk destroy`.

    The data bucket stays unless `retune:retain_data` was false. The endpoint was made by
    executions, not by the stack, and stays too: the command tells how to delete it.

        retune destroy
    """
    aws = Aws()
    found = find_stack(aws, stack)
    force = ["--force"] if yes or is_local() else []
    setting = [] if stack == DEFAULT_STACK else ["-c", f"{PREFIX}={stack}"]
    run_app("destroy", *force, *setting)
    if endpoint_exists(aws, found.endpoint_name):
        write(
            f"The endpoint {found.endpoint_name} still serves, and costs money in an account. "
            f"Delete it: aws sagemaker delete-endpoint --endpoint-name {found.endpoint_name}",
            err=True,
        )
