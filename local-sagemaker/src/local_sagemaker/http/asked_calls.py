"""The operation and the parameters that a request asks for, for IAM to decide about.

Whoever wants to get around a policy says one thing to IAM and another to the service: a target
besides a path, an Action in the query besides the one in the body. Such a request is refused, and
so is one that cannot be read here, whatever the service would make of it.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from botocore.exceptions import UnknownServiceError
from botocore.model import OperationNotFoundError

from local_sagemaker.faults.operations import Operation, services_of
from local_sagemaker.http.form_uploads import upload_members
from local_sagemaker.http.mistyped import mistyped
from local_sagemaker.iam.needs.statements import named_tables, statements_of
from local_sagemaker.protocol.authorization import OF_FORM, Credential
from local_sagemaker.protocol.parsed_request import MistypedError, parse
from local_sagemaker.protocol.service_models import service_model
from local_sagemaker.services.called_forms import hide_form
from local_sagemaker.services.partiql import tables_of

_FORM = "application/x-www-form-urlencoded"


class UnclearRequest(Exception):
    """A request that cannot be read, or that may be read in two ways."""


class AskedCall(NamedTuple):
    """`parameters` are in botocore's names, and none is there that the operation does not have."""

    operation: Operation
    parameters: Mapping[str, Any]


def asked_call(environ: dict[str, Any], credential: Credential) -> AskedCall | None:
    """None for an operation that no service of the credential has. Raises UnclearRequest."""
    content = _content(environ, may_be_compressed=credential.service != "s3")
    if "HTTP_ACTION" in environ:  # moto takes headers for parameters where there are no others
        raise UnclearRequest("No service of AWS knows a header Action.")
    if OF_FORM in environ:
        upload = Operation("s3", "PutObject", credential.region)
        return AskedCall(upload, upload_members(environ, content))
    read = _of_target if "HTTP_X_AMZ_TARGET" in environ else _of_other_protocol
    for service in services_of(credential.service):
        found = read(service, environ, content)
        if found is not None:
            name, parameters = found
            _check_statements(service, parameters)
            return AskedCall(Operation(service, name, credential.region), parameters)
    return None


def _content(environ: dict[str, Any], *, may_be_compressed: bool) -> bytes:
    """The body, as it was before it was compressed; it is put back for those who read it next."""
    content: bytes = environ["wsgi.input"].read()  # in memory since its signature was checked
    environ["wsgi.input"] = io.BytesIO(content)
    if environ.get("HTTP_CONTENT_ENCODING") != "gzip" or not may_be_compressed:
        return content
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as fault:
        raise UnclearRequest(f"The request body is not in the gzip format: {fault}") from fault


def _of_target(
    service: str, environ: dict[str, Any], content: bytes
) -> tuple[str, Mapping[str, Any]] | None:
    """Of the JSON protocols, whose requests have nothing but a target and a body."""
    prefix, _, name = environ["HTTP_X_AMZ_TARGET"].rpartition(".")
    try:
        model = service_model(service)
    except UnknownServiceError:
        return None
    if prefix != model.metadata.get("targetPrefix") or name not in model.operation_names:
        return None
    if _query_names(environ) or environ.get("CONTENT_TYPE", "").lower().startswith(_FORM):
        raise UnclearRequest("Besides its target the request has a query, or is called a form.")
    given = _json_object(content)
    fault = mistyped(service, environ, content)
    if fault:
        raise UnclearRequest(fault)
    shape: Any = model.operation_model(name).input_shape
    members = shape.members if shape is not None else ()
    return name, {member: given[member] for member in members if member in given}


def _check_statements(service: str, parameters: Mapping[str, Any]) -> None:
    """A statement in PartiQL has the tables for which IAM is asked."""
    if service != "dynamodb":
        return
    for statement in statements_of(parameters):
        found = tables_of(statement)
        named = {".".join(filter(None, name)) for name in named_tables(statement)}
        if found is not None and found != named:
            raise UnclearRequest("The tables of the statement may be read in two ways.")


def _json_object(content: bytes) -> dict[str, Any]:
    try:
        given = json.loads(content or b"{}")
    except (ValueError, RecursionError) as fault:
        raise UnclearRequest(f"The request body is not JSON: {fault}") from fault
    if not isinstance(given, dict):
        raise UnclearRequest("The request body is no JSON object.")
    return given


def _of_other_protocol(
    service: str, environ: dict[str, Any], content: bytes
) -> tuple[str, Mapping[str, Any]] | None:
    plain = dict(environ)
    hide_form(plain, content)
    if plain.get("CONTENT_TYPE", "").startswith(_FORM) and _query_names(plain):
        raise UnclearRequest("Besides its form the request has a query.")
    try:
        request = parse(service, plain, content)
    except OperationNotFoundError:
        return None
    except (MistypedError, RecursionError) as fault:
        raise UnclearRequest(str(fault)) from fault
    if request is None:
        return None
    if service == "s3" and str(request.members.get("Bucket", "")).startswith("/"):
        raise UnclearRequest("The path begins with two slashes.")  # which moto takes for one
    return request.operation.name, request.members


def _query_names(environ: dict[str, Any]) -> set[str]:
    """Those that are not of a presigned URL."""
    names = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    return {name for name in names if not name.lower().startswith("x-amz-")}
