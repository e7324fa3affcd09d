"""Errors of the services that speak JSON, as they go over the wire: the class name is the code."""

from __future__ import annotations

from typing import Any, ClassVar


class ApiError(Exception):
    """Base of what a client gets as an error answer."""

    status: ClassVar[int] = 400
    message_member: ClassVar[str] = "message"

    def __init__(self, message: str, **members: Any) -> None:
        super().__init__(message)
        self.message = message
        self.members = members

    @property
    def code(self) -> str:
        return type(self).__name__

    def body(self) -> dict[str, Any]:
        return {"__type": self.code, self.message_member: self.message, **self.members}


class SerializationException(ApiError):
    """A body that is not the JSON that the operation takes."""


class UnknownOperationException(ApiError):
    """An operation that local AWS does not have."""


class InternalFailure(ApiError):
    """A defect of local AWS."""

    status = 500
    message_member = "Message"
