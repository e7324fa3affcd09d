"""Errors as SageMaker puts them on the wire: the class name is the error code."""

from __future__ import annotations

from typing import Any, ClassVar


class SageMakerError(Exception):
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


class ValidationException(SageMakerError):
    """A request that the service refuses.

    Also for a model, endpoint config or endpoint that is not there, or there already.
    """


class SerializationException(SageMakerError):
    """A body that is not the JSON that the operation takes."""


class UnknownOperationException(SageMakerError):
    """An operation that local AWS does not have."""


class ResourceNotFound(SageMakerError):
    """A training, tuning, transform or processing job that is not there."""

    message_member = "Message"

    def __init__(self, message: str = "Requested resource not found.") -> None:
        super().__init__(message)


class ResourceInUse(SageMakerError):
    """A job name that is taken, or a resource that something else still needs."""

    message_member = "Message"


class ResourceLimitExceeded(SageMakerError):
    """More instances than a quota allows."""

    message_member = "Message"


class NoSuchResourceException(SageMakerError):
    """Service Quotas: a quota or a service that is not there."""

    message_member = "Message"


class InvalidPaginationTokenException(SageMakerError):
    """Service Quotas: a NextToken that it has not given."""

    message_member = "Message"


class ConflictException(SageMakerError):
    """A model package group that has versions, or a token that was used for another request."""

    message_member = "Message"


class ValidationError(SageMakerError):
    """InvokeEndpoint: an endpoint that is not there, or a header out of place."""

    message_member = "Message"


class ModelError(SageMakerError):
    """InvokeEndpoint: the container answered with an error, or not in time."""

    status = 424
    message_member = "Message"


class ServiceUnavailable(SageMakerError):
    """InvokeEndpoint: the container is gone."""

    status = 503
    message_member = "Message"


class RequestTooLarge(SageMakerError):
    """Answered by the service's front, which gives no error code but the HTTP status."""

    status = 413

    @property
    def code(self) -> str:
        return ""

    def body(self) -> dict[str, Any]:
        return {"message": self.message}


class InternalFailure(SageMakerError):
    """A defect of local AWS."""

    status = 500
    message_member = "Message"
