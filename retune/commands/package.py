"""`retune package`."""

from pathlib import Path
from typing import Annotated

import typer
from tuning.report.formats import metric

from retune.aws import Aws
from retune.completion import models
from retune.errors import InputError
from retune.executions.history import endpoint_named
from retune.options import StackName
from retune.output.terminal import write, write_line
from retune.packages.approved import approved_model, named_package, serving_package
from retune.packages.package_file import write_package
from retune.stack import DEFAULT_STACK, find_stack

Source = Annotated[
    str,
    typer.Argument(
        metavar="MODEL|ENDPOINT|ARN",
        help="Whose endpoint serves the model, or the ARN of a model package.",
        autocompletion=models,
    ),
]
To = Annotated[Path, typer.Option("--to", metavar="FILE", help="The file to write.")]


def package(source: Source, to: To, stack: StackName = DEFAULT_STACK) -> None:
    """Write an approved model into a file, for another account.

    With its artefact, hyperparameters, score, rows that verify an endpoint, and the description of
    the table if it was prepared. `retune import` deploys it where the credentials are of the other
    account. Nothing of this account is opened to the other.

        retune package bank --to bank.zip
    """
    found = find_stack(Aws(), stack)
    if ":model-package/" in source:
        chosen = named_package(source)
    else:
        chosen = serving_package(found, endpoint_named(found, source))
    try:
        carried = write_package(approved_model(found, chosen), to)
    except OSError as error:
        raise InputError(f"--to {to} cannot be written: {error.strerror}.") from error
    winner = carried.winner
    score = f"{winner.metric_name} {metric(winner.value)}"
    write(f"{carried.model_package_arn}: {winner.training_job_name}, {score}", err=True)
    write_line(str(to))
