"""Plays the workflow's variants on local AWS and keeps what it has asked of the roles' policies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from local_sagemaker.local_aws import LocalAws
from local_sagemaker.process import background
from local_sagemaker.process.free_port import free_port

from tests.fault_matrix.deployment import deploy
from tests.fault_matrix.player import Player, record
from tests.fault_matrix.stack import Stack
from tests.fault_matrix.variants import VARIANTS
from tests.iam_matrix.asked import Asked
from tests.iam_matrix.template import role_name, short, without_changing

PREFIX = "retune"
# Services whose calls a role makes on a schedule, and nobody waits for in a variant's run.
_SCHEDULED = ("SweepExecutions", "MeasureModels")
_DIRECTORY = Path(".iam-matrix")
_WAIT_SCALE = 0.02


def record_runs(only: str = "") -> list[Asked]:
    """Every permission that the roles of a deployment were asked for in clean runs.

    `only` is a regular expression of variants. A run that does not end as it must is told, and the
    others go on.
    """
    local_aws = _DIRECTORY / "local-aws"
    background.stop(local_aws)
    running = background.start(free_port(), local_aws, _WAIT_SCALE, with_parent=True)
    local = LocalAws(running)
    try:
        stack = deploy(local, PREFIX, _DIRECTORY / "cdk.out")
        player = Player(stack)
        for variant in (each for each in VARIANTS if re.search(only, each.name)):
            try:
                record(player, [variant])
            except AssertionError as fault:
                print(f"{variant.name} went wrong: {fault}", flush=True)
        _play_what_is_scheduled(stack)
        return list(_of_roles(local.asked_permissions(), _resources(stack)))
    finally:
        background.stop(local_aws)


def _play_what_is_scheduled(stack: Stack) -> None:
    functions = stack.client("lambda")
    for name in _SCHEDULED:
        functions.invoke(FunctionName=f"{stack.prefix}-{name}", Payload=b"{}")
    fleet = stack.outputs["StateMachineArn"] + "-fleet"
    started = stack.client("stepfunctions").start_execution(stateMachineArn=fleet, input="{}")
    stack.finish(started["executionArn"])


def _resources(stack: Stack) -> dict[str, str]:
    """The logical id, without its hash, of each resource by its physical name."""
    cloudformation = stack.client("cloudformation")
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack.prefix)
    each = (summary for page in pages for summary in page["StackResourceSummaries"])
    return {one["PhysicalResourceId"]: one["LogicalResourceId"] for one in each}


def _of_roles(permissions: Iterable[dict[str, Any]], resources: dict[str, str]) -> Iterable[Asked]:
    """Those of the stack's own roles, with logical ids in the place of names that were made up."""
    made_up = {
        name: short(logical_id)
        for name, logical_id in resources.items()
        if not name.startswith("arn:") and _is_made_up(name, logical_id)
    }
    for each in permissions:
        role = str(each["principal"]).rpartition("/")[2]
        if role in resources and each["allowed"]:
            context = {key: [_plain(value, made_up) for value in values]
                       for key, values in each["context"].items()}  # fmt: skip
            resource = _plain(each["resource"], made_up)
            yield Asked(
                role_name(resources[role]), each["operation"], each["action"], resource, context
            )


def _is_made_up(name: str, logical_id: str) -> bool:
    """Of what the template does not name, CloudFormation makes the name of the logical id."""
    return (
        logical_id.lower()[:8] in name.lower() or re.fullmatch(r"[0-9a-f-]{36}", name) is not None
    )


def _plain(text: str, made_up: dict[str, str]) -> str:
    for name, logical_id in made_up.items():
        text = text.replace(name, f"${{{logical_id}}}")
    return without_changing(text)
