"""In front of the server: records each call, lets faults happen, and answers about both.

/_local_aws/faults       GET lists the rules, POST adds one, DELETE removes all
/_local_aws/faults/<id>  DELETE removes one
/_local_aws/calls        GET lists the calls, DELETE forgets them
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Request, Response

from local_sagemaker.faults import answers
from local_sagemaker.faults.calls import Call, Calls
from local_sagemaker.faults.operations import Operation, operation_of
from local_sagemaker.faults.rules import FaultRule, Faults
from local_sagemaker.protocol.callers import Caller, caller_of
from local_sagemaker.protocol.forwarding import remember_caller
from local_sagemaker.protocol.wsgi import WsgiApplication

FAULTS_PATH = "/_local_aws/faults"
CALLS_PATH = "/_local_aws/calls"


class Gate:
    """Wraps the application of the server."""

    def __init__(self, application: WsgiApplication, faults: Faults, calls: Calls) -> None:
        self._application = application
        self._faults = faults
        self._calls = calls

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == CALLS_PATH or path.startswith(FAULTS_PATH):
            return self._control(Request(environ))(environ, start_response)
        remember_caller(environ)
        operation = operation_of(environ)
        if operation is None:
            return self._application(environ, start_response)
        caller = caller_of(environ)
        rule = self._faults.for_call(operation.service, operation.name, str(caller))
        call = self._begin(environ, operation, caller, rule)
        if rule is None:
            return self._application(environ, _noting(call, start_response))
        response = self._faulty(rule, environ, operation, caller)
        if rule.kind not in ("timeout", "crash-after"):
            call.status, call.error = response.status_code, _error_code(response.headers)
        return response(environ, start_response)

    def _faulty(
        self, rule: FaultRule, environ: dict[str, Any], operation: Operation, caller: Caller
    ) -> Response:
        if rule.kind == "timeout":
            return answers.hang(rule, environ)
        if rule.kind == "crash-after":
            run_wsgi_app(self._application, environ, buffered=True)
            return answers.break_connection(environ)
        return answers.refusal(
            rule, environ, service=operation.service, operation=operation.name, caller=str(caller)
        )

    def _begin(
        self, environ: dict[str, Any], operation: Operation, caller: Caller, rule: FaultRule | None
    ) -> Call:
        return self._calls.begin(
            time=time.time(),
            service=operation.service,
            operation=operation.name,
            region=operation.region,
            caller=caller.kind,
            caller_name=caller.name,
            state=caller.state,
            user_agent=environ.get("HTTP_USER_AGENT", ""),
            fault=rule.kind if rule else "",
        )

    def _control(self, request: Request) -> Response:
        if request.path == CALLS_PATH:
            if request.method == "DELETE":
                self._calls.clear()
            return _json({"calls": self._calls.all()})
        if request.method == "POST":
            return self._add(request)
        if request.method == "DELETE":
            rule_id = request.path[len(FAULTS_PATH) :].strip("/") or None
            removed = self._faults.remove(rule_id)
            if rule_id is not None and not removed:
                return _json({"message": f"There is no fault {rule_id}."}, 404)
        return _json({"faults": [asdict(rule) for rule in self._faults.all()]})

    def _add(self, request: Request) -> Response:
        try:
            rule = self._faults.add(json.loads(request.get_data() or b"null"))
        except (ValueError, RecursionError) as fault:  # a RuleError, or no JSON
            return _json({"message": str(fault)}, 400)
        return _json(asdict(rule), 201)


def _noting(call: Call, start_response: Any) -> Any:
    """start_response that fills in how the call ended."""

    def note(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        call.status = int(status.split()[0])
        call.error = _error_code(dict(headers))
        return start_response(status, headers, *rest)

    return note


def _error_code(headers: Any) -> str:
    named = {key.lower(): value for key, value in dict(headers).items()}
    return str(named.get("x-amzn-errortype", "")).split(":")[0]


def _json(content: Any, status: int = 200) -> Response:
    return Response(json.dumps(content), status=status, content_type="application/json")
