"""A path from its root: `$` is the input, `$$` the context object, `$name` a variable."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from local_sagemaker.stepfunctions.json_text import to_text
from local_sagemaker.stepfunctions.queries.json_path.path import Path
from local_sagemaker.stepfunctions.queries.json_path.steps import PathNotFound
from local_sagemaker.stepfunctions.queries.json_path.syntax import parse_path
from local_sagemaker.stepfunctions.queries.reader import Reader
from local_sagemaker.stepfunctions.queries.scope import Scope

INPUT = "$"
CONTEXT = "$$"
_ROOT = re.compile(r"\$(\$|[^\W\d]\w*)?")


@lru_cache(maxsize=4096)
def split_root(text: str) -> tuple[str, Path]:
    """The root of a path and what follows it; raises QuerySyntaxError."""
    root = Reader(text).match(_ROOT)
    if root is None:
        raise Reader(text).fault("a path that starts with $ expected")
    return root, parse_path(INPUT + text[len(root) :])


def find(text: str, scope: Scope) -> Any:
    """What a path leads to; raises PathNotFound, also for a variable that has no value."""
    root, path = split_root(text)
    if root == INPUT:
        return path.find(scope.input)
    if root == CONTEXT:
        return path.find(scope.context)
    name = root.removeprefix(INPUT)
    if name not in scope.variables:
        raise PathNotFound(f"No results for path: {text}")
    return path.find(scope.variables[name])


def find_for_template(text: str, scope: Scope) -> Any:
    """The same in a payload template, where a path that may find many may find nothing at all."""
    try:
        return find(text, scope)
    except PathNotFound:
        _, path = split_root(text)
        if path.is_definite:
            raise
        return []


def not_in_input(scope: Scope) -> str:
    """Where a path found nothing: the input is named, also for one of another root."""
    return f"could not be found in the input '{to_text(scope.input)}'"
