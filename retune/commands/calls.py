"""`retune local calls`: what has been called on local AWS."""

from collections.abc import Mapping
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Annotated, Any

import typer

from retune.local_server import Directory, local_aws
from retune.options import Written
from retune.output.listed import Entries, Format, write
from retune.output.markdown_table import MarkdownTable

Service = Annotated[str, typer.Option(help="Only of this service, such as 'sagemaker*'.")]
Operation = Annotated[str, typer.Option(help="Only this operation, such as 'Create*'.")]
Caller = Annotated[str, typer.Option(help="Only by this caller, such as 'states.*' or client.")]
Failed = Annotated[bool, typer.Option("--failed", help="Only those that failed.")]
Forget = Annotated[bool, typer.Option("--forget", help="Forget all calls once they are shown.")]

_FIRST_FAILURE = 400  # HTTP status


def calls(
    directory: Directory,
    service: Service = "*",
    operation: Operation = "*",
    caller: Caller = "*",
    failed: Failed = False,
    format: Written = Format.TABLE,
    forget: Forget = False,
) -> None:
    """Show the calls that local AWS has answered, the oldest first; see docs/faults.md.

    Which calls does a clean run make, and who makes them? That is what faults are made for: see
    `retune local faults`.

        retune local calls --forget
        retune local calls --caller 'states.*' --operation 'Create*'
        retune local calls --failed --format json
    """
    asked = {"service": service, "operation": operation, "caller": caller}
    with local_aws(directory) as local:
        recorded = local.calls()
    found = [
        call for call in recorded if _is_asked(call, asked) and (_has_failed(call) or not failed)
    ]
    write(found, format, lambda: _table(found), "No such calls.")
    if forget:
        with local_aws(directory) as local:
            local.forget_calls()


def _table(found: Entries) -> MarkdownTable:
    """A call a row: when, who, what, and what came of it."""
    table = MarkdownTable()
    for heading in ("Call", "Time", "Caller", "Service", "Operation", "Status", "Error", "Fault"):
        table.add_column(heading, overflow="fold")
    for call in found:
        time = datetime.fromtimestamp(call["time"]).strftime("%H:%M:%S.%f")[:-3]
        table.add_row(
            str(call["number"]),
            time,
            caller_of(call),
            call["service"],
            call["operation"],
            str(call["status"] or "broken"),
            call["error"],
            call["fault"],
        )
    return table


def caller_of(call: Mapping[str, Any]) -> str:
    """As patterns of faults name it: `states.<state machine>.<state>`."""
    return ".".join(part for part in (call["caller"], call["caller_name"], call["state"]) if part)


def _is_asked(call: Mapping[str, Any], asked: Mapping[str, str]) -> bool:
    values = {**call, "caller": caller_of(call)}
    return all(fnmatchcase(values[key].lower(), asked[key].lower()) for key in asked)


def _has_failed(call: Mapping[str, Any]) -> bool:
    return not 0 < call["status"] < _FIRST_FAILURE
