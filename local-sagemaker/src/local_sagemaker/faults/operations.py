"""Which operation of which service a request asks for, whatever its protocol."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qs, unquote

import botocore.exceptions
from botocore.model import OperationModel

from local_sagemaker.protocol.authorization import credential_of
from local_sagemaker.protocol.service_models import service_model

_OPERATION = "local_sagemaker.operation"
_PLACEHOLDER = re.compile(r"\\\{(\w+)(\\\+)?\\\}")
# Names that requests are signed for, where boto3 has others.
SIGNING_NAMES = {
    "states": "stepfunctions",
    "monitoring": "cloudwatch",
    "servicequotas": "service-quotas",
}


# Services whose requests are signed for another name than theirs, or for one name with others.
_SIGNED_ALIKE = {
    "apigateway": ("apigateway", "apigatewayv2"),
    "bedrock": ("bedrock", "bedrock-runtime", "bedrock-agent"),
    "dynamodb": ("dynamodb", "dynamodbstreams"),
    "elasticfilesystem": ("efs",),
    "elasticloadbalancing": ("elbv2", "elb"),
    "elasticmapreduce": ("emr",),
    "es": ("opensearch", "es"),
    "kinesisanalytics": ("kinesisanalyticsv2", "kinesisanalytics"),
    "s3": ("s3", "s3control"),
    "sagemaker": ("sagemaker-runtime", "sagemaker-metrics", "sagemaker"),
    "ses": ("ses", "sesv2"),
    "tagging": ("resourcegroupstaggingapi",),
    "timestream": ("timestream-write", "timestream-query"),
}


def services_of(signing_name: str) -> tuple[str, ...]:
    """The services, in boto3's names, whose requests are signed for a name."""
    alone = SIGNING_NAMES.get(signing_name, signing_name)
    return _SIGNED_ALIKE.get(signing_name, (alone,))


@dataclass(frozen=True)
class Operation:
    """In the names of boto3's clients and of the API: sagemaker, CreateModel."""

    service: str
    name: str
    region: str


@dataclass(frozen=True)
class _Route:
    """How a REST operation is recognised."""

    name: str
    method: str
    path: re.Pattern[str]
    query: frozenset[str]
    headers: frozenset[str]


def operation_of(environ: dict[str, Any]) -> Operation | None:
    """None for a request that is not signed for a service. It is kept: several ask in turn."""
    if _OPERATION not in environ:
        environ[_OPERATION] = _operation_of(environ)
    found: Operation | None = environ[_OPERATION]
    return found


def _operation_of(environ: dict[str, Any]) -> Operation | None:
    credential = credential_of(environ)
    if credential is None:
        return None
    service = SIGNING_NAMES.get(credential.service, credential.service)
    path = environ["PATH_INFO"]
    if service == "sagemaker" and path.startswith("/endpoints/"):
        service = "sagemaker-runtime"
    target: str = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2]
    name = target or _cbor_operation(path) or _action(environ) or _rest(service, environ)
    return Operation(service, name or f"{environ['REQUEST_METHOD']} {path}", credential.region)


def _cbor_operation(path: str) -> str:
    match = re.fullmatch(r"/service/[^/]+/operation/([^/]+)", path)
    return match.group(1) if match else ""


def _action(environ: dict[str, Any]) -> str:
    """The Action of the query protocol; the body is put back for those who read it next."""
    if "x-www-form-urlencoded" not in environ.get("CONTENT_TYPE", ""):
        return ""
    body: bytes = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    return parse_qs(body.decode("utf-8", errors="replace")).get("Action", [""])[0]


def _rest(service: str, environ: dict[str, Any]) -> str:
    query = set(parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True))
    headers = {key[5:].replace("_", "-").lower() for key in environ if key.startswith("HTTP_")}
    path = environ.get("RAW_URI", environ["PATH_INFO"]).split("?")[0]
    matching = [
        route
        for route in _routes(service)
        if route.method == environ["REQUEST_METHOD"]
        and route.path.fullmatch(unquote(path))
        and route.query <= query
        and route.headers <= headers
    ]
    best = max(matching, key=lambda r: len(r.query) + len(r.headers), default=None)
    return best.name if best else ""


@cache
def _routes(service: str) -> tuple[_Route, ...]:
    try:
        model = service_model(service)
    except botocore.exceptions.UnknownServiceError:
        return ()
    return tuple(_route(model.operation_model(name)) for name in model.operation_names)


def _route(operation: OperationModel) -> _Route:
    path, _, query = str(operation.http["requestUri"]).partition("?")
    required = {"querystring": set(parse_qs(query, keep_blank_values=True)), "header": set()}
    shape: Any = operation.input_shape
    for member in shape.required_members if shape is not None else ():
        serialization = shape.members[member].serialization
        location = serialization.get("location")
        if location in required:
            required[location].add(serialization.get("name", member))
    pattern = _PLACEHOLDER.sub(lambda m: ".+" if m.group(2) else "[^/]+", re.escape(path))
    return _Route(
        name=operation.name,
        method=str(operation.http["method"]),
        path=re.compile(pattern + "/?", re.DOTALL),
        query=frozenset(required["querystring"]),
        headers=frozenset(header.lower() for header in required["header"]),
    )
