"""`retune destroy`."""

import sys
from typing import Annotated

import typer

from retune.aws import Aws, is_local
from retune.deployment.cdk import run_cdk, synthesized
from retune.deployment.deployed_template import deletes_bucket, deployed_template
from retune.deployment.left_by_stack import (
    LeftByStack,
    LeftEndpoint,
    delete_endpoints,
    is_empty,
    read_left,
)
from retune.deployment.settings import context_options, read_settings
from retune.errors import InputError
from retune.options import EnvironmentName, StackName
from retune.output.terminal import confirm, write_line
from retune.stack import DEFAULT_STACK, Stack, find_stack

Yes = Annotated[
    bool, typer.Option("--yes", help="Do not ask. Endpoints stay without --delete-endpoints.")
]
DeleteEndpoints = Annotated[
    bool | None,
    typer.Option(
        "--delete-endpoints/--keep-endpoints",
        help="Delete the app's endpoints first, or keep them; without either, it asks.",
    ),
]


def destroy(
    environment: EnvironmentName = None,
    delete_endpoints: DeleteEndpoints = None,
    yes: Yes = False,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Remove the deployed stack with `cdk destroy`.

    Says first what stays and what that costs: endpoints, models and the model package group, which
    executions have made, and the data bucket. One that was deployed with `retune:retain_data`
    false goes too, and must be empty. Endpoints can go first: the role that they run with goes
    with the stack, and without it they can neither start an instance again nor scale.

        retune destroy
        retune destroy --delete-endpoints --yes
    """
    given = context_options([], environment, stack)
    settings = read_settings(given)
    aws = Aws(settings.region)
    found = find_stack(aws, settings.name_prefix)
    left = read_left(found, retains_bucket=_retains_bucket(aws, found))
    _tell(left)
    if left.endpoints and _endpoints_go_first(delete_endpoints, yes=yes):
        _delete(aws, left)
    force = ["--force"] if yes or is_local() else []
    with synthesized(given) as assembly:
        run_cdk("destroy", *force, "--app", str(assembly), folder=assembly)


def _retains_bucket(aws: Aws, stack: Stack) -> bool:
    """As the stack was deployed, whatever the settings say by now.

    Raises InputError when the bucket is to go and CloudFormation could not delete it: it would find
    out at the end, when endpoints and all else are gone.
    """
    if not deletes_bucket(deployed_template(aws, stack.name)):
        return True
    if not is_empty(aws, stack.bucket):
        raise InputError(
            f"Nothing is destroyed. The data bucket {stack.bucket} would go with the stack, since "
            "it was deployed with retain_data = false, and CloudFormation deletes only an empty "
            "one. Empty it, with all versions (in the console: Empty), or deploy with retain_data "
            "= true, so that it stays."
        )
    return False


def _tell(left: LeftByStack) -> None:
    lines = [*map(_endpoint_line, left.endpoints), *left.without_endpoints()]
    if lines:
        write_line("What the stack does not take with it:", err=True)
    for line in lines:
        write_line(f"- {line}", err=True)


def _endpoint_line(endpoint: LeftEndpoint) -> str:
    return f"The endpoint {endpoint.name}, which costs each month, in an account: {endpoint.month}"


def _endpoints_go_first(asked: bool | None, *, yes: bool) -> bool:
    """As the options say, or as a person does; InputError when nobody can answer."""
    if asked is not None or yes:
        return bool(asked)
    if not sys.stdin.isatty():
        raise InputError(
            "Nothing is destroyed. Say whether the endpoints go: --delete-endpoints or "
            "--keep-endpoints."
        )
    return confirm("Delete the endpoints first?")


def _delete(aws: Aws, left: LeftByStack) -> None:
    delete_endpoints(aws, [endpoint.name for endpoint in left.endpoints])
    for endpoint in left.endpoints:
        write_line(f"Deleted the endpoint {endpoint.name}.", err=True)
