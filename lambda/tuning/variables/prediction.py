"""What an endpoint predicted of a row that VerifyEndpoint asked it about."""

from __future__ import annotations

from tuning.variables.variable import Variable


class Prediction(Variable):
    """A row's label and the endpoint's answer, of several values where it tells one a class."""

    actual: float | str
    predicted: float | tuple[float, ...]
