"""What a request asks of which operation, whatever its protocol, as moto's parsers read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

from botocore.exceptions import UnknownServiceError
from botocore.model import OperationModel, OperationNotFoundError
from moto.core.parse import PROTOCOL_PARSERS, RequestParserError
from moto.core.request import Request, determine_request_protocol
from moto.core.routing import get_service_router
from moto.core.utils import get_service_model
from werkzeug.exceptions import NotFound


@dataclass(frozen=True)
class ParsedRequest:
    """`members` are those of the operation's input which the request gives."""

    operation: OperationModel
    members: dict[str, Any]

    def texts(self) -> Iterator[str]:
        """Every text that the request gives, at any depth."""
        return _texts(self.members)


class MistypedError(Exception):
    """A value cannot be read as what its member is."""


def parse(service: str, environ: dict[str, Any], body: bytes) -> ParsedRequest | None:
    """None for a service or a protocol that moto does not read.

    Raises MistypedError, and OperationNotFoundError for a request that names no operation.
    """
    request = Request(_with_body(environ, body))
    content = request.get_data(parse_form_data=False)
    try:
        protocol = determine_request_protocol(get_service_model(service), request.content_type)
        operation, in_path = get_service_router(service).match(request)
    except (UnknownServiceError, NotImplementedError):
        return None
    except NotFound:
        raise OperationNotFoundError from None
    overlooked = _subresources(service) & request.args.keys() - _named_in(operation)
    if overlooked:
        raise MistypedError(f"What goes with ?{min(overlooked)} is missing, or is not of {service}")
    parts = {"method": request.method, "values": request.values, "headers": request.headers,
             "body": content, "url_path": request.path, "url_params": in_path}  # fmt: skip
    try:
        members = PROTOCOL_PARSERS[protocol](operation).parse(parts)
    except (RequestParserError, ValueError, TypeError, AttributeError, OverflowError) as fault:
        raise MistypedError(f"A value has not the type of its member: {fault}") from fault
    given = {name: value for name, value in members.items() if value is not None}
    return ParsedRequest(operation, given)


@cache
def _subresources(service: str) -> frozenset[str]:
    """The names by which the queries of S3 tell operations apart; other services have few.

    The router takes PUT /bucket?inventory for CreateBucket where the `id` is missing. Some clients
    add the operation's name as x-id, which tells nothing apart.
    """
    model = get_service_model(service)
    operations = (model.operation_model(name) for name in model.operation_names)
    return frozenset(name for operation in operations for name in _named_in(operation)) - {"x-id"}


def _named_in(operation: OperationModel) -> set[str]:
    uri = urlsplit(operation.http.get("requestUri", ""))
    return set(parse_qs(uri.query, keep_blank_values=True))


def _with_body(environ: dict[str, Any], body: bytes) -> dict[str, Any]:
    """A copy to be read; a target is of the JSON protocols, whatever the content is called."""
    copy = {**environ, "wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    if "HTTP_X_AMZ_TARGET" in environ:
        copy["CONTENT_TYPE"] = "application/x-amz-json-1.1"
    return copy


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts([*value, *value.values()])
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
