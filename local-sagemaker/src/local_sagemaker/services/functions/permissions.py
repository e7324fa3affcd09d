"""Statements of a function's policy: of which version or alias, and with ids of their own."""

from __future__ import annotations

import json
from typing import Any

from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.models import LambdaBackend

from local_sagemaker.services.patching import replace

_MOST_BYTES = 20_480  # "Lambda quotas" of the developer guide: a function's resource-based policy


class StatementExistsError(LambdaClientError):
    """Lambda's ResourceConflictException."""

    code = 409

    def __init__(self, statement_id: str) -> None:
        words = (
            f"The statement id ({statement_id}) provided already exists. Please provide a new "
            "statement id, or remove the existing statement."
        )
        super().__init__("ResourceConflictException", words)


class PolicyTooLongError(LambdaClientError):
    """Lambda's PolicyLengthExceededException, in words that were seen on AWS."""

    def __init__(self, size: int) -> None:
        words = f"The final policy size ({size}) is bigger than the limit ({_MOST_BYTES})."
        super().__init__("PolicyLengthExceededException", words)


def install() -> None:
    add_by_moto = LambdaBackend.add_permission

    def add_permission(backend: Any, name: str, qualifier: str | None, raw: str) -> Any:
        wanted = json.loads(raw).get("StatementId")
        qualifier = qualifier or _qualifier_in(name)
        function = backend.get_function(name, qualifier)
        resource = _resource(function.function_arn, qualifier)
        if any(
            statement.get("Sid") == wanted and statement.get("Resource") == resource
            for statement in function.policy.statements
        ):
            raise StatementExistsError(wanted)
        added = add_by_moto(backend, name, qualifier, raw)
        policy = function.policy.get_policy()["Policy"]
        size = len(json.dumps(policy, separators=(",", ":")))
        if size > _MOST_BYTES:
            function.policy.statements.pop()
            raise PolicyTooLongError(size)
        return added

    replace(LambdaBackend, "add_permission", add_permission)


def _qualifier_in(name: str) -> str | None:
    """The version or alias at the end of a function's name or ARN; moto forgets it."""
    function = name.rpartition(":function:")[2]
    return function.partition(":")[2] or None


def _resource(arn: str, qualifier: str | None) -> str:
    """What a statement is about: a version or an alias has a policy of its own."""
    unqualified = ":".join(arn.split(":")[:7])
    return f"{unqualified}:{qualifier}" if qualifier else unqualified
