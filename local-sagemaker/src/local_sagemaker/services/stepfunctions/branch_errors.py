"""Errors that leave a branch of a Parallel or an iteration of a Map keep their name.

moto makes States.Runtime, which nothing catches, of every name that begins with `States.`: of the
States.TaskFailed of a job in a branch, for instance.
"""

from __future__ import annotations

from moto.stepfunctions.parser.asl.component.common.error_name.error_name import ErrorName
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration import iteration_worker
from moto.stepfunctions.parser.asl.component.state.exec.state_parallel import branches_decl

from local_sagemaker.services.patching import replace


def install() -> None:
    replace(branches_decl, "CustomErrorName", ErrorName)
    replace(iteration_worker, "CustomErrorName", ErrorName)
