"""`retune deploy`."""

import sys
from typing import Annotated

import typer

from configuration.settings import CONTEXT_PREFIX, Settings
from retune.aws import Aws, is_local
from retune.deployment.bootstrap import QUALIFIER_KEY, begin_bootstrap, bootstrap_if_missing
from retune.deployment.cdk import run_cdk, synthesized
from retune.deployment.deployed_template import deployed_template, synthesized_template
from retune.deployment.left_by_stack import left_buckets
from retune.deployment.lost import lost
from retune.deployment.settings import context_options, read_settings
from retune.errors import InputError
from retune.options import Context, EnvironmentName, StackName
from retune.output.terminal import confirm, write, write_line
from retune.stack import DEFAULT_STACK, Stack, find_stack

Yes = Annotated[
    bool, typer.Option("--yes", help="Do not ask, neither before IAM changes nor before losses.")
]
# Keys of the CDK's own that say what a setting says.
_CDK_KEYS = {QUALIFIER_KEY: "bootstrap_qualifier"}


def deploy(
    environment: EnvironmentName = None,
    context: Context = None,
    yes: Yes = False,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Deploy the app, with the models of models/ and the settings of retune.toml, with the CDK.

    Runs `cdk bootstrap` where it is missing, then `cdk deploy`: the same in an account and on
    local AWS, where IAM changes are not asked about. A second call updates the stack. What it
    would turn off, remove or replace it says first, and asks: exit code 2 when nobody can answer.
    Prints its outputs.

        retune deploy
        retune deploy --environment prod
        retune deploy -c retune:training_instance_type=ml.m5.xlarge --yes
    """
    given = context_options(context or [], environment, stack)
    settings = read_settings(given)
    _say_what_is_forgotten(given)
    aws = Aws(settings.region)
    _require_account(aws, settings)
    old = deployed_template(aws, settings.name_prefix)
    # What is deployed has its bootstrap, and another one beside it is hardly meant.
    begun = None if old else begin_bootstrap(aws, settings, given)
    with synthesized(given) as assembly:
        new = synthesized_template(assembly, settings.name_prefix)
        losses = lost(old, new) if old else _bucket_left_aside(aws, settings)
        _confirm(losses, yes=yes)
        bootstrap_if_missing(aws, assembly, settings, old, begun)
        approval = ["--require-approval", "never"] if yes or is_local() else []
        run_cdk("deploy", *approval, "--app", str(assembly), folder=assembly)
    print_outputs(find_stack(aws, settings.name_prefix))


def _say_what_is_forgotten(given: dict[str, str]) -> None:
    """A setting of the command line holds until the next deployment, which does not know it."""
    kept = (f"{CONTEXT_PREFIX}name_prefix", f"{CONTEXT_PREFIX}environment")
    for key in sorted(given.keys() - set(kept)):
        name = _CDK_KEYS.get(key, key.removeprefix(CONTEXT_PREFIX))
        if name != key:
            write(f"The next deploy forgets -c {key}. Write {name} into retune.toml.", err=True)


def _confirm(losses: list[str], *, yes: bool) -> None:
    """Says what is lost and asks; InputError when the answer is no, or nobody can answer."""
    if not losses:
        return
    for loss in losses:
        write_line(f"This deployment {loss}", err=True)
    if yes:
        return
    if not sys.stdin.isatty():
        raise InputError("Nothing is deployed. If that is meant: retune deploy --yes")
    if not confirm("Deploy?"):
        raise InputError("Nothing is deployed.")


def _bucket_left_aside(aws: Aws, settings: Settings) -> list[str]:
    """A first deployment would make a new bucket beside the one that an earlier stack has left."""
    left = [] if settings.data_bucket else left_buckets(aws, settings.name_prefix)
    return [
        f"makes a new data bucket, and an earlier one has left {name}, with its data and runs. To "
        f'go on with that, write data_bucket = "{name}" into retune.toml.'
        for name in left
    ]


def _require_account(aws: Aws, settings: Settings) -> None:
    """Before anything is made in another account than the one that was meant."""
    if settings.account is not None and settings.account != aws.account:
        raise InputError(
            f"The credentials are of account {aws.account}, and the settings say "
            f"{settings.account}. Use a profile of that account, or correct retune.toml."
        )


def print_outputs(stack: Stack) -> None:
    """One `name = value` a line; the console shows nothing of local AWS."""
    for name, value in sorted(stack.outputs.items()):
        if is_local() and name.endswith("Console"):
            continue
        write_line(f"{name} = {value}")
    if stack.name != DEFAULT_STACK:
        write(f"Other commands find it with: export RETUNE_STACK={stack.name}", err=True)
