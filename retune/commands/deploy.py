"""`retune deploy`."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from retune.aws import Aws, is_local
from retune.cdk import run_app, run_cdk
from retune.errors import InputError
from retune.options import DEFAULT_STACK, StackName
from retune.stack import Stack, describe_stack, find_stack
from retune.terminal import write, write_line

PREFIX, REGION = "retune:name_prefix", "retune:region"

Context = Annotated[
    list[str] | None,
    typer.Option(
        "--context",
        "-c",
        metavar="KEY=VALUE",
        help="A deployment setting; see docs/deployment.md. Repeatable.",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask before IAM changes.")]


def deploy(context: Context = None, yes: Yes = False, stack: StackName = DEFAULT_STACK) -> None:
    """Deploy the app with the CDK.

    Runs `cdk bootstrap` where it is missing, then `cdk deploy`: the same in an account and on
    local AWS, where nothing is asked. A second call updates the stack. Prints its outputs.

        retune deploy
        retune deploy -c retune:schedule_enabled=true -c retune:training_instance_type=ml.m5.xlarge
    """
    settings = parse_settings(context or [])
    if stack != DEFAULT_STACK:
        settings.setdefault(PREFIX, stack)
    aws = Aws(settings.get(REGION))
    bootstrap_if_missing(aws)
    approval = ["--require-approval", "never"] if yes or is_local() else []
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    run_app("deploy", *approval, *options)
    print_outputs(find_stack(aws, settings.get(PREFIX, stack)))


def parse_settings(context: list[str]) -> dict[str, str]:
    """Settings by key; InputError names the one that is not key=value."""
    settings = {}
    for text in context:
        key, equals, value = text.partition("=")
        if not equals:
            raise InputError(f"-c {text}: write key=value, such as -c {PREFIX}=bank.")
        settings[key] = value
    return settings


def bootstrap_if_missing(aws: Aws) -> None:
    """Prepares account and region for the CDK; away from the app, which would be synthesized."""
    if describe_stack(aws, "CDKToolkit") is None:
        with tempfile.TemporaryDirectory() as elsewhere:
            run_cdk("bootstrap", aws.environment_name, folder=Path(elsewhere))


def print_outputs(stack: Stack) -> None:
    """One `name = value` a line; the console shows nothing of local AWS."""
    for name, value in sorted(stack.outputs.items()):
        if is_local() and name.endswith("Console"):
            continue
        write_line(f"{name} = {value}")
    if stack.name != DEFAULT_STACK:
        write(f"Other commands find it with: export RETUNE_STACK={stack.name}", err=True)
