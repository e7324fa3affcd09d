"""$predictions: what the endpoint answered when VerifyEndpoint asked it."""

from __future__ import annotations

from tuning.variables.variable import Variable


class Prediction(Variable):
    """A row's label and the endpoint's answer, of several values where it tells one a class.

    A label that is no number is not kept.
    """

    actual: float | None = None
    predicted: float | tuple[float, ...]


class Predictions(Variable):
    """`proven` is false while the endpoint changes: then it must be asked again.

    `rows_like_transform` counts the rows of the test channel for which the endpoint answered what
    the transform job of the same model had predicted.
    """

    endpoint_name: str
    rows: tuple[Prediction, ...]
    rows_like_transform: int
    proven: bool
