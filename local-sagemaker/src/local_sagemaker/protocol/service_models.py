"""botocore's descriptions of AWS's services, read once: SageMaker's alone takes 50 MB."""

from __future__ import annotations

from functools import cache

import botocore.session
from botocore.model import ServiceModel


def service_names() -> list[str]:
    """The services in boto3's names."""
    names: list[str] = _session().get_available_services()
    return names


def service_model(service: str) -> ServiceModel:
    """Raises UnknownServiceError for what is none of `service_names`."""
    return _session().get_service_model(service)


@cache
def _session() -> botocore.session.Session:
    return botocore.session.Session()
