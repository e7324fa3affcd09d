"""Filters, order and pages of every List operation.

A page holds 10 entries unless MaxResults asks for another number; NextToken is the position of
the next entry, opaque to clients.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.resources.kinds import ResourceKind

DEFAULT_PAGE = 10
_TIMES = ("CreationTime", "LastModifiedTime")


def list_page(request: Document, summaries: Sequence[Document], kind: ResourceKind) -> Document:
    """One page of a kind's summaries as the response of a List operation."""
    sort_by = request.get("SortBy", kind.sort_by)
    kept = [summary for summary in summaries if _matches(request, summary, kind.name)]
    kept.sort(key=lambda summary: _sort_key(summary, sort_by, kind.name))
    if request.get("SortOrder", kind.sort_order) == "Descending":
        kept.reverse()
    return page(request, kept, kind.listed_as)


def _matches(request: Document, summary: Document, resource: str) -> bool:
    wanted = request.get("StatusEquals")
    if wanted and summary[f"{resource}Status"] != wanted:
        return False
    part = request.get("NameContains", "")
    if part.lower() not in summary[f"{resource}Name"].lower():
        return False
    return all(_in_time(request, summary, member) for member in _TIMES)


def _in_time(request: Document, summary: Document, member: str) -> bool:
    after, before = request.get(f"{member}After"), request.get(f"{member}Before")
    moment = summary.get(member, 0.0)
    return (after is None or moment > float(after)) and (before is None or moment < float(before))


def _sort_key(summary: Document, sort_by: str, resource: str) -> Any:
    if sort_by == "FinalObjectiveMetricValue":
        return summary["FinalHyperParameterTuningJobObjectiveMetric"]["Value"]
    return summary[sort_by if sort_by in _TIMES else f"{resource}{sort_by}"]


def page(request: Document, kept: list[Document], member: str) -> Document:
    """The entries from NextToken on, with a token for those after them."""
    start = _position(request.get("NextToken"))
    end = start + request.get("MaxResults", DEFAULT_PAGE)
    response: Document = {member: kept[start:end]}
    if end < len(kept):
        response["NextToken"] = base64.urlsafe_b64encode(str(end).encode()).decode()
    return response


def _position(token: str | None) -> int:
    if not token:
        return 0
    try:
        return int(base64.urlsafe_b64decode(token))
    except (ValueError, binascii.Error) as fault:
        raise ValidationException(f"NextToken '{token}' is not a token of this list.") from fault
