"""Errors that end an execution whatever its states catch: States.ALL does not match them."""

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
        error, everything = env.stack[-1].error_name, declared._STATE_ALL_ERROR
        if error in _UNCATCHABLE and everything in declared.error_names:
            env.stack[-1] = False
        else:
            matches(declared, env)

    replace(ErrorEqualsDecl, "_eval_body", matches_what_can_be_caught)
