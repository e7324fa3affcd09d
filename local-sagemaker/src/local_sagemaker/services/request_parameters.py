"""What a request asks moto for: the operation, the parameters and the region.

A target and a JSON body say it all, or a path and a method, and a region the signature. moto takes
what follows an & in any body for parameters besides, `Action` for the operation, and looks for a
region in the URL and the user agent first. So a secret's text could name another secret.
"""

from __future__ import annotations

from functools import wraps
from typing import Any
from urllib.parse import parse_qs

from botocore.exceptions import UnknownServiceError
from moto.core.responses import BaseResponse
from moto.core.utils import get_service_model

from local_sagemaker.protocol.authorization import credential_of
from local_sagemaker.services.patching import replace


def install() -> None:
    set_up, action_of = BaseResponse.setup_class, BaseResponse._get_action

    @wraps(set_up)
    def setting_up(response: Any, request: Any, *given: Any, **named: Any) -> None:
        set_up(response, request, *given, **named)
        if "X-Amz-Target" in request.headers:
            response.querystring = response.data = {}
        elif _protocol(response) == "rest-json":
            query = parse_qs(response.parsed_url.query, keep_blank_values=True)
            response.querystring = response.data = query

    @wraps(action_of)
    def action(response: Any) -> Any:
        target = response.headers.get("X-Amz-Target", "")
        if target:
            return target.rpartition(".")[2]
        if _protocol(response).startswith("rest-"):
            return response._get_action_from_method_and_request_uri(response.normalized_request)
        return action_of(response)

    replace(BaseResponse, "setup_class", setting_up)
    replace(BaseResponse, "_get_action", action)
    replace(BaseResponse, "get_region_from_url", _region)


def _region(response: Any, request: Any, _full_url: str) -> str:
    credential = credential_of(request.environ)
    return credential.region if credential else str(response.default_region)


def _protocol(response: Any) -> str:
    """Empty for what is no service of AWS."""
    try:
        return str(get_service_model(response.boto3_service_name).protocol)
    except UnknownServiceError:
        return ""
