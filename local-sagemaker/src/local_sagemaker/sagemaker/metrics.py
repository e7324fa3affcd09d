"""Metrics that a job's log reveals through the regular expressions of its MetricDefinitions."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from typing import Any

Observer = Callable[[str, float], None]


class MetricScanner:
    """Reads the metrics out of a log, line by line; the last value of each is its final one."""

    def __init__(self, definitions: Iterable[dict[str, str]], observer: Observer) -> None:
        self._patterns = [
            (definition["Name"], _literal(definition["Regex"]), re.compile(definition["Regex"]))
            for definition in definitions
        ]
        self._observer = observer
        self._last: dict[str, dict[str, Any]] = {}

    def scan(self, line: str) -> None:
        text = line.replace("\t", "#011")
        for name, literal, pattern in self._patterns:
            if literal in text and (match := pattern.search(text)):
                self._record(name, match)

    def final(self) -> list[dict[str, Any]]:
        """The job's FinalMetricDataList."""
        return list(self._last.values())

    def _record(self, name: str, match: re.Match[str]) -> None:
        try:
            value = float(match.group(1))
        except (IndexError, TypeError, ValueError):
            return
        self._last[name] = {"MetricName": name, "Value": value, "Timestamp": time.time()}
        self._observer(name, value)


def _literal(expression: str) -> str:
    """The metric's spelling in the log, when the expression gives it; it spares most matching."""
    spelling = re.search(r"#011[\w-]+:", expression)
    return spelling.group() if spelling else ""
