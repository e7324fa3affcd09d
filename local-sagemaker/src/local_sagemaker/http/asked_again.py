"""Reads that meet a write.

moto has no locks. Python breaks a read off whose collection another request changes meanwhile, as a
job does that begins a log stream while somebody lists them. AWS answers both, so that the read is
asked again. A write is not: half of it may be done.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterable
from typing import Any

from werkzeug.datastructures import Headers
from werkzeug.test import run_wsgi_app

from local_sagemaker.faults.operations import operation_of
from local_sagemaker.protocol.wsgi import WsgiApplication

_CHANGED = re.compile("(changed|mutated) .*during iteration|changed size during iteration")
_READS = re.compile("Batch(Get|Describe)|Describe|Filter|Get|Head|List|Query|Scan|Search")
_SECONDS = 10  # as long as somebody writes all the time
_PAUSE_SECONDS = 0.002


def answer_of(
    moto: WsgiApplication, environ: dict[str, Any], content: bytes
) -> tuple[Iterable[bytes], str, Headers]:
    """Body, status and headers. RuntimeError when a read never meets a moment without a write."""
    end = time.monotonic() + _SECONDS
    while True:
        try:
            return run_wsgi_app(moto, environ | {"wsgi.input": io.BytesIO(content)})
        except RuntimeError as fault:
            if not _CHANGED.search(str(fault)) or not _reads(environ, content):
                raise
            if time.monotonic() > end:
                raise
            time.sleep(_PAUSE_SECONDS)


def _reads(environ: dict[str, Any], content: bytes) -> bool:
    operation = operation_of(environ | {"wsgi.input": io.BytesIO(content)})
    return operation is not None and _READS.match(operation.name) is not None
