"""What recovery has seen and asked of the endpoint."""

from __future__ import annotations

from typing import Literal

from tuning.variables.variable import Variable


class EndpointState(Variable):
    """The endpoint as InspectEndpoint found it.

    `status` is SageMaker's EndpointStatus, or Untouched (there is nothing to undo), Missing, or
    Unknown (`error` tells why). `ours` says that it serves what the execution has not proven.
    """

    status: str
    config_name: str = ""
    reason: str = ""  # SageMaker's FailureReason
    changing: bool = False  # it takes no request before it has settled
    ours: bool = False
    error: str = ""


class Restoration(Variable):
    """`asked` is the state that asked SageMaker for something, `refused` why that was refused."""

    asked: Literal["", "RestorePrevious", "DeleteEndpoint"] = ""
    refused: str = ""
    left: EndpointState | None = None  # None when the endpoint was not looked at
