"""Service Quotas: ListServiceQuotas, GetServiceQuota and their AWS defaults, of SageMaker."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import (
    InvalidPaginationTokenException,
    NoSuchResourceException,
)
from local_sagemaker.sagemaker.quotas.catalogue import GENEROUS, code_of, quota_names
from local_sagemaker.sagemaker.region import Region

SERVICE_CODE = "sagemaker"
_PAGE = 100


class ServiceQuotas:
    """What an account may have of SageMaker in a region, as it was given and by default."""

    def __init__(self, region: Region) -> None:
        self._region = region

    def operations(self) -> dict[str, Callable[[Document], Document]]:
        return {
            "ListServiceQuotas": lambda request: self._page(request, self._applied),
            "GetServiceQuota": lambda request: self._one(request, self._applied),
            "ListAWSDefaultServiceQuotas": lambda request: self._page(request, _default),
            "GetAWSDefaultServiceQuota": lambda request: self._one(request, _default),
        }

    def _applied(self, name: str) -> int:
        return self._region.settings.quotas.get(name, GENEROUS)

    def _page(self, request: Document, value: Callable[[str], int]) -> Document:
        names = self._names(request)
        start = _start(request.get("NextToken"))
        end = start + request.get("MaxResults", _PAGE)
        answer: Document = {"Quotas": [self._quota(n, value(n)) for n in names[start:end]]}
        if end < len(names):
            answer["NextToken"] = base64.b64encode(str(end).encode()).decode()
        return answer

    def _names(self, request: Document) -> list[str]:
        _check_service(request)
        names = sorted({*quota_names(), *self._region.settings.quotas})
        code = request.get("QuotaCode")
        return [name for name in names if code in (None, code_of(name))]

    def _one(self, request: Document, value: Callable[[str], int]) -> Document:
        names = self._names(request)
        if not names:
            raise NoSuchResourceException("The requested quota does not exist.")
        return {"Quota": self._quota(names[0], value(names[0]))}

    def _quota(self, name: str, value: int) -> Document:
        code = code_of(name)
        return {
            "ServiceCode": SERVICE_CODE,
            "ServiceName": "Amazon SageMaker",
            "QuotaArn": self._region.arn(SERVICE_CODE, code, service="servicequotas"),
            "QuotaCode": code,
            "QuotaName": name,
            "Value": float(value),
            "Unit": "None",
            "Adjustable": True,
            "GlobalQuota": False,
            "QuotaAppliedAtLevel": "ACCOUNT",
        }


def _default(_name: str) -> int:
    return GENEROUS


def _check_service(request: Document) -> None:
    if request["ServiceCode"] != SERVICE_CODE:
        raise NoSuchResourceException(
            f"Local AWS knows the quotas of {SERVICE_CODE} only, not of {request['ServiceCode']}."
        )


def _start(token: str | None) -> int:
    if token is None:
        return 0
    try:
        start = base64.b64decode(token, validate=True)
    except binascii.Error:
        start = b""
    if not start.isdigit():
        raise InvalidPaginationTokenException("Invalid pagination token.")
    return int(start)
