"""botocore's descriptions of AWS's services, read once: SageMaker's alone takes 50 MB."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

import boto3
import botocore.session
from botocore.model import ServiceModel


def service_names() -> list[str]:
    """The services in boto3's names."""
    names: list[str] = _session().get_available_services()
    return names


def service_model(service: str) -> ServiceModel:
    """Raises UnknownServiceError for what is none of `service_names`."""
    return _session().get_service_model(service)


def session_of(region: str, **keys: str) -> boto3.Session:
    """A session of boto3 that shares what was read: each one alone would read it anew."""
    session = botocore.session.Session()
    session.register_component("data_loader", _session().get_component("data_loader"))
    made: Any = boto3.Session
    return cast(boto3.Session, made(botocore_session=session, region_name=region, **keys))


@cache
def _session() -> botocore.session.Session:
    return botocore.session.Session()
