"""`retune prune`."""

from typing import Annotated

import typer

from retune.aws import Aws
from retune.deployment.leftovers import delete_leftovers, find_leftovers, names_of
from retune.options import StackName
from retune.output.terminal import write, write_line
from retune.stack import DEFAULT_STACK, find_stack

DryRun = Annotated[bool, typer.Option("--dry-run", help="Print it and delete nothing.")]
Endpoint = Annotated[
    str | None,
    typer.Option("--endpoint-name", help="One endpoint; without it, each that runs made."),
]
Keep = Annotated[
    int, typer.Option("--keep-models", min=0, help="Models that stay before the one that serves.")
]
KeepPackages = Annotated[
    int,
    typer.Option(
        "--keep-packages", min=0, help="Model packages that stay, besides those of such models."
    ),
]


def prune(
    dry_run: DryRun = False,
    endpoint: Endpoint = None,
    keep: Keep = 2,
    keep_packages: KeepPackages = 20,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Delete models, endpoint configs and model packages that no endpoint needs any more.

    Deletes what the state Prune deletes after a deployment. What an endpoint of the account uses, a
    model newer than what serves, what belongs to a running execution and what lacks Retune's tag
    stays, and so do artefacts in S3. Prints a name a line.

        retune prune --dry-run
        retune prune --keep-models 0
    """
    found = find_leftovers(
        find_stack(Aws(), stack), endpoint, keep=keep, keep_packages=keep_packages
    )
    if not dry_run:
        delete_leftovers(found)
    for name in names_of(found):
        write_line(name)
    did = "would be deleted" if dry_run else "deleted"
    write(f"{len(names_of(found))} {did}.", err=True)
