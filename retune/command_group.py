"""How the command line ends when something goes wrong: a clear line, an exit code, no traceback."""

from typing import Any

import typer
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError
from typer.core import TyperGroup

from retune.aws_faults import explain
from retune.errors import CommandError
from retune.terminal import write_labelled


class CommandGroup(TyperGroup):
    """Commands whose expected faults are reported; a defect keeps its traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except CommandError as fault:
            error = fault
        except (ClientError, BotoCoreError, ResponseParserError) as fault:
            error = explain(fault)
        write_labelled("Error", "red", str(error), err=True)
        raise typer.Exit(error.exit_code)
