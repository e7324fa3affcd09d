"""Brings an execution's report (trials, summary, report.html) to this machine."""

from pathlib import Path
from urllib.parse import urlsplit

from retune.aws import Aws
from retune.errors import FailedError, InputError
from retune.executions import Execution


def has_report(execution: Execution) -> bool:
    """Whether it has succeeded and was not skipped."""
    return bool(execution.output.get("Files"))


def download_report(aws: Aws, execution: Execution, runs: Path) -> Path:
    """Writes the files to `runs`/<execution name>/ and returns that folder.

    Raises:
        FailedError: the execution has no report.
    """
    if not has_report(execution):
        state = execution.output.get("Outcome", execution.status)
        raise FailedError(
            f"The execution {execution.name} is {state}: only one that tuned and succeeded has a "
            "report."
        )
    folder = make_folder(runs / execution.name)
    s3 = aws.client("s3")
    for uri in execution.output["Files"].values():
        location = urlsplit(uri)
        target = folder / Path(location.path).name
        s3.download_file(location.netloc, location.path.lstrip("/"), str(target))
    return folder


def make_folder(folder: Path) -> Path:
    """The folder, which is there from now on; InputError when that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"--runs: the folder {folder} cannot be made: {error.strerror}. Name another one."
        ) from error
    return folder
