"""Hyperparameters whose text holds several values. `list_of` of an algorithm's file says which.

- metrics: names of metrics, `auc,error@0.3`
- names: some of `members`, `refresh,prune`
- directions: a tuple of `members`, one a feature, `(1,0,-1)`
- groups: lists of numbers of features, `[[1,2],[3,4]]`
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any

from tuning.algorithms.algorithm import Algorithm, Hyperparameter
from tuning.algorithms.valid_range import ValidRange, number
from tuning.errors import Fault
from tuning.execution_input.suggest import did_you_mean

WITH_THRESHOLD = ("error", "ndcg", "map")  # may be written error@0.3, ndcg@5, map@5


def check_list(
    field: str, text: str, known: Hyperparameter, algorithm: Algorithm
) -> Iterator[Fault]:
    """A fault for each value that the hyperparameter cannot hold, or for the text as a whole."""
    if known.list_of == "metrics":
        yield from _check_metrics(field, text, algorithm)
    elif known.list_of == "names":
        for part in text.split(","):
            if part not in known.members:
                rule = f"{part!r} is no value of {known.name}."
                yield Fault(field, text, rule, did_you_mean(part, known.members))
    elif known.list_of == "directions" and not _are_directions(_literal(text), known.members):
        rule = f"It must be a tuple of {', '.join(known.members)}, one for each feature."
        yield Fault(field, text, rule, "Write it as (1,0,-1).")
    elif known.list_of == "groups" and not _are_groups(_literal(text), known.range):
        rule = f"It must be lists of numbers of features, each {known.range}."
        yield Fault(field, text, rule, "Write it as [[1,2],[3,4]].")


def _check_metrics(field: str, text: str, algorithm: Algorithm) -> Iterator[Fault]:
    names = sorted({name.split(":")[1] for name in algorithm.metrics})
    for part in text.split(","):
        name, at, threshold = part.partition("@")
        if name not in names:
            rule, fix = f"{part!r} is no metric of {algorithm.title}.", did_you_mean(part, names)
            yield Fault(field, text, rule, fix)
        elif at and (name not in WITH_THRESHOLD or number(threshold) is None):
            rule = f"{part!r}: only {', '.join(WITH_THRESHOLD)} take a threshold, a number."
            yield Fault(field, text, rule, f"Write {name}, or error@0.3.")


def _literal(text: str) -> Any:
    """The value of a Python literal, as the container reads it; None for what is none."""
    try:
        return ast.literal_eval(text)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None  # the last two: brackets or signs by the thousand


def _are_directions(value: Any, members: Collection[str]) -> bool:
    return isinstance(value, tuple) and all(str(member) in members for member in value)


def _are_groups(value: Any, allowed: ValidRange | None) -> bool:
    if not isinstance(value, list) or not all(isinstance(group, list) for group in value):
        return False
    features = [feature for group in value for feature in group]
    return all(
        isinstance(feature, int | float) and (not allowed or Decimal(str(feature)) in allowed)
        for feature in features
    )
