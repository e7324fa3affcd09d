"""A kind of thing that can be left in an account: how it is found, and how it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from tuning.own_names import is_own_name

from retune.aws import Aws

Find = Callable[[Aws, str], list[str]]
Remove = Callable[[Aws, str], object]


class Kind(NamedTuple):
    """`find` takes the prefix and gives names; `remove` takes one of them."""

    name: str
    find: Find
    remove: Remove


def own(prefix: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if is_own_name(prefix, name)]


def pages(aws: Aws, service: str, operation: str, key: str, **request: Any) -> list[dict[str, Any]]:
    """All entries of a list operation."""
    paginator = aws.client(service).get_paginator(operation)
    return [each for page in paginator.paginate(**request) for each in page.get(key, ())]
