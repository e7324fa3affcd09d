"""What boto3 returns, as the JSON that Step Functions passes on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any


def to_json(value: Any, *, times: str = "iso") -> Any:
    """Datetimes become ISO 8601 text, or epoch milliseconds with `times="milliseconds"`."""
    if isinstance(value, datetime):
        return _milliseconds(value) if times == "milliseconds" else _iso(value)
    if isinstance(value, dict):
        return {name: to_json(item, times=times) for name, item in value.items()}
    if isinstance(value, list):
        return [to_json(item, times=times) for item in value]
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    if hasattr(value, "read"):
        return value.read().decode(errors="replace")
    return value


def http_metadata(response: dict[str, Any]) -> dict[str, Any]:
    """What optimised integrations add to a result: of the HTTP answer, and of the request."""
    metadata = response["ResponseMetadata"]
    headers = metadata["HTTPHeaders"]
    return {
        "SdkHttpMetadata": {
            "AllHttpHeaders": {name: [value] for name, value in headers.items()},
            "HttpHeaders": headers,
            "HttpStatusCode": metadata["HTTPStatusCode"],
        },
        "SdkResponseMetadata": {"RequestId": metadata.get("RequestId", "")},
    }


def _iso(time: datetime) -> str:
    utc = time.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


def _milliseconds(time: datetime) -> int:
    return int(time.timestamp() * 1000)
