"""The valid values of hyperparameters of the algorithm that was tuned."""

from __future__ import annotations

from tuning.algorithms.valid_range import ValidRange
from tuning.report.run import Run


def valid_values(run: Run) -> dict[str, ValidRange]:
    """Valid ranges by hyperparameter; none are known of an image that is no built-in one."""
    known = run.algorithm.hyperparameters.values() if run.algorithm else ()
    return {each.name: each.range for each in known if each.range is not None}
