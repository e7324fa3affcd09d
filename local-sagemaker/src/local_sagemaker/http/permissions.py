"""Calls of roles and users are answered only if IAM's policies allow what the call needs.

Whoever started the server is limited by nobody, and so are services that act on their own.

/_local_aws/permissions  GET lists what was asked of the policies, DELETE forgets it
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from werkzeug.wrappers import Response

from local_sagemaker.http.asked_calls import AskedCall, UnclearRequest, asked_call
from local_sagemaker.http.asked_permissions import AskedPermissions
from local_sagemaker.http.denials import denial, words
from local_sagemaker.http.request_keys import request_keys
from local_sagemaker.iam.needs import needs_of
from local_sagemaker.protocol.authorization import Credential, credential_of
from local_sagemaker.protocol.service_models import service_model
from local_sagemaker.protocol.unanswered import error_answer, unknown_operation
from local_sagemaker.protocol.wsgi import WsgiApplication
from local_sagemaker.services.known_resources import KnownResources
from local_sagemaker.services.permissions.decisions import verdict_of
from local_sagemaker.services.permissions.identities import Identity, identity_of
from local_sagemaker.services.session_tokens import is_temporary
from local_sagemaker.stepfunctions.tasks.tokens import holder_of

_OF_USERS = (("sts", "GetSessionToken"), ("sts", "GetFederationToken"))
"""What no session may call, whatever its policies say (hashicorp/vault#4108)."""
_NO_USER = "Must specify userName when calling with non-User credentials"
"""kubernetes-sigs/boskos#166."""
PERMISSIONS_PATH = "/_local_aws/permissions"
TagsOf = Callable[[str], Mapping[str, str]]
_logger = logging.getLogger(__name__)


class Permissions:
    """Wraps the application; `tags_of` tells the tags of a resource by its ARN."""

    def __init__(self, application: WsgiApplication, tags_of: TagsOf) -> None:
        self._application = application
        self._tags_of = tags_of
        self._asked = AskedPermissions()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == PERMISSIONS_PATH:
            return self._control(environ)(environ, start_response)
        credential = credential_of(environ)
        identity = identity_of(credential.access_key_id) if credential else None
        refusal = None
        if credential is not None and identity is not None:
            refusal = self._refusal(environ, credential, identity)
        return (refusal or self._application)(environ, start_response)

    def _refusal(
        self, environ: dict[str, Any], credential: Credential, identity: Identity
    ) -> Response | None:
        try:
            asked = asked_call(environ, credential)
        except UnclearRequest as fault:
            return error_answer(environ, "SerializationException", str(fault), 400)
        if asked is None:
            return unknown_operation(environ)
        operation, account = asked.operation, identity.principal.account
        named = (operation.service, operation.name)
        if named in _OF_USERS and is_temporary(credential.access_key_id):
            message = f"Cannot call {operation.name} with session credentials"
            return denial(environ, operation.service, message)
        call = (operation.service, operation.name, asked.parameters, operation.region, account)
        known = KnownResources(account, holder_of, identity.principal.arn)
        for need in needs_of(*call, known):
            keys = request_keys(environ, credential, need.resource, self._tags_of)
            verdict = verdict_of(identity, need, keys)
            self._asked.note(identity, operation, need, verdict)
            if not verdict.is_allowed:
                message = words(identity.principal.arn, need, verdict)
                _logger.warning("denied %s.%s: %s", operation.service, operation.name, message)
                return denial(environ, operation.service, message)
        if _lacks_user(asked) and ":user/" not in identity.principal.arn:
            return error_answer(environ, "ValidationError", _NO_USER, 400)
        return None

    def _control(self, environ: dict[str, Any]) -> Response:
        if environ["REQUEST_METHOD"] == "DELETE":
            self._asked.clear()
        content = json.dumps({"permissions": self._asked.all()})
        return Response(content, content_type="application/json")


def _lacks_user(asked: AskedCall) -> bool:
    """Whether IAM would take the user of a call from the key that signs it."""
    if asked.operation.service != "iam" or asked.parameters.keys() & {"UserName", "AllUsers"}:
        return False
    shape: Any = service_model("iam").operation_model(asked.operation.name).input_shape
    return shape is not None and "UserName" in shape.members
