"""How many processes of functions wait for their next event."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from local_sagemaker.faults.rules import Faults
from local_sagemaker.services.functions import workers
from local_sagemaker.services.functions.invocation import invoke
from local_sagemaker.services.functions.settings import FunctionSettings

from tests.local_aws.function_zip import zip_of

pytestmark = pytest.mark.slow

CODE = zip_of("import os\ndef handler(event, context): return os.getpid()")


def test_of_many_functions_those_used_last_stay_warm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_MOST_IDLE", 2)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://localhost:1")  # these functions call nobody
    lent = workers.Workers(tmp_path, Faults(), wait_scale=1.0)
    try:
        first = {name: pid_of(lent, name) for name in ("a", "b", "c")}
        assert pid_of(lent, "c") == first["c"]
        assert pid_of(lent, "b") == first["b"]
        assert pid_of(lent, "a") != first["a"]
    finally:
        lent.close()


def pid_of(lent: workers.Workers, name: str) -> str:
    settings = FunctionSettings(
        arn=f"arn:aws:lambda:us-east-1:123456789012:function:{name}",
        name=name,
        version="$LATEST",
        region="us-east-1",
        handler="index.handler",
        runtime="python3.14",
        code_sha256=hashlib.sha256(CODE).hexdigest(),
        memory_mb=128,
        timeout_seconds=3,
        log_group=f"/aws/lambda/{name}",
        variables=(),
        role="arn:aws:iam::123456789012:role/test",
    )
    return invoke(lent, settings, CODE, {}, "00000000-0000-0000-0000-000000000000").payload
