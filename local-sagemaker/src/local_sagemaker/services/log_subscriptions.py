"""Subscription filters of CloudWatch Logs: functions get the events whose words a filter names.

User guide, "Filter pattern syntax for metric filters, subscription filters, ...": words and quoted
phrases, all of which an event must have. Other patterns are refused. A function's policy must let
CloudWatch Logs invoke it for the group ("Subscription filters with AWS Lambda").
"""

from __future__ import annotations

import base64
import gzip
import json
import logging
import re
from typing import Any

from moto.logs.exceptions import InvalidParameterException
from moto.logs.models import LogsBackend, LogStream

from local_sagemaker.protocol.account import ACCOUNT
from local_sagemaker.services.patching import replace
from local_sagemaker.services.permissions.service_access import admits
from local_sagemaker.services.targets import Sender, action_on, send, service_of

_TERM = r'(?:\w+|"[^"]+")'
_PATTERN = re.compile(rf"\s*(?:{_TERM}(?:\s+{_TERM})*\s*)?")
_FUNCTION_LOGS = "/aws/lambda/"
_logger = logging.getLogger(__name__)


def install() -> None:
    put, send_by_moto = LogsBackend.put_subscription_filter, LogStream._send_log_events

    def put_filter_that_works(
        backend: Any, group: str, name: str, pattern: str | None, destination: str, role: str | None
    ) -> None:
        _check(group, pattern or "", destination)
        found = backend.groups.get(group)
        if found is not None and service_of(destination) == "lambda":
            _check_permission(found.arn, destination)
        put(backend, group, name, pattern, destination, role)

    def send_log_events(stream: Any, **named: Any) -> None:
        group, destination = stream.log_group, named["destination_arn"]
        pattern = group.subscription_filters[named["filter_name"]].filter_pattern or ""
        events = [each for each in named["log_events"] if _matches(pattern, each["message"])]
        if not events:
            return
        try:
            if named["service"] == "lambda":
                _check_permission(group.arn, destination)
                send(Sender("logs"), destination, _record(stream, named["filter_name"], events))
            else:
                send_by_moto(stream, **(named | {"log_events": events}))
        except Exception:  # as for a function that is gone: who writes the log goes on
            _logger.warning("%s did not reach %s", group.name, destination, exc_info=True)

    replace(LogsBackend, "put_subscription_filter", put_filter_that_works)
    replace(LogStream, "_send_log_events", send_log_events)


def _check(group: str, pattern: str, destination: str) -> None:
    """Raises InvalidParameterException; that of a function's own log is in AWS's words."""
    if not _PATTERN.fullmatch(pattern):
        raise InvalidParameterException(
            f"filterPattern {pattern}: local AWS knows words and quoted phrases, which an event "
            "must all have."
        )
    name = destination.split(":")[6:7]
    if service_of(destination) == "lambda" and [group.removeprefix(_FUNCTION_LOGS)] == name:
        raise InvalidParameterException(
            "The log group provided is reserved for the function logs of the destination function."
        )


def _check_permission(group_arn: str, function: str) -> None:
    """Raises InvalidParameterException, in AWS's words, also where there is no such function."""
    if admits("logs.amazonaws.com", action_on("lambda"), function, f"{group_arn}:*"):
        return
    raise InvalidParameterException(
        "Could not execute the lambda function. Make sure you have given CloudWatch Logs "
        "permission to execute your function."
    )


def _matches(pattern: str, message: str) -> bool:
    return all(term.strip('"') in message for term in re.findall(_TERM, pattern))


def _record(stream: Any, name: str, events: list[dict[str, Any]]) -> str:
    """The event of a function: the messages as JSON, compressed, in base64."""
    told = {
        "messageType": "DATA_MESSAGE",
        "owner": ACCOUNT,
        "logGroup": stream.log_group.name,
        "logStream": stream.log_stream_name,
        "subscriptionFilters": [name],
        "logEvents": events,
    }
    data = base64.b64encode(gzip.compress(json.dumps(told).encode())).decode()
    return json.dumps({"awslogs": {"data": data}})
