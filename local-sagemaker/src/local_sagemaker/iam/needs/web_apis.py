"""API Gateway, whose actions are the methods of HTTP, on the paths of its own API."""

from __future__ import annotations

import re
from urllib.parse import quote

from local_sagemaker.iam.need import Need
from local_sagemaker.iam.needs.call import Call
from local_sagemaker.protocol.account import partition_of
from local_sagemaker.protocol.service_models import service_model

WEB_API_SERVICES = ("apigateway", "apigatewayv2")
_LABEL = re.compile(r"\{(\w+)\+?\}")


def web_api_need(call: Call) -> Need:
    """GET on arn:aws:apigateway:eu-west-1::/restapis/a1b2c3/stages, for example."""
    http = service_model(call.service).operation_model(call.operation).http
    shape = service_model(call.service).operation_model(call.operation).input_shape
    members = shape.members.items() if shape else ()
    names = {member.serialization.get("name", name): name for name, member in members}
    path = _LABEL.sub(
        lambda label: quote(call.text(f'"{names.get(label[1], label[1])}"') or "*", safe="*"),
        str(http["requestUri"]).partition("?")[0],
    )
    arn = f"arn:{partition_of(call.region)}:apigateway:{call.region}::{path.removeprefix('/v2')}"
    return Need(f"apigateway:{http['method']}", arn, {})
