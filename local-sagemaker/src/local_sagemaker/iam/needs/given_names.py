"""Names as the services write them in ARNs, of what callers may write in several ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from local_sagemaker.iam.needs.call import Call

Parameters = dict[str, Any]

_FUNCTION = re.compile(
    r"(?:arn:[^:]+:lambda:(?P<region>[^:]+):)?(?:(?P<account>\d{12}):)?(?:function:)?"
    r"(?P<name>[^:]+)(?::(?P<qualifier>[^:]+))?"
)
# Hosting writes its names in lower case into ARNs; jobs and the registry keep theirs.
_LOWER_CASE = ("ModelName", "EndpointName", "EndpointConfigName")


def with_given_names(call: Call) -> Call:
    """The call with names, and ARNs where they say more, in the form that resources take."""
    form = _FORMS.get(call.service)
    return replace(call, parameters=form(call, dict(call.parameters))) if form else call


def _function(call: Call, parameters: Parameters) -> Parameters:
    """Of a name, with account or qualifier or without, or an ARN: the ARN, and the qualifier."""
    match = _FUNCTION.fullmatch(str(parameters.get("FunctionName", "")))
    if match is None:
        return parameters
    own = replace(call, region=match["region"] or call.region)
    arn = own.arn("lambda", f"function:{match['name']}", match["account"])
    qualifier = {"Qualifier": match["qualifier"]} if match["qualifier"] else {}
    return parameters | {"FunctionName": arn} | qualifier


def _bus(call: Call, parameters: Parameters) -> Parameters:
    """What names no bus is of the default one; a bus may be named by its ARN."""
    if call.operation == "PutEvents":
        entries = [entry for entry in parameters.get("Entries", ()) if entry]
        buses = [entry.get("EventBusName") or "default" for entry in entries]
        return parameters | {"Buses": [_bus_arn(call, bus) for bus in buses]}
    bus = str(parameters.pop("EventBusName", "default")).rpartition("/")[2]
    rule = parameters.get("Rule") or parameters.get("Name")
    if bus == "default":
        return parameters | {"RuleOfDefaultBus": rule}
    return parameters | {"EventBusName": bus, "RuleOfBus": rule}


def _bus_arn(call: Call, bus: str) -> str:
    """In this region, whichever an ARN names: that is where the event goes."""
    account = bus.split(":")[4] if bus.count(":") >= 5 else None
    return call.arn("events", f"event-bus/{bus.rpartition('/')[2]}", account)


def _queue(call: Call, parameters: Parameters) -> Parameters:
    """https://sqs.us-east-1.amazonaws.com/123456789012/orders is orders of that account; a name
    alone is taken as well. What comes after the last slash counts, be it a query.
    """
    *before, name = str(parameters.get("QueueUrl", "")).split("/")
    if not name:
        return {key: value for key, value in parameters.items() if key != "QueueArn"}
    account = before[-1] if before and before[-1].isdigit() else None
    return parameters | {"QueueArn": call.arn("sqs", name, account)}


def _parameter(_call: Call, parameters: Parameters) -> Parameters:
    """A name without its first slash, and without the version or label that a request may add."""
    for member in ("Name", "Names", "Path"):
        value = parameters.get(member)
        if isinstance(value, str):
            parameters[member] = _parameter_name(value)
        elif isinstance(value, list):
            parameters[member] = [_parameter_name(each) for each in value]
    return parameters


def _parameter_name(name: str) -> str:
    """GetParametersByPath is asked for on the path without its last slash, too."""
    return name if name.startswith("arn:") else name.partition(":")[0].strip("/")


def _hosted(_call: Call, parameters: Parameters) -> Parameters:
    given = {name: parameters[name] for name in _LOWER_CASE if name in parameters}
    return parameters | {name: str(value).lower() for name, value in given.items()}


_FORMS: Mapping[str, Callable[[Call, Parameters], Parameters]] = {
    "events": _bus,
    "lambda": _function,
    "sagemaker": _hosted,
    "sagemaker-runtime": _hosted,
    "sqs": _queue,
    "ssm": _parameter,
}
