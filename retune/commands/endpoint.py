"""`retune endpoint`: what serves, and taking it away."""

import sys
from typing import Annotated

import typer
from tuning.aws.endpoint_folder import EndpointFolder

from retune.aws import Aws
from retune.completion import models
from retune.deployment.left_by_stack import delete_endpoints
from retune.endpoints.serving import Serving, read_serving
from retune.errors import InputError
from retune.executions.history import endpoint_named
from retune.options import StackName, Written, Yes
from retune.output.listed import Format, write_json
from retune.output.terminal import confirm, write_line
from retune.stack import DEFAULT_STACK, Stack, find_stack

endpoint = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="What serves, and taking it away.",
)

Target = Annotated[
    str | None,
    typer.Argument(
        metavar="MODEL|ENDPOINT",
        help="Whose endpoint; without it, that of runs without a model.",
        autocompletion=models,
    ),
]
Deleted = Annotated[
    str,
    typer.Argument(metavar="MODEL|ENDPOINT", help="Whose endpoint goes.", autocompletion=models),
]


@endpoint.command()
def status(
    target: Target = None, format: Written = Format.TABLE, stack: StackName = DEFAULT_STACK
) -> None:
    """Tell what serves: model, instances, scaling, and what it costs.

    A month costs what the instances of now would cost. The exit code is 3 when there is no such
    endpoint.

        retune endpoint status bank
        retune endpoint status bank --format json
    """
    found = find_stack(Aws(), stack)
    serving = read_serving(found, _endpoint_name(found, target))
    if format is Format.JSON:
        write_json(serving.as_document())
        return
    for line in serving.lines:
        write_line(line)


@endpoint.command()
def delete(target: Deleted, yes: Yes = False, stack: StackName = DEFAULT_STACK) -> None:
    """Delete an endpoint of Retune's, which costs nothing from then on.

    Says what that takes away, and asks; without a terminal it needs --yes. Refuses an endpoint that
    Retune does not own, and one that a running execution deploys to. Prints its name.

        retune endpoint delete bank
        retune endpoint delete retune-bank --yes
    """
    aws = Aws()
    found = find_stack(aws, stack)
    serving = read_serving(found, _endpoint_name(found, target))
    _require_own(found, serving)
    _require_idle(found, serving)
    for line in (
        *serving.lines,
        "Who asks it gets no answer any more. Its models, configurations and artefacts stay.",
        "The next run that deploys makes it again, also one that a schedule starts.",
    ):
        write_line(line, err=True)
    if not yes:
        _ask(target)
    delete_endpoints(aws, [serving.name])
    write_line(serving.name)


def _endpoint_name(stack: Stack, target: str | None) -> str:
    return stack.endpoint_name if target is None else endpoint_named(stack, target)


def _require_own(stack: Stack, serving: Serving) -> None:
    """Raises InputError for an endpoint that no run of the stack has made."""
    if not serving.is_of(stack):
        raise InputError(
            f"The endpoint {serving.name} is not of the stack {stack.name!r}: it has no tag "
            f"retune:prefix = {stack.name_prefix}. Nothing is deleted. Who made it deletes it: aws "
            f"sagemaker delete-endpoint --endpoint-name {serving.name}"
        )


def _require_idle(stack: Stack, serving: Serving) -> None:
    """Raises InputError while an execution would deploy to it."""
    running = EndpointFolder(stack.bucket, serving.name).running()
    if running:
        name = running.rsplit(":", 1)[-1]
        raise InputError(
            f"The execution {name} goes on and may deploy to {serving.name}. Nothing is deleted. "
            f"Wait for it, or stop it: retune stop {name}"
        )


def _ask(target: str) -> None:
    """Raises InputError when the answer is no, or nobody can answer."""
    if not sys.stdin.isatty():
        raise InputError(
            f"Nothing is deleted. If that is meant: retune endpoint delete {target} --yes"
        )
    if not confirm("Delete it?"):
        raise InputError("Nothing is deleted.")
