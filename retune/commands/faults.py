"""`retune local faults`: let calls and work of local AWS go wrong on purpose."""

from typing import Annotated

import typer
from local_sagemaker.faults.kinds import CALL_KINDS, WORK_KINDS

from retune.errors import InputError
from retune.local_server import Directory, local_aws
from retune.options import Written
from retune.output.listed import Entries, Format, write
from retune.output.markdown_table import MarkdownTable
from retune.output.terminal import write_line

faults = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Let calls and work of local AWS go wrong on purpose; see docs/faults.md.",
)


Kind = Annotated[
    str,
    typer.Argument(
        help=f"Of calls: {', '.join(CALL_KINDS)}. Of work: {', '.join(WORK_KINDS)}.",
    ),
]
Service = Annotated[
    str | None, typer.Option(help="Calls of this service, in boto3's name; a pattern.")
]
Operation = Annotated[
    str | None, typer.Option(help="Calls of this operation, in the API's name; a pattern.")
]
Caller = Annotated[
    str | None,
    typer.Option(help="Calls by this caller, such as 'states.*.CreateModel'; a pattern."),
]
Name = Annotated[
    str | None,
    typer.Option(help="Work of this job, endpoint, model or function; a pattern."),
]
Times = Annotated[int | None, typer.Option(min=1, help="How often it happens; without it, once.")]
Always = Annotated[bool, typer.Option("--always", help="It happens until it is cleared.")]
Seconds = Annotated[
    float | None, typer.Option(min=0, help="How long a timeout takes; without it, 2.")
]
Ids = Annotated[
    list[str] | None, typer.Argument(metavar="[ID]...", help="Some; without any, all of them.")
]


@faults.command()
def add(
    directory: Directory,
    kind: Kind,
    service: Service = None,
    operation: Operation = None,
    caller: Caller = None,
    name: Name = None,
    times: Times = None,
    always: Always = False,
    seconds: Seconds = None,
) -> None:
    """Let something go wrong from now on: once, unless told otherwise.

    It happens to the calls or the work that the options name. Prints the number of the fault, by
    which `retune local faults clear` takes it away.

        retune local faults add throttling --service sagemaker --operation CreateModel --times 4
        retune local faults add access-denied --caller 'lambda.*-SelectBest' --always
        retune local faults add kill-training --name '*-003-*'
    """
    if always and times is not None:
        raise InputError("--times and --always exclude each other: give one of them.")
    members = {
        "service": service,
        "operation": operation,
        "caller": caller,
        "name": name,
        "seconds": seconds,
    }
    asked = {key: value for key, value in members.items() if value is not None}
    with local_aws(directory) as local:
        rule = local.add_fault(kind, **asked, times=None if always else times or 1)
    write_line(rule["id"])


@faults.command("list")
def list_faults(directory: Directory, format: Written = Format.TABLE) -> None:
    """Show the faults, each with how often it has happened.

    Of those that apply to a call or to work, the first that has not happened often enough is the
    one that is met.

        retune local faults list
        retune local faults list --format json
    """
    with local_aws(directory) as local:
        rules = local.faults()
    write(rules, format, lambda: _table(rules), "No faults.")


@faults.command()
def clear(directory: Directory, ids: Ids = None) -> None:
    """Take faults away: calls and work go right again.

    Without numbers, all of them; with numbers, as `retune local faults list` shows them, only
    those.

        retune local faults clear
        retune local faults clear 2 3
    """
    with local_aws(directory) as local:
        if not ids:
            local.remove_faults()
        for rule_id in ids or ():
            local.remove_fault(rule_id)


def _table(rules: Entries) -> MarkdownTable:
    """A fault a row: what it applies to, how often it may happen and how often it has."""
    table = MarkdownTable()
    for heading in ("ID", "Kind", "Applies to", "Times", "Happened"):
        table.add_column(heading, justify="right" if heading in ("Times", "Happened") else "left")
    for rule in rules:
        narrowed = {key: rule[key] for key in ("service", "operation", "caller", "name")}
        applies = ", ".join(f"{key} {value}" for key, value in narrowed.items() if value != "*")
        times = "always" if rule["times"] is None else str(rule["times"])
        table.add_row(rule["id"], rule["kind"], applies or "everything", times, str(rule["hits"]))
    return table
