"""What the image's server makes of that which output_fn or transform_fn gives back.

A model alone is served by Flask 1.1.1, which scikit-learn's images have up to 1.4-2
(requirements.txt of aws/sagemaker-scikit-learn-container), with the Transformer of
aws/sagemaker-containers; the models of a multi-model endpoint by awslabs/multi-model-server,
with that of aws/sagemaker-inference-toolkit.
"""

from __future__ import annotations

import json
from typing import Any

from werkzeug.wrappers import Response

from local_sagemaker.containers.inference_server import Refusal

_JSON = "application/json"
_HTML = "text/html"  # Flask's type of a text that comes without one


def by_flask(result: Any) -> Response:
    """The answer of the server of one model; a type of texts gets its charset.

    Raises:
        TypeError: neither text, bytes, a dictionary nor a response, alone or with its type.
    """
    if isinstance(result, Response):
        return result
    if isinstance(result, dict):
        body = json.dumps(result, sort_keys=True, separators=(",", ":"))
        return Response(f"{body}\n", mimetype=_JSON)
    body, media_type = result if isinstance(result, tuple) else (result, _HTML)
    if not isinstance(body, str | bytes | bytearray):
        raise TypeError(
            "The view function did not return a valid response. The return type must be a string, "
            f"dict, tuple, Response instance, or WSGI callable, but it was a {type(body).__name__}."
        )
    return Response(body if isinstance(body, str) else bytes(body), mimetype=media_type)


def by_model_server(result: Any, accept: str) -> Response:
    """The answer of the server of many models.

    Raises:
        Refusal: neither text, bytes nor what is JSON, alone or with its type.
    """
    body, media_type = result if isinstance(result, tuple) else (result, accept)
    if not isinstance(body, str | bytes | bytearray):
        try:
            body = json.dumps(body, indent=2)
        except TypeError as fault:
            raise Refusal(503, "Unsupported model output data type.") from fault
    content = body if isinstance(body, str) else bytes(body)
    return Response(content, content_type=media_type)
