"""The `retune` command."""

from importlib.metadata import version
from typing import Annotated

import typer

from retune.command_group import CommandGroup
from retune.commands.accept import accept
from retune.commands.approve import approve, reject
from retune.commands.check import check
from retune.commands.compare import compare
from retune.commands.deploy import deploy
from retune.commands.destroy import destroy
from retune.commands.doctor import doctor
from retune.commands.endpoint import endpoint
from retune.commands.export import export
from retune.commands.history import history
from retune.commands.import_model import import_model
from retune.commands.list_executions import list_executions
from retune.commands.local import local
from retune.commands.logs import logs
from retune.commands.models import models
from retune.commands.package import package
from retune.commands.predict import predict
from retune.commands.prepare import prepare
from retune.commands.prune import prune
from retune.commands.report import report
from retune.commands.results import results
from retune.commands.retrain import retrain
from retune.commands.rollback import rollback
from retune.commands.space import space
from retune.commands.split import split
from retune.commands.start import start
from retune.commands.stop import stop
from retune.commands.ui import ui
from retune.commands.watch import watch
from retune.output.terminal import write

app = typer.Typer(
    cls=CommandGroup,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)


def show_version(wanted: bool) -> None:
    """Print the installed version and end, if that is what was asked for."""
    if wanted:
        write(f"retune {version('retune')}")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option("--version", callback=show_version, is_eager=True, help="Show the version."),
]


@app.callback()
def retune(show: Version = False) -> None:
    """Keep a model tuned with SageMaker Automatic Model Tuning, in an account or on this machine.

    Every command talks to the AWS that the environment names: an account, or local AWS after
    `eval "$(retune local env)"`. Data goes to stdout, progress and errors to stderr.

    Exit codes: 0 it is done; 1 it was tried and failed, such as an execution that did not
    succeed; 2 the command or its input cannot be used; 3 not deployed, or AWS cannot be reached;
    10 to 14 with --exit-code; 130 Ctrl-C; 141 nobody reads the output any more (docs/outcomes.md).

    The shell completes commands and names after `retune --install-completion`.

        retune local start && eval "$(retune local env)"
        retune deploy
        retune start --watch
    """


# Those that are named otherwise than their function: a word of Python's.
NAMES = {list_executions: "list", import_model: "import"}
app.add_typer(local, name="local")
app.add_typer(endpoint, name="endpoint")
for command in (
    deploy,
    doctor,
    prepare,
    split,
    space,
    check,
    start,
    retrain,
    rollback,
    package,
    import_model,
    watch,
    stop,
    logs,
    approve,
    reject,
    list_executions,
    results,
    report,
    compare,
    export,
    history,
    models,
    predict,
    ui,
    prune,
    destroy,
    accept,
):
    app.command(NAMES.get(command))(command)
