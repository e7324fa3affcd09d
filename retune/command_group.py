"""How the command line ends when something goes wrong: a clear line, an exit code, no traceback."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError
from pydantic import ValidationError
from tuning.execution_input.pydantic_messages import in_json_terms

# The parser of typer; what it raises has no public name.
from typer._click.exceptions import BadParameter, NoArgsIsHelpError, UsageError
from typer.core import TyperGroup

from retune.aws_faults import explain
from retune.errors import BROKEN_PIPE, INTERRUPTED, CommandError, InputError
from retune.output.terminal import close_stdout, write_labelled


class CommandGroup(TyperGroup):
    """Commands whose expected faults are reported; a defect keeps its traceback."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        with _told():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        with _told():
            return super().invoke(ctx)


@contextmanager
def _told() -> Iterator[None]:
    error: CommandError
    try:
        yield
        return
    except NoArgsIsHelpError:  # shows the help
        raise
    except UsageError as fault:
        error = _usage(fault)
    except CommandError as fault:
        error = fault
    except (ClientError, BotoCoreError, ResponseParserError) as fault:
        error = explain(fault)
    except typer.Abort:  # Ctrl-C or the end of stdin where a question waits for its answer
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        close_stdout()
        raise typer.Exit(BROKEN_PIPE) from None
    write_labelled("Error", "red", str(error), err=True)
    raise typer.Exit(error.exit_code)


def _usage(fault: UsageError) -> InputError:
    """The same on one line, with the value that was given."""
    command = fault.ctx.command_path if fault.ctx else "retune"
    if isinstance(fault, BadParameter):
        fault.message = in_json_terms(fault.message)
    text = " ".join(fault.format_message().split()).rstrip(".")
    if isinstance(fault.__cause__, ValidationError):
        value = repr(fault.__cause__.errors()[0]["input"])
        if value not in text:
            text = text.replace("Invalid value for", f"Invalid value {value} for", 1)
    end = "" if text.endswith("?") else "."
    return InputError(f"{text}{end} See: {command} --help")
