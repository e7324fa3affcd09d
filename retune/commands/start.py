"""`retune start`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from retune.aws import Aws
from retune.commands.start_fleet import start_fleet
from retune.commands.watch import watch_to_the_end
from retune.completion import models
from retune.deployment.deployed_models import deployed_model
from retune.errors import InputError
from retune.execution_input.document import Overrides, read_document
from retune.execution_input.start_check import check_before_start
from retune.executions.execution import new_name, start_execution
from retune.executions.report_files import make_folder
from retune.options import DEFAULT_RUNS, ExitCode, Runs, StackName
from retune.output.terminal import write, write_line
from retune.stack import DEFAULT_STACK, Stack, find_stack

Model = Annotated[
    str | None,
    typer.Argument(
        metavar="MODEL",
        help="Name of a deployed model; without it, none of them.",
        autocompletion=models,
    ),
]
Input = Annotated[
    str | None,
    typer.Option(
        "--input",
        metavar="FILE",
        help="JSON or YAML file, - for stdin; see docs/execution-input.md. Without it, {}.",
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


All = Annotated[
    bool, typer.Option("--all", help="Every deployed model, each by its own file's rules.")
]


def start(
    model: Model = None,
    every: All = False,
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
    exit_code: ExitCode = False,
    runs: Runs = DEFAULT_RUNS,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Start an execution of the workflow.

    It tunes, chooses the best, proves it on held-out data, deploys it, verifies it and reports.
    The options are laid over the document of --input, and both over the model's file, or without a
    model over the deployed defaults, so that `retune start` alone works. What `retune check` would
    refuse is not started: exit code 2. Prints the execution's ARN. With --watch it goes on like
    `retune watch`.

        retune start bank --watch
        retune start bank --watch --exit-code
        retune start bank --max-jobs 6 --strategy Random --seed 7
        retune start --input examples/freeze.json
        retune start --dry-run --watch
        retune start --all --watch
    """
    overrides = Overrides(
        max_jobs, parallel, strategy, metric, train, validation, endpoint_name, seed, dry_run
    )
    document = overrides.lay_over(_input(input))
    if every:
        _refuse_beside_all(model, document)
        aws = Aws()
        if exit_code:
            raise InputError("--exit-code tells of one execution: leave out --all.")
        start_fleet(aws, find_stack(aws, stack), name, watch=watch)
        return
    prepare_to_watch(watch, exit_code, runs)
    aws = Aws()
    found = find_stack(aws, stack)
    document = of_model(found, model, document)
    start_and_tell(aws, found, document, name, watch=watch, exit_code=exit_code, runs=runs)


def of_model(stack: Stack, model: str | None, document: dict[str, Any]) -> dict[str, Any]:
    """The document laid over a deployed model's, if one is named.

    A schedule skips a model of which nothing is new; who starts it by hand wants a run.
    """
    if model is None:
        return document
    name = deployed_model(stack, model)["ModelName"]
    return {"ModelName": name, "RetuneWhen": "Always", **document}


def start_and_tell(
    aws: Aws,
    stack: Stack,
    document: dict[str, Any],
    name: str | None,
    *,
    watch: bool,
    exit_code: bool,
    runs: Path,
) -> None:
    """Checks the input, starts an execution, prints its ARN and follows it to its end, if asked."""
    arn = check_and_start(aws, stack, document, name or new_name())
    tell(aws, stack, arn, watch=watch, exit_code=exit_code, runs=runs)


def check_and_start(aws: Aws, stack: Stack, document: dict[str, Any], name: str) -> str:
    """The execution's ARN. Raises InputError for an input that would be refused."""
    check_before_start(aws, stack, document)
    return start_execution(aws, stack.state_machine_arn, document, name)


def tell(aws: Aws, stack: Stack, arn: str, *, watch: bool, exit_code: bool, runs: Path) -> None:
    """Prints the execution's ARN and follows it to its end, if asked."""
    write_line(arn)
    if watch:
        watch_to_the_end(aws, stack, arn, runs, exit_code=exit_code)
    else:
        write(f"Follow it: retune watch {arn.rsplit(':', 1)[-1]}", err=True)


def prepare_to_watch(watch: bool, exit_code: bool, runs: Path) -> None:
    """Before anything runs: the folder for the report is made.

    Raises InputError for the code of an outcome that nobody waits for.
    """
    if exit_code and not watch:
        raise InputError("--exit-code tells how the execution ends: give --watch too.")
    if watch:
        make_folder(runs)


def _refuse_beside_all(model: str | None, document: dict[str, Any]) -> None:
    """Raises InputError: each model of a fleet is retuned as its file says."""
    if model is not None or document:
        said = model or ", ".join(document)
        raise InputError(
            f"--all with {said}: a fleet is a run of every deployed model as its file says. Leave "
            "one of them out."
        )


def _input(source: str | None) -> dict[str, Any]:
    """The document of --input; InputError when it is a model's, which must be deployed."""
    document = read_document(source)
    if "Schedule" in document:
        raise InputError(
            f"--input {source}: Schedule makes it a model's file. Put it into models/, `retune "
            "deploy`, and start the model by its name."
        )
    return document
