"""`retune local`: the local AWS of this project, in the background."""

from pathlib import Path
from typing import Annotated

import typer
from local_sagemaker.local_aws import load_or_stop
from local_sagemaker.process import background, options
from local_sagemaker.process.given_quotas import given_quotas
from local_sagemaker.process.process_end import StopError

from retune.commands.calls import calls
from retune.commands.faults import faults
from retune.errors import FailedError, InputError
from retune.local_server import Directory, enable, local_aws, require_running
from retune.options import Written
from retune.output.listed import Format, write_json
from retune.output.terminal import write

local = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Run AWS on this machine: no account, no cost.",
)

Port = Annotated[
    int,
    typer.Option(
        envvar="RETUNE_PORT",
        min=options.LEAST_PORT,
        max=options.GREATEST_PORT,
        help="Port to use.",
    ),
]
WaitScale = Annotated[
    float,
    typer.Option(
        envvar="RETUNE_LOCAL_WAIT_SCALE",
        min=options.LEAST_WAIT_SCALE,
        max=options.GREATEST_WAIT_SCALE,
        help="Multiplies waits of deployments, Wait states and retries, and periods of alarms.",
    ),
]

HostNames = Annotated[
    list[str] | None,
    typer.Option(help="Another name of this machine that requests may ask for."),
]
Origins = Annotated[
    list[str] | None,
    typer.Option(help="Web pages that may ask too, with keys: http://localhost:3000."),
]
Quotas = Annotated[
    list[str] | None,
    typer.Option(
        "--quota",
        metavar="NAME=VALUE",
        help="A quota of SageMaker: 'ml.m5.large for endpoint usage=2'. Others are generous.",
    ),
]
StateFile = Annotated[Path, typer.Argument(metavar="FILE", help="Of the saved state.")]


@local.command()
def start(
    directory: Directory,
    port: Port = background.DEFAULT_PORT,
    wait_scale: WaitScale = 1.0,
    host_name: HostNames = None,
    origin: Origins = None,
    quota: Quotas = None,
    load: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Begin with what `retune local save` wrote.")
    ] = None,
) -> None:
    """Start local AWS in the background.

    One that runs already is left alone. It is empty at first, unless it begins with a saved state,
    and forgets what was not saved when it stops.

        retune local start
        retune local start --load monday.zip
        retune local start --wait-scale 0.01   # ten minutes of baking take six seconds
        retune local start --quota "ml.m5.large for endpoint usage=1"
        eval "$(retune local env)"
    """
    try:
        admitted = options.Admitted(
            tuple(map(options.host_name, host_name or [])),
            tuple(map(options.origin, origin or [])),
        )
        quotas = given_quotas(quota or [])
        if load is not None:
            options.saved_state(load)
        found = background.status(directory)
        running = background.start(port, directory, wait_scale, admitted=admitted, quotas=quotas)
    except options.OptionError as error:
        raise InputError(str(error)) from error
    except background.StartError as error:
        raise FailedError(str(error)) from error
    if load is not None:
        with local_aws(directory) as server:
            _say_loaded(
                load, server.load(load) if found == running else load_or_stop(running, load)
            )
    write(f"Local AWS answers at {running.endpoint_url}; log in {running.log_file}", err=True)
    write(f"To talk to it from this shell: {enable(directory)}", err=True)


@local.command()
def stop(directory: Directory) -> None:
    """Stop local AWS.

    Its training jobs and endpoints end with it, and all it held is forgotten, unless it was saved:
    data, stacks, executions.

        retune local save monday.zip
        retune local stop
    """
    try:
        stopped = background.stop(directory)
    except StopError as error:
        raise FailedError(str(error)) from error
    write("Local AWS is stopped." if stopped else "Local AWS was not running.", err=True)


@local.command()
def save(
    file: StateFile,
    directory: Directory,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for the end of what runs.")] = False,
) -> None:
    """Save all that local AWS holds into a file.

    Data, stacks, models, endpoints, executions with their histories, logs and metrics. Work cannot
    be saved: while an execution, a job or a deployment runs, it is named and nothing is saved. The
    file holds the keys of users and roles, and only you can read it.

        retune local save monday.zip
        retune local save monday.zip --wait
    """
    with local_aws(directory) as server:
        server.save(file, wait=wait)
    write(f"Local AWS is saved in {file}.", err=True)


@local.command()
def load(file: StateFile, directory: Directory) -> None:
    """Load what was saved into a local AWS that is new.

    Endpoints answer again when it ends, and schedules go on. The file must be of this version of
    Retune's local AWS. Its functions and schedules are code that runs as you do: load files of
    people that you trust.

        retune local start
        retune local load monday.zip
    """
    with local_aws(directory) as server:
        _say_loaded(file, server.load(file))


def _say_loaded(file: Path, failed: dict[str, str]) -> None:
    write(f"Local AWS has what {file} holds.", err=True)
    for endpoint, reason in failed.items():
        write(f"Endpoint {endpoint} is Failed: {reason}", err=True)


@local.command()
def status(directory: Directory, format: Written = Format.TABLE) -> None:
    """Tell whether local AWS runs, and where.

    Prints its address, its process and its log. The exit code is 3 when no local AWS of this
    project runs.

        retune local status
        retune local status --format json
    """
    running = require_running(directory)
    if format is Format.JSON:
        url, log = running.endpoint_url, str(running.log_file)
        write_json({"EndpointUrl": url, "ProcessId": running.pid, "LogFile": log})
        return
    write(f"Local AWS answers at {running.endpoint_url} (pid {running.pid})")
    write(f"Log: {running.log_file}")


@local.command()
def env(directory: Directory) -> None:
    """Print what points AWS clients to local AWS.

    The variables hold credentials that are good nowhere else, so that a real account is out of
    reach.

        eval "$(retune local env)"
        aws sagemaker list-hyper-parameter-tuning-jobs
    """
    write(require_running(directory).shell_exports)


local.add_typer(faults, name="faults")
local.command()(calls)
