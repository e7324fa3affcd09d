"""`retune rollback`."""

from typing import Annotated

import typer
from rich.table import Table
from tuning.aws.models import read_model
from tuning.report.formats import metric

from retune.aws import Aws
from retune.commands.start import Input, Name, Watch, prepare_to_watch, start_and_tell
from retune.completion import models
from retune.endpoints.champions import Champion, champions_of, named, one_before
from retune.execution_input.document import read_document
from retune.executions.history import endpoint_named
from retune.options import DEFAULT_RUNS, ExitCode, Runs, StackName, Written
from retune.output.listed import Format, new_table, write
from retune.stack import DEFAULT_STACK, find_stack

Target = Annotated[
    str,
    typer.Argument(
        metavar="MODEL|ENDPOINT", help="Whose endpoint is to go back.", autocompletion=models
    ),
]
To = Annotated[
    str | None,
    typer.Option("--to", help="Name of a champion; without it, the one before what serves."),
]
Listed = Annotated[bool, typer.Option("--list", help="Show the champions and start nothing.")]


def rollback(
    target: Target,
    to: To = None,
    listed: Listed = False,
    format: Written = Format.TABLE,
    input: Input = None,
    name: Name = None,
    watch: Watch = False,
    exit_code: ExitCode = False,
    runs: Runs = DEFAULT_RUNS,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Bring an earlier champion back to the endpoint, verified as any deployment.

    An execution updates the endpoint with its rollout and alarms, asks it about real rows and, if
    it does not answer as it must, goes back to what serves now. Nothing is tuned or compared.
    Champions are there as long as `Retention` keeps them. Prints the execution's ARN.

        retune rollback bank --list
        retune rollback bank --watch
        retune rollback bank --to retune-261124-1a2b3c4d-00-003-5e6f7a8b
    """
    prepare_to_watch(watch, exit_code, runs)
    aws = Aws()
    found = find_stack(aws, stack)
    endpoint_name = endpoint_named(found, target)
    is_model = read_model(found.name_prefix, target) is not None
    whose = {"ModelName": target} if is_model else {"Endpoint": {"EndpointName": target}}
    document = {**read_document(input), **whose}
    champions = champions_of(found, endpoint_name)
    if listed:
        none = f"No champion of the endpoint {endpoint_name} is kept."
        documents = [each.as_document() for each in champions]
        write(documents, format, lambda: _table(champions), none)
        return
    champion = named(champions, to, endpoint_name) if to else one_before(champions, endpoint_name)
    document["Rollback"] = {"EndpointConfigName": champion.name}
    start_and_tell(aws, found, document, name, watch=watch, exit_code=exit_code, runs=runs)


def _table(champions: list[Champion]) -> Table:
    table = new_table()
    table.add_column("Champion", no_wrap=True)  # to be copied, as --to
    table.add_column("Made", min_width=len("2026-11-28"))
    table.add_column("Score", overflow="fold")
    table.add_column("Registry", overflow="fold")
    for each in champions:
        score = f"{each.metric_name} {metric(each.score)}" if each.score is not None else ""
        table.add_row(
            each.name,
            f"{each.created:%Y-%m-%d %H:%M}",
            score,
            ", ".join(filter(None, (each.approval_status, "serves" if each.serves else None))),
        )
    return table
