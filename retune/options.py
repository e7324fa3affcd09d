"""Options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How a command writes what it shows."""

    TABLE = "table"
    JSON = "json"


StackName = Annotated[
    str, typer.Option("--stack", envvar="RETUNE_STACK", help="Name of the deployed stack.")
]
EnvironmentName = Annotated[
    str | None,
    typer.Option(
        "--environment", envvar="RETUNE_ENVIRONMENT", help="Environment of retune.toml, as prod."
    ),
]
Context = Annotated[
    list[str] | None,
    typer.Option(
        "--context",
        "-c",
        metavar="KEY=VALUE",
        help="A deployment setting for once; see docs/deployment.md. Repeatable.",
    ),
]
ExecutionName = Annotated[
    str | None,
    typer.Argument(
        metavar="EXECUTION", help="Name or ARN of an execution; without it, the latest."
    ),
]
Runs = Annotated[Path, typer.Option("--runs", help="Folder for the files of executions.")]

DEFAULT_STACK = "retune"
DEFAULT_RUNS = Path("runs")
