"""What StartOnArrival is told: by EventBridge of an object, by a schedule that it is time."""

from __future__ import annotations

from datetime import datetime

from tuning.variables.variable import Variable


class WaitingModel(Variable):
    """A model whose file has `Arrivals`; the rule on its channels holds this."""

    model_name: str
    endpoint_name: str
    quiet_in_seconds: int
    max_wait_in_seconds: int


class NewObject(Variable):
    """An object has come into a channel of the model."""

    model: WaitingModel
    bucket: str
    key: str
    time: datetime


class TimeToStart(Variable):
    """The model's data have come to rest. A call that is made twice has the same `call_id`."""

    model: WaitingModel
    call_id: str
