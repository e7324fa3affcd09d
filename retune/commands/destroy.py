"""`retune destroy`."""

from typing import Annotated

import typer

from retune.aws import Aws, is_local
from retune.cdk import run_cdk, synthesized
from retune.deployed_template import deployed_template, endpoint_of, models_of
from retune.endpoint import endpoint_exists
from retune.options import DEFAULT_STACK, EnvironmentName, StackName
from retune.settings import context_options, read_settings
from retune.stack import find_stack
from retune.terminal import write

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


def destroy(
    environment: EnvironmentName = None, yes: Yes = False, stack: StackName = DEFAULT_STACK
) -> None:
    """Remove the deployed stack with `cdk destroy`.

    The data bucket stays unless `retune:retain_data` was false. The endpoints were made by
    executions, not by the stack, and stay too: the command tells how to delete them.

        retune destroy
    """
    given = context_options([], environment, stack)
    settings = read_settings(given)
    aws = Aws(settings.region)
    found = find_stack(aws, settings.name_prefix)
    schedules = models_of(deployed_template(aws, found.name)).values()
    endpoints = {endpoint_of(schedule) for schedule in schedules} | {found.endpoint_name}
    force = ["--force"] if yes or is_local() else []
    with synthesized(given) as assembly:
        run_cdk("destroy", *force, "--app", str(assembly), folder=assembly)
    for name in sorted(endpoints):
        if endpoint_exists(aws, name):
            write(
                f"The endpoint {name} still serves, and costs money in an account. "
                f"Delete it: aws sagemaker delete-endpoint --endpoint-name {name}",
                err=True,
            )
