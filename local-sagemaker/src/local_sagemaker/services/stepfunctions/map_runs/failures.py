"""How a Map Run fails: with an error of States, which the Map state's Retry and Catch see."""

from __future__ import annotations

from typing import Any

from moto.stepfunctions.parser.api import HistoryEventType, MapRunFailedEventDetails
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import (
    FailureEvent,
    FailureEventException,
)
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import (
    StatesErrorName,
)
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import (
    StatesErrorNameType,
)
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails

TOLERANCE = StatesErrorNameType.StatesExceedToleratedFailureThreshold
READER = StatesErrorNameType.StatesItemReaderFailed
WRITER = StatesErrorNameType.StatesResultWriterFailed
TOO_LONG = StatesErrorNameType.StatesStatesDataLimitExceeded
RUNTIME = StatesErrorNameType.StatesRuntime


def map_run_failed(env: Any, error: StatesErrorNameType, cause: str) -> FailureEventException:
    """To be raised."""
    details = MapRunFailedEventDetails(error=error.to_name(), cause=cause)
    return FailureEventException(
        FailureEvent(
            env=env,
            error_name=StatesErrorName(error),
            event_type=HistoryEventType.MapRunFailed,
            event_details=EventDetails(mapRunFailedEventDetails=details),
        )
    )
