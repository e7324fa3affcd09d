"""Errors as SageMaker puts them on the wire: the class name is the error code."""

from __future__ import annotations

from typing import Any

from local_sagemaker.protocol.api_errors import ApiError


class SageMakerError(ApiError):
    """Base of what a client of SageMaker gets as an error answer."""


class ValidationException(SageMakerError):
    """A request that the service refuses.

    Also for a model, endpoint config or endpoint that is not there, or there already, and for a
    training, transform or processing job that is not there.
    """


class ResourceNotFound(SageMakerError):
    """A tuning job, a pipeline or an execution that is not there."""

    message_member = "Message"


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
    """A group that has versions, a pipeline that runs, or a token that was used otherwise."""

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


class ModelNotReadyException(SageMakerError):
    """InvokeEndpoint: a model of a multi-model endpoint that cannot be loaded."""

    status = 429
    message_member = "Message"


class RequestTooLarge(SageMakerError):
    """Answered by the service's front, which gives no error code but the HTTP status."""

    status = 413

    @property
    def code(self) -> str:
        return ""

    def body(self) -> dict[str, Any]:
        return {"message": self.message}
