"""`retune retrain`."""

from typing import Annotated

import typer

from retune.aws import Aws
from retune.commands.results import find_run
from retune.commands.start import (
    EndpointName,
    Input,
    Name,
    Train,
    Validation,
    Watch,
    of_model,
    prepare_to_watch,
    start_and_tell,
)
from retune.completion import executions, models
from retune.execution_input.document import Overrides, read_document
from retune.options import DEFAULT_RUNS, ExitCode, Runs, StackName
from retune.stack import DEFAULT_STACK, find_stack

Source = Annotated[
    str | None,
    typer.Argument(
        metavar="NAME",
        help="Name or ARN of an execution, or name of a tuning job; without it, the latest run.",
        autocompletion=executions,
    ),
]


OfModel = Annotated[
    str | None,
    typer.Option(
        "--model",
        help="Deployed model whose settings hold; without it, none.",
        autocompletion=models,
    ),
]


def retrain(
    source: Source = None,
    model: OfModel = None,
    input: Input = None,
    train: Train = None,
    validation: Validation = None,
    endpoint_name: EndpointName = None,
    name: Name = None,
    watch: Watch = False,
    exit_code: ExitCode = False,
    runs: Runs = DEFAULT_RUNS,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Train an earlier winner on the data of today, without tuning again.

    Takes the hyperparameters of the best training job of a tuning job, trains them on what lies in
    the channels now, and goes on like any execution: the model is deployed if it beats what serves.
    The input must be for the same algorithm. Prints the execution's ARN.

        retune retrain --model bank --watch
        retune retrain retune-261124-1a2b3c4d-00 --train s3://bucket/may/ \\
            --validation s3://bucket/june/
    """
    prepare_to_watch(watch, exit_code, runs)
    aws = Aws()
    found = find_stack(aws, stack)
    job, _ = find_run(aws, found, source)
    options = Overrides(
        train=train,
        validation=validation,
        endpoint_name=endpoint_name,
        earlier_tuning_job=job.name,
    )
    document = of_model(found, model, options.lay_over(read_document(input)))
    start_and_tell(aws, found, document, name, watch=watch, exit_code=exit_code, runs=runs)
