"""The command `local-sagemaker`; `python -m local_sagemaker` is the same."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from shlex import quote
from typing import TypeVar

from local_sagemaker import local_aws
from local_sagemaker.http.server import PortTakenError, serve
from local_sagemaker.process import background, lifeline, options
from local_sagemaker.process.directory_lock import DirectoryLock
from local_sagemaker.process.given_quotas import given_quotas
from local_sagemaker.process.process_end import StopError
from local_sagemaker.process.running import Running

Value = TypeVar("Value")
_NOT_RUNNING = 3  # exit code


def main() -> None:
    """Carries out the command; one that fails tells why and ends with 1, or 3 without a server."""
    given = _parser().parse_args()
    try:
        given.command(given)
    except (background.StartError, StopError, PortTakenError, local_aws.RefusedError) as error:
        sys.exit(str(error))


def _start(given: argparse.Namespace) -> None:
    found = background.status(given.directory)
    running = background.start(
        given.port,
        given.directory,
        given.wait_scale,
        admitted=_admitted(given),
        quotas=dict(given.quota),
    )
    if given.load is not None:
        load = _load_into if found == running else local_aws.load_or_stop
        _tell_loaded(given.load, load(running, given.load))
    _tell(f"Local AWS answers at {running.endpoint_url}; log in {running.log_file}")
    _tell(f'To talk to it from this shell: eval "$({_command("env", given.directory)})"')


def _save(given: argparse.Namespace) -> None:
    server = local_aws.LocalAws(_require_running(given.directory))
    server.save(given.file, wait=given.wait)
    _tell(f"Local AWS is saved in {given.file}.")


def _load(given: argparse.Namespace) -> None:
    running = _require_running(given.directory)
    _tell_loaded(given.file, _load_into(running, given.file))


def _load_into(running: Running, file: Path) -> dict[str, str]:
    return local_aws.LocalAws(running).load(file)


def _tell_loaded(file: Path, failed: dict[str, str]) -> None:
    _tell(f"Local AWS has what {file} holds.")
    for endpoint, reason in failed.items():
        _tell(f"Endpoint {endpoint} is Failed: {reason}")


def _run(given: argparse.Namespace) -> None:
    if given.with_parent:
        lifeline.hold()
    handed_down = None if given.directory_lock is None else DirectoryLock(given.directory_lock)
    serve(
        given.port,
        given.directory,
        given.wait_scale,
        handed_down,
        _admitted(given),
        dict(given.quota),
    )


def _admitted(given: argparse.Namespace) -> options.Admitted:
    return options.Admitted(tuple(given.host_name), tuple(given.origin))


def _stop(given: argparse.Namespace) -> None:
    stopped = background.stop(given.directory)
    _tell("Local AWS is stopped." if stopped else "Local AWS was not running.")


def _status(given: argparse.Namespace) -> None:
    running = _require_running(given.directory)
    print(f"Local AWS answers at {running.endpoint_url} (pid {running.pid})")


def _env(given: argparse.Namespace) -> None:
    print(_require_running(given.directory).shell_exports)


def _require_running(directory: Path) -> Running:
    running = background.status(directory)
    if running is None:
        _tell(f"Local AWS does not run. Start it: {_command('start', directory)}")
        sys.exit(_NOT_RUNNING)
    return running


def _command(name: str, directory: Path) -> str:
    """What a person types for the server of this directory."""
    option = f" --directory {quote(str(directory))}"
    return f"local-sagemaker {name}{'' if directory == background.DEFAULT_DIRECTORY else option}"


def _tell(text: str) -> None:
    """To the person; stdout is for what a shell reads."""
    print(text, file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="local-sagemaker", description="AWS on this machine: SageMaker trains, tunes, serves."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command, text in (
        ("start", _start, "start it in the background; one that runs already is left alone"),
        ("run", _run, "run it in the foreground, until SIGTERM or Ctrl-C"),
        (
            "stop",
            _stop,
            "stop it, with its training jobs and endpoints; what is not saved is forgotten",
        ),
        ("save", _save, "write all that it holds into a file, but no work that runs"),
        ("load", _load, "bring back what was saved, into a server that is new"),
        ("status", _status, "tell whether it runs, and where; the exit code is 3 if it does not"),
        ("env", _env, 'print what points AWS clients to it: eval "$(local-sagemaker env)"'),
    ):
        parsed = commands.add_parser(name, help=text, description=text)
        parsed.set_defaults(command=command)
        parsed.add_argument(
            "--directory",
            type=Path,
            default=background.DEFAULT_DIRECTORY,
            help="of its files and its log; default: %(default)s",
        )
        if command in (_start, _run):
            _add_server_options(parsed)
        if command in (_save, _load):
            parsed.add_argument("file", type=Path, metavar="FILE", help="of the saved state")
        if command is _save:
            parsed.add_argument("--wait", action="store_true", help="for the end of what runs")
        if command is _start:
            parsed.add_argument(
                "--load",
                type=_argument(options.saved_state),
                metavar="FILE",
                help="begin with a saved state",
            )
        if command is _run:
            parsed.add_argument("--with-parent", action="store_true", help="end when stdin closes")
            parsed.add_argument("--directory-lock", type=int, help=argparse.SUPPRESS)
    return parser


def _add_server_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port",
        type=_argument(options.port),
        default=background.DEFAULT_PORT,
        help="default: %(default)s",
    )
    parser.add_argument(
        "--wait-scale",
        type=_argument(options.wait_scale),
        default=1.0,
        help="multiplies waits of deployments, Wait states and retries, and periods of alarms",
    )
    parser.add_argument(
        "--host-name",
        type=_argument(options.host_name),
        action="append",
        default=[],
        help="another name of this machine that requests may ask for; can be repeated",
    )
    parser.add_argument(
        "--origin",
        type=_argument(options.origin),
        action="append",
        default=[],
        help="web pages that may ask too, with keys: http://localhost:3000; can be repeated",
    )
    parser.add_argument(
        "--quota",
        type=_argument(lambda text: next(iter(given_quotas([text]).items()))),
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a quota of SageMaker: 'ml.m5.large for endpoint usage=2'; can be repeated",
    )


def _argument(rule: Callable[[str], Value]) -> Callable[[str], Value]:
    """The rule as argparse asks for it."""

    def parse(text: str) -> Value:
        try:
            return rule(text)
        except options.OptionError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return parse


if __name__ == "__main__":
    main()
