"""Whether an endpoint predicts what a batch transform job of the same model has predicted."""

from __future__ import annotations

from collections.abc import Sequence
from math import isclose

from tuning.evaluation.transform_output import read_predictions
from tuning.variables.predictions import Prediction

# Both write 32-bit floats as text; a rounding in the last digits is no other model.
RELATIVE, ABSOLUTE = 1e-4, 1e-6


def difference(rows: Sequence[Prediction], transformed: bytes) -> str | None:
    """A sentence about the first row that the endpoint predicts differently; None without one.

    `rows` is the endpoint's answer as tuning.endpoint.verification returns it. `transformed` is the
    beginning of the transform job's output; both begin with the same row.
    """
    lines = transformed.decode("utf-8", errors="replace").splitlines()[: len(rows)]
    written = list(read_predictions(lines))
    if len(written) < len(rows):
        return f"the transform job predicted {len(written)} rows, the endpoint {len(rows)}"
    for number, (row, expected) in enumerate(zip(rows, written, strict=False), start=1):
        served = _values(row.predicted)
        if len(served) != len(expected) or not all(map(_alike, served, expected)):
            return f"row {number} got {served}, and the transform job of this model {expected}"
    return None


def _values(predicted: float | tuple[float, ...]) -> list[float]:
    return list(predicted) if isinstance(predicted, tuple) else [predicted]


def _alike(one: float, other: float) -> bool:
    return isclose(one, other, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
