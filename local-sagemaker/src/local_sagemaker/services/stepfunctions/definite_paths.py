"""A path that can find one value gives that value, any other a list of what it finds.

moto looks at the path's end alone, so that `$.jobs[0].Name` gives a list of one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jsonpath_ng.ext.parser import parse
from jsonpath_ng.jsonpath import Child, Fields, Index, Root
from moto.stepfunctions.parser.asl.utils import json_path

from local_sagemaker.services.patching import replace


def install() -> None:
    # moto takes the value out of the list where this says so.
    replace(json_path, "_is_singleton_array_access", is_definite)


@lru_cache(maxsize=1024)
def is_definite(path: str) -> bool:
    """Whether it only names members and single places of arrays (awslabs/states-language#12)."""
    step: Any = parse(path)
    while isinstance(step, Child):
        if not _is_single(step.right):
            return False
        step = step.left
    return isinstance(step, Root)


def _is_single(step: Any) -> bool:
    if isinstance(step, Fields):
        return len(step.fields) == 1 and step.fields[0] != "*"
    return isinstance(step, Index) and len(step.indices) == 1
