"""`retune import`."""

from pathlib import Path
from typing import Annotated

import typer
from tuning.data.s3_location import S3Location
from tuning.names import import_folder

from retune.aws import Aws
from retune.commands.start import (
    EndpointName,
    Input,
    Model,
    Name,
    Watch,
    check_and_start,
    of_model,
    prepare_to_watch,
    tell,
)
from retune.execution_input.document import Overrides, read_document
from retune.executions.execution import new_name
from retune.options import DEFAULT_RUNS, ExitCode, Runs, StackName
from retune.output.terminal import write
from retune.packages.package_file import read_package, uploaded
from retune.stack import DEFAULT_STACK, find_stack

File = Annotated[Path, typer.Argument(metavar="FILE", help="What `retune package` has written.")]


def import_model(
    file: File,
    model: Model = None,
    input: Input = None,
    endpoint_name: EndpointName = None,
    name: Name = None,
    watch: Watch = False,
    exit_code: ExitCode = False,
    runs: Runs = DEFAULT_RUNS,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Deploy a model that was tuned and approved in another account.

    Uploads it into the data bucket, and starts an execution that registers it here, waits for an
    approval of this account if its Approval is Manual, deploys it with rollout and alarms, and
    verifies the endpoint. Nothing is tuned or compared. Prints the execution's ARN.

        retune import bank.zip bank --watch
        retune import bank.zip --endpoint-name retune-bank --input production.json
    """
    prepare_to_watch(watch, exit_code, runs)
    carried = read_package(file)
    aws = Aws()
    found = find_stack(aws, stack)
    document = of_model(
        found, model, Overrides(endpoint_name=endpoint_name).lay_over(read_document(input))
    )
    name = name or new_name()
    folder = S3Location(found.bucket, import_folder(name))
    document["Import"] = {"S3Uri": str(folder)}
    with uploaded(aws, file, folder):
        write(f"Tuned and approved as {carried.model_package_arn}.", err=True)
        arn = check_and_start(aws, found, document, name)
    tell(aws, found, arn, watch=watch, exit_code=exit_code, runs=runs)
