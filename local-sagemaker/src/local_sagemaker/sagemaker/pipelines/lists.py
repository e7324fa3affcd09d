"""Pages of pipelines, executions and versions."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.resources.listing import page


def ordered_page(
    request: Document,
    summaries: Iterable[Document],
    member: str,
    *,
    created: str = "CreationTime",
    sort_by: str = "",
) -> Document:
    """One page of those that were created in time, the latest first unless it is asked otherwise.

    `created` is the member that says when, `sort_by` the member to sort by instead.
    """
    after = float(request.get("CreatedAfter", "-inf"))
    before = float(request.get("CreatedBefore", "inf"))
    kept = [each for each in summaries if after < each[created] < before]
    kept.sort(key=itemgetter(sort_by or created))
    if request.get("SortOrder", "Descending") == "Descending":
        kept.reverse()
    return page(request, kept, member)
