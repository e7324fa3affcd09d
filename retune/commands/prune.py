"""`retune prune`."""

from typing import Annotated

import typer
from tuning import inventory
from tuning.resources import Selection
from tuning.retention import outdated

from retune.aws import Aws
from retune.options import DEFAULT_STACK, StackName
from retune.stack import find_stack

DryRun = Annotated[bool, typer.Option("--dry-run", help="Delete nothing, only list.")]
Keep = Annotated[int, typer.Option(min=0, help="Models to keep before the one that serves.")]


def prune(dry_run: DryRun = False, keep: Keep = 2, stack: StackName = DEFAULT_STACK) -> None:
    """Delete models and endpoint configs that no endpoint needs any more.

    Chooses as the workflow does after each deployment, for every endpoint of the stack: what
    serves, the models before it that --keep asks for, and what running executions have made stay.
    Artefacts in S3 stay too. Prints a name a line.

        retune prune --dry-run
        retune prune --keep 1
    """
    found = find_stack(Aws(), stack)
    there = inventory.read_inventory(found.name, found.state_machine_arn)
    chosen = Selection()
    for endpoint in there.endpoints:
        chosen |= outdated(there, endpoint, keep=keep)
    if not dry_run:
        inventory.delete(chosen)
    for name in dict.fromkeys((*chosen.configs, *chosen.models)):
        typer.echo(name)
    count = f"{len(chosen.configs)} endpoint configs and {len(chosen.models)} models"
    typer.echo(f"{count} {'would be' if dry_run else 'are'} deleted.", err=True)
