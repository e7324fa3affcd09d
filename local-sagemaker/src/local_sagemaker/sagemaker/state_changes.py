"""The "... State Change" events that SageMaker sends to EventBridge.

Their details are what the Describe operation answers, but for times, tags and, for endpoints, the
spelling of the status (developer guide, "Events that Amazon SageMaker AI sends to Amazon
EventBridge").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from local_sagemaker.sagemaker.document import Document

Emit = Callable[[str, str, Sequence[str], Document], None]
"""Takes region, detail-type, ARNs and detail; what it does must not wait for SageMaker."""


def nobody(_region: str, _detail_type: str, _arns: Sequence[str], _detail: Document) -> None:
    """For a SageMaker that runs without EventBridge."""


def job_detail(description: Document, tags: list[Document]) -> Document:
    """For training, transform and processing jobs: times are numbers, milliseconds since 1970."""
    return {**_with_times(description, _milliseconds), "Tags": _tag_map(tags)}


def tuning_detail(description: Document, tags: list[Document]) -> Document:
    """For tuning jobs: times are milliseconds as text, and there is no best training job."""
    kept = {key: value for key, value in description.items() if "BestTrainingJob" not in key}
    text = _with_times(kept, lambda time: str(_milliseconds(time)))
    return {**text, "Tags": _tag_map(tags)}


def endpoint_detail(description: Document, tags: list[Document]) -> Document:
    """For endpoints: InService is spelled IN_SERVICE."""
    status = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", description["EndpointStatus"]).upper()
    return job_detail(description, tags) | {"EndpointStatus": status}


def package_detail(description: Document) -> Document:
    """For model packages: times are ISO 8601 text."""
    return {**_with_times(description, _iso)}


def _with_times(value: Any, convert: Callable[[float], Any]) -> Any:
    if isinstance(value, dict):
        return {
            key: convert(item)
            if key.endswith("Time") and isinstance(item, float)
            else _with_times(item, convert)
            for key, item in value.items()
        }
    return [_with_times(item, convert) for item in value] if isinstance(value, list) else value


def _milliseconds(time: float) -> int:
    return int(time * 1000)


def _iso(time: float) -> str:
    return f"{datetime.fromtimestamp(time, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _tag_map(tags: list[Document]) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in tags}
