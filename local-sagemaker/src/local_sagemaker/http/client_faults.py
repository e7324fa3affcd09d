"""Whether it was the request that moto stumbled over, and AWS's error for it.

moto trusts its callers. What AWS refuses makes it raise a KeyError or a ValueError somewhere, as a
defect of local AWS does. The request is at fault where there is evidence for it: it breaks its API
description, the exception quotes a value that the request gives, or moto refuses it with a plain
Exception. Everything else is a defect.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from traceback import walk_tb
from typing import Any
from urllib.parse import unquote

import moto
from botocore.model import OperationModel, OperationNotFoundError
from werkzeug.wrappers import Response

from local_sagemaker import services
from local_sagemaker.faults.answers import code_and_status
from local_sagemaker.faults.operations import SIGNING_NAMES
from local_sagemaker.http.documents import document_fault
from local_sagemaker.http.misnamed import misnamed
from local_sagemaker.http.model_faults import absent_members, arn_fault, content_fault, model_fault
from local_sagemaker.protocol.authorization import credential_of
from local_sagemaker.protocol.parsed_request import MistypedError, ParsedRequest, parse
from local_sagemaker.protocol.unanswered import error_answer, unknown_operation

_ABSENT = ("NotFound", "NoSuch", "DoesNotExist", "NotExist")
_INVALID = ("InvalidArn", "InvalidParameter", "Validation", "InvalidInput", "InvalidArgument")
_OURS, _MOTO = Path(services.__file__).parent, Path(moto.__file__).parent
_QUOTED = 150  # characters of a long value; Python's own messages leave out the rest


def client_fault(environ: dict[str, Any], body: bytes, stumble: Exception) -> Response | None:
    """The answer to a request that moto stumbled over; None for a defect of local AWS."""
    service = called_service(environ)
    broken_rule = content_fault(service, environ, body)
    try:
        request = parse(service, environ, body)
    except OperationNotFoundError:
        return unknown_operation(environ)
    except MistypedError as fault:
        return _refusal(environ, service, None, broken_rule or str(fault))
    if request is None:
        return None
    broken_rule = broken_rule or model_fault(request)
    if broken_rule:
        return _refusal(environ, service, None, broken_rule)
    broken_text = arn_fault(request) or document_fault(request)
    if broken_text:
        return _refusal(environ, service, request.operation, broken_text)
    if _is_ours(stumble):
        return None
    return _by_quotation(environ, service, request, stumble)


def name_fault(environ: dict[str, Any], body: bytes) -> Response | None:
    """The answer to a request that gives something a name which AWS does not take."""
    service = called_service(environ)
    fault = misnamed(service, environ, body)
    return _refusal(environ, service, None, fault) if fault else None


def called_service(environ: dict[str, Any]) -> str:
    """In the names of boto3's clients; empty for a form, whose signature is in its fields."""
    credential = credential_of(environ)
    if credential is None:
        return ""
    return SIGNING_NAMES.get(credential.service, credential.service)


def _is_ours(stumble: Exception) -> bool:
    """Whether the code that came last is of local AWS, and not moto's."""
    frames = [Path(frame.f_code.co_filename) for frame, _ in walk_tb(stumble.__traceback__)]
    for file in reversed(frames):
        if file.is_relative_to(_OURS):
            return True
        if file.is_relative_to(_MOTO):
            return False
    return False


def _by_quotation(
    environ: dict[str, Any], service: str, request: ParsedRequest, stumble: Exception
) -> Response | None:
    operation = request.operation
    if isinstance(stumble, KeyError):
        key = unquote(str(stumble.args[0])) if stumble.args else ""
        if key in _values(request):
            return _absence(environ, service, operation, key)
        if key in _left_out(request):
            return unknown_operation(environ, f"{operation.name} without {key}")
        if service == "s3" and key == "key":  # moto takes what it does not know for a form
            return unknown_operation(environ, operation.name)
    if type(stumble) is Exception:  # moto refuses, without a class for it
        return _refusal(environ, service, operation, str(stumble))
    if isinstance(stumble, ValueError) and _quotes(stumble, request):
        return _refusal(environ, service, operation, f"Invalid value: {stumble}")
    return None


def _quotes(stumble: ValueError, request: ParsedRequest) -> bool:
    return any(repr(text)[:_QUOTED] in str(stumble) for text in request.texts())


def _left_out(request: ParsedRequest) -> set[str]:
    """Members that AWS does without, at any depth."""
    shape: Any = request.operation.input_shape
    return set(absent_members(shape, request.members)) if shape is not None else set()


def _values(request: ParsedRequest) -> set[str]:
    """The texts of the request, and the parts of its ARNs."""
    return {part for text in request.texts() for part in (text, *_parts(text))}


def _parts(text: str) -> Iterator[str]:
    if text.startswith("arn:"):
        yield from text.split(":")[5:]
        yield text.rpartition("/")[2]


def _absence(
    environ: dict[str, Any], service: str, operation: OperationModel, name: str
) -> Response:
    found = _error_of(operation, _ABSENT)
    if found is None:
        return _refusal(environ, service, operation, f"There is no {name}.")
    return error_answer(environ, found[0], f"There is no {name}.", found[1])


def _refusal(
    environ: dict[str, Any], service: str, operation: OperationModel | None, message: str
) -> Response:
    common = code_and_status("validation", service, "")
    code, status = (operation and _error_of(operation, _INVALID)) or common
    return error_answer(environ, code, message, status)


def _error_of(operation: OperationModel, words: tuple[str, ...]) -> tuple[str, int] | None:
    """Code and status of the first error that the operation has, in the order of `words`."""
    for word in words:
        for shape in operation.error_shapes:
            error = shape.metadata.get("error", {})
            if word in shape.name and error.get("httpStatusCode", 400) < 500:
                return error.get("code", shape.name), error.get("httpStatusCode", 400)
    return None
