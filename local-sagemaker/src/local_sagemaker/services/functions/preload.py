"""What is imported before a function is: boto3 with all that it imports only as it makes a client.

Lambda's runtimes for Python hold it too. The keys are nobody's: no call is made. The descriptions
of AWS's services, whose JSON takes longer to read than the rest of a client, stay in memory: the
processes that are forked from this one read them no more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import boto3
from botocore.config import Config
from botocore.loaders import JSONFileLoader

_SERVICES = ("s3", "sagemaker", "sagemaker-runtime", "sns", "stepfunctions")
_read: Callable[..., Any] = JSONFileLoader._load_file  # type: ignore[attr-defined]
_documents: dict[str, Any] = {}


def _read_once(loader: JSONFileLoader, path: str, open_method: Any) -> Any:
    if path not in _documents:
        _documents[path] = _read(loader, path, open_method)
    return _documents[path]


JSONFileLoader._load_file = _read_once  # type: ignore[attr-defined]
for _mode in ("standard", "adaptive"):
    _retries: Any = {"mode": _mode}
    for _service in _SERVICES:
        _session: Any = boto3.Session(region_name="us-east-1")
        _session.client(
            _service,
            aws_access_key_id="none",
            aws_secret_access_key="none",
            config=Config(retries=_retries),
        )
