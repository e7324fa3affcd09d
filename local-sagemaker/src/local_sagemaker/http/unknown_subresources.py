"""Operations of S3 that moto does not have and would take for others.

S3 names an operation by the query: DELETE of /bucket/key?annotation is DeleteObjectAnnotation. moto
looks for the names that it knows and else acts on the object or the bucket: it would delete it.
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


def unknown_subresource(environ: dict[str, Any]) -> str:
    """The name that moto would overlook; empty for a request without one."""
    if not is_s3(environ):
        return ""
    query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    return next(iter(sorted(UNKNOWN & query.keys())), "")
