"""Deploys this tree under the prefix of an acceptance run."""

from __future__ import annotations

from collections.abc import Mapping

from configuration.settings import CONTEXT_PREFIX
from retune.aws import Aws
from retune.deployment.bootstrap import bootstrap_if_missing
from retune.deployment.cdk import run_cdk, synthesized
from retune.deployment.deployed_template import deployed_template
from retune.deployment.settings import read_settings
from retune.stack import Stack, find_stack

# Nothing runs by itself, and nothing stays when the stack goes.
_THROW_AWAY = {"schedules_enabled": "false", "retain_data": "false"}


def context_of(prefix: str, environment: str | None, settings: Mapping[str, str]) -> dict[str, str]:
    """The CDK's context keys: settings of retune.toml count, except for these."""
    chosen = {**settings, **_THROW_AWAY, "name_prefix": prefix}
    named = {f"{CONTEXT_PREFIX}{key}": value for key, value in chosen.items()}
    return {**named, **({f"{CONTEXT_PREFIX}environment": environment} if environment else {})}


def deploy(aws: Aws, context: Mapping[str, str]) -> Stack:
    """The stack as it is then; a second call with other settings updates it."""
    given = dict(context)
    settings = read_settings(given)
    with synthesized(given) as assembly:
        old = deployed_template(aws, settings.name_prefix)
        bootstrap_if_missing(aws, assembly, settings, old)
        never = ("--require-approval", "never")
        run_cdk("deploy", *never, "--app", str(assembly), folder=assembly)
    return find_stack(aws, settings.name_prefix)
