"""botocore's descriptions of AWS's services, read once: SageMaker's alone takes 50 MB."""

from __future__ import annotations

import threading
from functools import cache
from typing import Any

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


def new_client(service: str, region: str, **given: Any) -> Any:
    """A client of boto3; what is `given` are `boto3.Session.client`'s arguments, keys among them.

    Clients are used by any thread, and made by one at a time, as boto3 asks for. They share a
    session, which takes as long to make as a client does.
    """
    with _making:
        return _boto3_session().client(service, region_name=region, **given)


def loader() -> Any:
    """botocore's loader, which keeps what it has read."""
    return _session().get_component("data_loader")


_making = threading.Lock()


@cache
def _boto3_session() -> Any:
    return boto3.Session(botocore_session=_session())


@cache
def _session() -> botocore.session.Session:
    return botocore.session.Session()
