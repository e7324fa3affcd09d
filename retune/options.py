"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from retune.completion import environments, executions, models
from retune.output.listed import Format

Written = Annotated[Format, typer.Option("--format", help="How to write what is shown.")]
WhoseRuns = Annotated[
    str | None,
    typer.Argument(
        metavar="MODEL|ENDPOINT",
        help="Whose runs; without it, those of all endpoints.",
        autocompletion=models,
    ),
]
Last = Annotated[int, typer.Option("--last", min=1, max=1000, help="So many, the newest.")]
ExitCode = Annotated[
    bool,
    typer.Option(
        "--exit-code",
        help="End with a code for the outcome: 0 Deployed, RolledBack or Imported, 10 "
        "KeptChampion, 11 NotApproved, 12 DryRun, 13 Skipped, 14 OverBudget, 15 ScalingFailed.",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
StackName = Annotated[
    str, typer.Option("--stack", envvar="RETUNE_STACK", help="Name of the deployed stack.")
]
EnvironmentName = Annotated[
    str | None,
    typer.Option(
        "--environment",
        envvar="RETUNE_ENVIRONMENT",
        help="Environment of retune.toml, as prod.",
        autocompletion=environments,
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
        metavar="EXECUTION",
        help="Name or ARN of an execution; without it, the latest.",
        autocompletion=executions,
    ),
]
Runs = Annotated[Path, typer.Option("--runs", help="Folder for the files of executions.")]

DEFAULT_RUNS = Path("runs")
