"""The WSGI application: SageMaker's control plane, its runtime and its quotas on one address.

The control plane and Service Quotas speak JSON 1.1 with the operation in X-Amz-Target; the runtime
is POST /endpoints/<name>/invocations and /async-invocations. Resources are kept apart by region.
"""

from __future__ import annotations

import re

from werkzeug.wrappers import Request, Response

from local_sagemaker.protocol.api_errors import UnknownOperationException
from local_sagemaker.protocol.json_service import JsonService, json_body
from local_sagemaker.sagemaker.account_region import AccountRegion
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.settings import Settings
from local_sagemaker.sagemaker.tuning.tuning_jobs import SearchFactory
from local_sagemaker.search.strategies import create_search

_SERVICES = {"SageMaker": "sagemaker", "ServiceQuotasV20190624": "service-quotas"}
_INVOCATIONS = re.compile(r"/endpoints/([^/]+)/(async-)?invocations")


class SageMakerApplication(JsonService[AccountRegion]):
    """Serves every region; close() ends every container."""

    def __init__(self, settings: Settings, create_search: SearchFactory = create_search) -> None:
        super().__init__("1.1")
        self._settings = settings
        self._create_search = create_search

    def _open(self, region: str) -> AccountRegion:
        return AccountRegion(Region(self._settings, region), self._create_search)

    def tags_of(self, arn: str) -> dict[str, str]:
        """The tags of a resource; none of what is not there."""
        tags = self.region(arn.split(":")[3]).tags
        return {tag["Key"]: tag["Value"] for tag in tags.of(arn)}

    def _answer(self, request: Request, held: AccountRegion) -> Response:
        invoked = _INVOCATIONS.fullmatch(request.path)
        if invoked and request.method == "POST" and "X-Amz-Target" not in request.headers:
            name, asynchronous = invoked.groups()
            if asynchronous:
                return held.async_invocations.invoke(name, request)
            return held.invocations.invoke(name, request)
        service, name = _operation(request, held)
        return self._response(held.carry_out(service, name, json_body(request)))


def _operation(request: Request, held: AccountRegion) -> tuple[str, str]:
    """The service and the operation's name."""
    target, _, name = request.headers.get("X-Amz-Target", "").partition(".")
    service = _SERVICES.get(target, "")
    if name not in held.operations.get(service, {}):
        asked = name or f"{request.method} {request.path}"
        owner = "Service Quotas" if service == "service-quotas" else "SageMaker"
        raise UnknownOperationException(f"Local AWS has no {owner} operation '{asked}'.")
    return service, name
