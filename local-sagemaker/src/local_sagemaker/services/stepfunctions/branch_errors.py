"""Errors that leave a branch of a Parallel or an iteration of a Map keep their name.

moto makes States.Runtime, which nothing catches, of every name that begins with `States.`: of the
States.TaskFailed of a job in a branch, for instance.
"""

from __future__ import annotations

from moto.stepfunctions.parser.asl.component.common.error_name.error_name import ErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import (
    StatesErrorName,
)
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import (
    StatesErrorNameType,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration import iteration_worker
from moto.stepfunctions.parser.asl.component.state.exec.state_parallel import branches_decl

from local_sagemaker.services.patching import replace

_RESERVED = {each.to_name(): each for each in StatesErrorNameType}


def install() -> None:
    replace(branches_decl, "CustomErrorName", _named)
    replace(iteration_worker, "CustomErrorName", _named)


def _named(error_name: str | None) -> ErrorName:
    """Reserved names stay what they are: States.TaskFailed matches all but them."""
    reserved = _RESERVED.get(error_name or "")
    return ErrorName(error_name) if reserved is None else StatesErrorName(reserved)
