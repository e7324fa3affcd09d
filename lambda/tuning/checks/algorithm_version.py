"""The version of a built-in algorithm's image."""

from __future__ import annotations

from collections.abc import Iterator

from tuning.algorithms.algorithm import Algorithm
from tuning.errors import Fault
from tuning.execution_input.execution_input import ExecutionInput


def check(run: ExecutionInput, algorithm: Algorithm) -> Iterator[Fault]:
    """A fault when AlgorithmVersion is none that the algorithm's file knows."""
    if run.algorithm_version not in (None, *algorithm.versions):
        yield Fault(
            "AlgorithmVersion",
            run.algorithm_version,
            f"Retune does not know this version of {algorithm.title}.",
            f"Use one of {', '.join(algorithm.versions)}.",
        )
