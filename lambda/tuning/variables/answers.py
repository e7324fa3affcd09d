"""How a model's answers compare with the labels of the test channel: counts, never a row."""

from __future__ import annotations

from tuning.variables.variable import Variable


class Confusion(Variable):
    """How many rows of each true class (a row) got each predicted class (a column).

    `threshold` is the probability above which a row counts as class 1; None with more classes,
    of which the most probable one counts.
    """

    threshold: float | None = None
    counts: tuple[tuple[int, ...], ...]

    @property
    def rows(self) -> int:
        return sum(map(sum, self.counts))


class CalibrationPart(Variable):
    """Rows of about the same predicted probability of class 1, and how many were of class 1."""

    rows: int
    predicted: float  # the mean
    actual: float  # the share of class 1


class ResidualPart(Variable):
    """Rows whose label lies above the prediction by `low` to `high`."""

    low: float
    high: float
    rows: int


class Answers(Variable):
    """What fits the problem: a confusion matrix and calibration for classes, residuals for values.

    `base_rate` is the share of class 1 in all rows, `top_rate` that in the tenth of the rows that
    the model ranks highest.
    """

    confusion: Confusion | None = None
    base_rate: float | None = None
    top_rate: float | None = None
    calibration: tuple[CalibrationPart, ...] = ()
    residuals: tuple[ResidualPart, ...] = ()
    mean_residual: float | None = None
