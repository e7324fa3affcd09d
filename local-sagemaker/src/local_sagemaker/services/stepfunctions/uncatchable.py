"""Errors that end an execution whatever its states catch: States.ALL does not match them, and
neither does States.TaskFailed."""

from __future__ import annotations

from typing import Any

from moto.stepfunctions.parser.asl.component.common.error_name.error_equals_decl import (
    ErrorEqualsDecl,
)

from local_sagemaker.services.patching import replace

_UNCATCHABLE = ("States.DataLimitExceeded", "States.Runtime")


def install() -> None:
    matches = ErrorEqualsDecl._eval_body

    def matches_what_can_be_caught(declared: ErrorEqualsDecl, env: Any) -> None:
        wild = (declared._STATE_ALL_ERROR, declared._STATE_TASK_ERROR)
        is_wild = any(name in declared.error_names for name in wild)
        if is_wild and env.stack[-1].error_name in _UNCATCHABLE:
            env.stack[-1] = False
        else:
            matches(declared, env)

    replace(ErrorEqualsDecl, "_eval_body", matches_what_can_be_caught)
