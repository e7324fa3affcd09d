"""Operations of S3 that moto does not have and would take for others.

S3 names an operation by the query: DELETE of /bucket/key?annotation is DeleteObjectAnnotation. moto
looks for the names that it knows, of each method, and else acts on the object or the bucket: it
would delete it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from local_sagemaker.protocol.unanswered import is_s3

UNKNOWN = frozenset(
    {
        "abac",
        "analytics",
        "annotation",
        "intelligent-tiering",
        "metadataAnnotationTable",
        "metadataConfiguration",
        "metadataInventoryTable",
        "metadataJournalTable",
        "metadataTable",
        "metrics",
        "renameObject",
        "requestPayment",
        "session",
        "torrent",
    }
)
# Those that moto knows of other methods, or of buckets alone.
UNKNOWN_OF_BUCKETS = frozenset({("DELETE", "inventory")})
UNKNOWN_OF_OBJECTS = frozenset({("GET", "retention"), ("PUT", "encryption")})


# An operation with a path of its own, which moto takes for a bucket.
_OF_OBJECT_LAMBDA = "/WriteGetObjectResponse"


def unknown_subresource(environ: dict[str, Any]) -> str:
    """What moto would overlook, such as `?torrent of S3`; empty for a request without it."""
    if environ.get("PATH_INFO") == _OF_OBJECT_LAMBDA:  # it is signed for another service
        return f"{_OF_OBJECT_LAMBDA.lstrip('/')} of S3"
    if not is_s3(environ):
        return ""
    names = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True).keys()
    of_method = UNKNOWN_OF_OBJECTS if _has_key(environ) else UNKNOWN_OF_BUCKETS
    method = environ["REQUEST_METHOD"]
    unknown = UNKNOWN | {name for of, name in of_method if of == method}
    overlooked = sorted(unknown & names)
    return f"?{overlooked[0]} of S3" if overlooked else ""


def _has_key(environ: dict[str, Any]) -> bool:
    """Whether it is about an object; a bucket stands in the path, or as a subdomain of the host."""
    parts = [part for part in environ.get("PATH_INFO", "").split("/") if part]
    in_host = str(environ.get("HTTP_HOST")).partition(":")[0].endswith(".localhost")
    return len(parts) + in_host > 1
