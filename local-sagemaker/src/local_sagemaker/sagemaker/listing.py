"""Filters, order and pages of every List operation.

A page holds 10 entries unless MaxResults asks for another number; NextToken is the position of
the next entry, opaque to clients.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from local_sagemaker.sagemaker.errors import ValidationException

DEFAULT_PAGE = 10
_TIMES = ("CreationTime", "LastModifiedTime")

Summary = dict[str, Any]


def list_page(
    request: dict[str, Any], summaries: Sequence[Summary], *, member: str, resource: str
) -> dict[str, Any]:
    """One page of summaries as the response of a List operation.

    `member` names the list in the response and `resource` the prefix of the summary's own name
    and status members, such as TrainingJob in TrainingJobName and TrainingJobStatus.
    """
    kept = [summary for summary in summaries if _matches(request, summary, resource)]
    kept.sort(key=lambda summary: _sort_key(summary, request["SortBy"], resource))
    if request["SortOrder"] == "Descending":
        kept.reverse()
    return page(request, kept, member)


def _matches(request: dict[str, Any], summary: Summary, resource: str) -> bool:
    wanted = request.get("StatusEquals")
    if wanted and summary[f"{resource}Status"] != wanted:
        return False
    part = request.get("NameContains", "")
    if part.lower() not in summary[f"{resource}Name"].lower():
        return False
    return all(_in_time(request, summary, member) for member in _TIMES)


def _in_time(request: dict[str, Any], summary: Summary, member: str) -> bool:
    after, before = request.get(f"{member}After"), request.get(f"{member}Before")
    moment = summary.get(member, 0.0)
    return (after is None or moment > float(after)) and (before is None or moment < float(before))


def _sort_key(summary: Summary, sort_by: str, resource: str) -> Any:
    if sort_by == "FinalObjectiveMetricValue":
        return summary["FinalHyperParameterTuningJobObjectiveMetric"]["Value"]
    return summary[sort_by if sort_by in _TIMES else f"{resource}{sort_by}"]


def page(request: dict[str, Any], kept: list[Summary], member: str) -> dict[str, Any]:
    """The entries from NextToken on, with a token for those after them."""
    start = _position(request.get("NextToken"))
    end = start + request.get("MaxResults", DEFAULT_PAGE)
    response: dict[str, Any] = {member: kept[start:end]}
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
