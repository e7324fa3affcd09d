"""`retune start`."""

from typing import Annotated

import typer

from retune.aws import Aws
from retune.commands.watch import watch_to_the_end
from retune.execution_input import Overrides, read_document
from retune.executions import new_name, start_execution
from retune.options import DEFAULT_RUNS, DEFAULT_STACK, Runs, StackName
from retune.report_files import make_folder
from retune.stack import find_stack
from retune.terminal import write, write_line

Input = Annotated[
    str | None,
    typer.Option(
        "--input",
        metavar="FILE",
        help="JSON document, - for stdin; see docs/execution-input.md. Without it, {}.",
    ),
]
Name = Annotated[str | None, typer.Option(help="Name of the execution; without it, the time.")]
Watch = Annotated[bool, typer.Option("--watch", help="Follow it to its end and fetch its report.")]
MaxJobs = Annotated[int | None, typer.Option(min=1, help="Training jobs altogether.")]
Parallel = Annotated[int | None, typer.Option(min=1, help="Training jobs at a time.")]
Strategy = Annotated[str | None, typer.Option(help="Bayesian, Random, Hyperband or Grid.")]
Metric = Annotated[str | None, typer.Option(help="What to improve, such as validation:auc.")]
Train = Annotated[str | None, typer.Option(help="S3 URI of the training data.")]
Validation = Annotated[str | None, typer.Option(help="S3 URI of the validation data.")]
EndpointName = Annotated[str | None, typer.Option(help="Endpoint to create or update.")]
Seed = Annotated[int | None, typer.Option(min=0, help="Makes Random and Hyperband repeatable.")]
DryRun = Annotated[
    bool | None, typer.Option("--dry-run", help="Stop at the verdict and deploy nothing.")
]


def start(
    input: Input = None,
    max_jobs: MaxJobs = None,
    parallel: Parallel = None,
    strategy: Strategy = None,
    metric: Metric = None,
    train: Train = None,
    validation: Validation = None,
    endpoint_name: EndpointName = None,
    seed: Seed = None,
    dry_run: DryRun = None,
    name: Name = None,
    watch: Watch = False,
    runs: Runs = DEFAULT_RUNS,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Start an execution of the workflow.

    It tunes, chooses the best, proves it on held-out data, deploys it, verifies it and reports.
    The options are laid over the document of --input, and both over the deployed defaults, so that
    `retune start` alone works. Prints the execution's ARN. With --watch it goes on like
    `retune watch`.

        retune start --max-jobs 6 --watch
        retune start --input examples/lesson.json --strategy Random --seed 7
        retune start --dry-run --watch
    """
    overrides = Overrides(
        max_jobs, parallel, strategy, metric, train, validation, endpoint_name, seed, dry_run
    )
    document = overrides.lay_over(read_document(input))
    if watch:
        make_folder(runs)
    aws = Aws()
    arn = start_execution(aws, find_stack(aws, stack), document, name or new_name())
    write_line(arn)
    if watch:
        watch_to_the_end(aws, arn, runs)
    else:
        write(f"Follow it: retune watch {arn.rsplit(':', 1)[-1]}", err=True)
