"""A metric's Regex (MetricDefinitions), by which SageMaker finds its values in a job's log."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

Reader = Callable[[str], float | None]


class UnreadableRegex(ValueError):
    """A metric's Regex with which no value can be found here, in a sentence."""


def metric_reader(metric: str, regex: str) -> Reader:
    """Tells of a line of the log the metric's value, if it has one that is a finite number.

    Raises:
        UnreadableRegex: SageMaker's dialect is another one than Python's, or there is no group.
    """
    try:
        pattern = re.compile(regex)
    except (re.error, OverflowError) as error:
        raise UnreadableRegex(f"The Regex of {metric} cannot be read here: {error}.") from error
    if not pattern.groups:
        raise UnreadableRegex(f"The Regex of {metric} has no group that is the value.")
    return lambda line: _value(pattern, line)


def _value(pattern: re.Pattern[str], line: str) -> float | None:
    """SageMaker's log agent writes a tab as #011, which its own expressions count on."""
    found = pattern.search(line) or pattern.search(line.replace("\t", "#011"))
    try:
        value = float(found[1] or "") if found else None  # a group that took no part has None
    except ValueError:
        return None
    return value if value is not None and math.isfinite(value) else None
