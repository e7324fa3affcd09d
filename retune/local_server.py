"""The local AWS of this project: where its files are, and how a shell reaches it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer
from local_sagemaker.local_aws import BusyError, LocalAws, RefusedError
from local_sagemaker.process import background
from local_sagemaker.process.running import Running

from retune.aws import endpoint_url
from retune.errors import InputError, UnavailableError
from retune.project import ROOT

DIRECTORY_VARIABLE = "RETUNE_LOCAL_DIRECTORY"


def default_directory() -> Path:
    """Where the files of local AWS are, unless the person says otherwise."""
    return Path(os.environ.get(DIRECTORY_VARIABLE, ROOT / background.DEFAULT_DIRECTORY))


Directory = Annotated[
    Path,
    typer.Option(
        envvar=DIRECTORY_VARIABLE,
        default_factory=default_directory,
        help="Its files and its log.",
        show_default="the project's .local-aws",
    ),
]


def require_running(directory: Path) -> Running:
    """The local AWS of the directory; UnavailableError when it does not run."""
    running = background.status(directory)
    if running is None:
        raise UnavailableError(
            f"Local AWS does not run. Start it: retune local start{_option(directory)}"
        )
    return running


@contextmanager
def local_aws(directory: Path) -> Iterator[LocalAws]:
    """The local AWS of the directory, for its faults, its calls and its state.

    Raises:
        InputError: what is asked of it cannot be meant, in its own words.
        UnavailableError: it does not run, does not answer, or is at work and cannot be saved.
    """
    running = require_running(directory)
    try:
        yield LocalAws(running)
    except BusyError as busy:
        raise UnavailableError(str(busy)) from busy
    except RefusedError as refusal:
        raise InputError(str(refusal)) from refusal
    except OSError as fault:
        raise UnavailableError(
            f"Local AWS does not answer at {running.endpoint_url}: {fault}. "
            f"Its log: {running.log_file}"
        ) from fault


def enable(directory: Path) -> str:
    """What a person types to make the shell talk to the local AWS of the directory."""
    return f'eval "$(retune local env{_option(directory)})"'


def _option(directory: Path) -> str:
    return "" if directory == default_directory() else f" --directory {quote(str(directory))}"


def hint() -> str:
    """For an error of a command that went to AWS: did the person mean the local one?"""
    running = None if endpoint_url() else background.status(default_directory())
    if running is None:
        return ""
    return f"\nLocal AWS runs at {running.endpoint_url}. To use it: {enable(running.directory)}"
