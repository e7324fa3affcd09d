"""Errors as SageMaker puts them on the wire: the class name is the error code.

SageMakerError
├── ValidationException        a request that the service refuses; a missing or existing model,
│                              endpoint config or endpoint
├── SerializationException     a body that is not the JSON that the operation takes
├── UnknownOperationException  an operation that does not exist here
├── ResourceNotFound           a missing training, tuning or transform job
├── ResourceInUse              a job name that is taken, a resource that something still needs
├── ConflictException          a model package group that has versions, a token used twice
├── ValidationError            InvokeEndpoint: a missing endpoint, a header out of place
├── ModelError                 InvokeEndpoint: the container answered with an error
├── ServiceUnavailable         InvokeEndpoint: the container is gone
├── RequestTooLarge            InvokeEndpoint: the body exceeds 6 MB
└── InternalFailure            a defect of local AWS
"""

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
    pass


class SerializationException(SageMakerError):
    pass


class UnknownOperationException(SageMakerError):
    pass


class ResourceNotFound(SageMakerError):
    message_member = "Message"

    def __init__(self, message: str = "Requested resource not found.") -> None:
        super().__init__(message)


class ResourceInUse(SageMakerError):
    message_member = "Message"


class ConflictException(SageMakerError):
    message_member = "Message"


class ValidationError(SageMakerError):
    message_member = "Message"


class ModelError(SageMakerError):
    status = 424
    message_member = "Message"


class ServiceUnavailable(SageMakerError):
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
    status = 500
    message_member = "Message"
