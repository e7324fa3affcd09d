"""The control routes of local AWS: faults and calls."""

from __future__ import annotations

import json
import urllib.request
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from local_sagemaker.pytest_plugin import LocalAws


def ask(local_aws: LocalAws, method: str, path: str, content: Any = None) -> Any:
    request = urllib.request.Request(
        f"{local_aws.endpoint_url}/_local_aws/{path}",
        method=method,
        data=None if content is None else json.dumps(content).encode(),
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def add_fault(local_aws: LocalAws, kind: str, **members: Any) -> dict[str, Any]:
    return dict(ask(local_aws, "POST", "faults", {"kind": kind} | members))


def calls(local_aws: LocalAws, **wanted: str) -> list[dict[str, Any]]:
    """The recorded calls whose members are as wanted."""
    found = ask(local_aws, "GET", "calls")["calls"]
    return [call for call in found if all(call[key] == value for key, value in wanted.items())]
