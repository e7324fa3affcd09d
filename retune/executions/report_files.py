"""Brings an execution's report (trials, summary, report.html) to this machine."""

from pathlib import Path

from tuning.data.s3_location import S3Location
from tuning.names import run_folder
from tuning.report.files import FILES

from retune.aws import Aws
from retune.errors import InputError
from retune.executions.execution import Execution
from retune.stack import Stack

REPORT = FILES["Report"]


def written_files(aws: Aws, stack: Stack, execution: Execution) -> dict[str, S3Location]:
    """Those of the report by name; of what was stopped, some seconds after its end. A call."""
    prefix = run_folder(execution.name)
    listed = aws.client("s3").list_objects_v2(Bucket=stack.bucket, Prefix=prefix, Delimiter="/")
    there = {entry["Key"].removeprefix(prefix) for entry in listed.get("Contents", ())}
    names = (name for name in FILES.values() if name in there)
    return {name: S3Location(stack.bucket, f"{prefix}{name}") for name in names}


def download_report(aws: Aws, stack: Stack, execution: Execution, runs: Path) -> Path | None:
    """Writes the files to `runs`/<execution name>/ and returns where report.html is.

    None when there is none: of an execution that has not tuned, or of one that was stopped and
    whose recovery is not there yet.
    """
    there = written_files(aws, stack, execution)
    if REPORT not in there:
        return None
    folder = make_folder(runs / execution.name)
    for name, location in there.items():
        target = str(folder / name)
        aws.client("s3").download_file(location.bucket, location.key, target)
    return folder / REPORT


def make_folder(folder: Path) -> Path:
    """The folder, which is there from now on; InputError when that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"--runs: the folder {folder} cannot be made: {error.strerror}. Name another one."
        ) from error
    return folder
