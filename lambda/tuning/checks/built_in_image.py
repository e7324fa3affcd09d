"""The image of a built-in algorithm: is there this version of it, and is it in this region?"""

from __future__ import annotations

from collections.abc import Iterator

from tuning.algorithms import images
from tuning.algorithms.algorithm import Algorithm
from tuning.errors import Fault
from tuning.execution_input.execution_input import ExecutionInput


def check(run: ExecutionInput, algorithm: Algorithm, region: str | None) -> Iterator[Fault]:
    """Faults of AlgorithmVersion, and of Algorithm in a region, where that is known."""
    if run.algorithm_version not in (None, *algorithm.versions):
        yield Fault(
            "AlgorithmVersion",
            run.algorithm_version,
            f"Retune does not know this version of {algorithm.title}.",
            f"Use one of {', '.join(algorithm.versions)}.",
        )
    known = images.regions(run.algorithm)
    if region is not None and region not in known:
        yield Fault(
            "Algorithm",
            run.algorithm,
            f"No image account is known for the region {region}.",
            f"Deploy to one of {', '.join(known)}, or add the account to "
            "tuning/algorithms/images.json.",
        )
