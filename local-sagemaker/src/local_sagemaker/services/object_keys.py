"""Keys of S3: how long they may be, the pages of their lists, and their encoding there.

XML has no characters such as NUL, keys may have them. With `encoding-type=url`, which boto3 and the
AWS command line ask for, every key, prefix, delimiter and marker of a list is written as in a URL
(S3's API Reference, ListObjectsV2). Without it S3 sends what XML cannot carry, and so does moto.
"""

from __future__ import annotations

import re
from functools import wraps
from typing import Any
from urllib.parse import quote

from moto.core.responses import ActionResult
from moto.s3.exceptions import InvalidArgumentError, S3ClientError
from moto.s3.responses import S3Response

from local_sagemaker.services.patching import replace

_MOST_BYTES = 1024  # of UTF-8 (S3's User Guide, "Naming Amazon S3 objects")
_LISTS = ("list_objects", "list_objects_v2", "list_object_versions", "list_multipart_uploads")
_NUMBERS, _MOST_KEYS = frozenset({"max-keys", "max-uploads"}), 2**31 - 1
_ENCODED = frozenset(
    {"Delimiter", "Key", "KeyMarker", "Marker", "NextKeyMarker", "NextMarker", "Prefix",
     "StartAfter"}
)  # fmt: skip


def install() -> None:
    _limit_length()
    for name in _LISTS:
        _encode(name)


def _limit_length() -> None:
    answer = S3Response._key_response

    @wraps(answer)
    def answering(response: Any, request: Any, full_url: str) -> Any:
        makes_one = request.method in ("PUT", "POST")
        if makes_one and len(response.parse_key_name().encode()) > _MOST_BYTES:
            raise S3ClientError("KeyTooLongError", "Your key is too long")
        return answer(response, request, full_url)

    replace(S3Response, "_key_response", answering)


def _encode(name: str) -> None:
    """moto, which would encode some of it, is not told."""
    list_keys = getattr(S3Response, name)

    @wraps(list_keys)
    def listing(request: Any) -> Any:
        _check_page(request)
        encoding = request.querystring.pop("encoding-type", [None])[0]
        if encoding is None:
            return list_keys(request)
        if encoding != "url":
            words = "Invalid Encoding Method specified in Request"
            raise InvalidArgumentError(words, "encoding-type", encoding)
        serialize = request.serialized

        def serialize_encoded(action: ActionResult) -> Any:
            if isinstance(action.result, Exception):
                return serialize(action)
            content = {**_in_url_form(action.result), "EncodingType": encoding}
            return serialize(ActionResult(content))

        request.serialized = serialize_encoded
        return list_keys(request)

    replace(S3Response, name, listing)


def _check_page(request: Any) -> None:
    """Raises S3's refusal of a page that cannot be."""
    named = {name: values[0] for name, values in request.querystring.items()}
    for name in _NUMBERS & named.keys():
        if not re.fullmatch(r"\d{1,10}", named[name]) or int(named[name]) > _MOST_KEYS:
            words = f"Argument {name} must be an integer between 0 and {_MOST_KEYS}"
            raise InvalidArgumentError(words, name, named[name])
    token = named.get("continuation-token")
    if token and token not in request.backend._pagination_tokens:
        words = "The continuation token provided is incorrect"
        raise InvalidArgumentError(words, "continuation-token", token)


def _in_url_form(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {member: _in_url_form(inner, member) for member, inner in value.items()}
    if isinstance(value, list):
        return [_in_url_form(item) for item in value]
    return quote(value) if name in _ENCODED and isinstance(value, str) else value
