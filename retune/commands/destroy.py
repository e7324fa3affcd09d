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
    empty,
    is_empty,
    read_left,
    roles_of_stack,
)
from retune.deployment.settings import context_options, read_settings
from retune.errors import InputError
from retune.options import EnvironmentName, StackName
from retune.output.terminal import confirm, write_line
from retune.stack import DEFAULT_STACK, find_stack

Yes = Annotated[
    bool,
    typer.Option(
        "--yes",
        help="Do not ask. Endpoints and objects go by --delete-endpoints and --empty-bucket alone.",
    ),
]
DeleteEndpoints = Annotated[
    bool | None,
    typer.Option(
        "--delete-endpoints/--keep-endpoints",
        help="Delete the app's endpoints first, or keep them; without either, it asks.",
    ),
]
EmptyBucket = Annotated[
    bool,
    typer.Option(
        "--empty-bucket",
        help="Delete all objects of the data bucket, in all versions, if it goes with the stack.",
    ),
]


def destroy(
    environment: EnvironmentName = None,
    delete_endpoints: DeleteEndpoints = None,
    empty_bucket: EmptyBucket = False,
    yes: Yes = False,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Remove the deployed stack with `cdk destroy`.

    Says first what stays and what that costs: endpoints, models and the model package group, which
    executions have made, and the data bucket. One that was deployed with `retune:retain_data`
    false goes too, and is emptied if you say so. Nothing is destroyed while an endpoint that is to
    stay runs with a role of the stack: without it, it could neither start an instance nor scale.

        retune destroy
        retune destroy --delete-endpoints --yes
    """
    given = context_options([], environment, stack)
    settings = read_settings(given)
    aws = Aws(settings.region)
    found = find_stack(aws, settings.name_prefix)
    goes = deletes_bucket(deployed_template(aws, found.name))
    left = read_left(found, retains_bucket=not goes)
    _tell(left)
    endpoints_go = bool(left.endpoints) and _endpoints_go_first(delete_endpoints, yes=yes)
    if not endpoints_go:
        _refuse_to_leave(left, roles_of_stack(aws, found.name))
    if goes and not is_empty(aws, found.bucket):
        _agree_to_empty(found.bucket, asked=empty_bucket, yes=yes)
    force = ["--force"] if yes or is_local() else []
    with synthesized(given) as assembly:  # before anything is deleted: it may find a fault
        if endpoints_go:
            _delete(aws, left)
        if goes:
            empty(aws, found.bucket)
        run_cdk("destroy", *force, "--app", str(assembly), folder=assembly)


def _refuse_to_leave(left: LeftByStack, roles: set[str]) -> None:
    """Raises InputError for endpoints that could not do without what goes with the stack."""
    names = [each.name for each in left.endpoints if _needs(each, roles)]
    if not left.retains_bucket:
        names = [each.name for each in left.endpoints]
    if names:
        raise InputError(
            f"Nothing is destroyed: {', '.join(names)} would serve on without the role that runs "
            "the model, or without the bucket that holds it, and could neither start an instance "
            "again nor scale. Delete what serves with --delete-endpoints. What is to stay needs a "
            "role and a bucket of your own first (training_role_arn, data_bucket), and a run."
        )


def _needs(endpoint: LeftEndpoint, roles: set[str]) -> bool:
    """Of models that are gone nobody knows the role."""
    return not endpoint.roles or any(arn.rpartition("/")[2] in roles for arn in endpoint.roles)


def _agree_to_empty(bucket: str, *, asked: bool, yes: bool) -> None:
    """Raises InputError unless the options say so, or a person does: CloudFormation deletes only
    an empty bucket, and would find out at the end, when all else is gone."""
    if asked:
        return
    question = f"Delete all objects of {bucket}, in all versions? Nothing brings them back."
    if yes or not sys.stdin.isatty() or not confirm(question):
        raise InputError(
            f"Nothing is destroyed. The data bucket {bucket} would go with the stack, since it was "
            "deployed with retain_data = false, and holds objects. Say --empty-bucket, or deploy "
            "with retain_data = true, so that it stays."
        )


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
