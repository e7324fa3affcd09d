"""Plain XGBoost behind a plain ASGI server: what somebody writes who needs no SageMaker.

python -m benchmarks.serving.plain MODEL PORT
"""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import uvicorn
import xgboost

from benchmarks.serving.side import Side, wire

READY_SECONDS = 60
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class Application:
    """Rows of CSV in, a prediction a line out."""

    def __init__(self, model: str) -> None:
        self._booster = xgboost.Booster({"nthread": 1}, model_file=model)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        rows = np.loadtxt(io.BytesIO(body), delimiter=",", ndmin=2)
        predictions = self._booster.inplace_predict(rows)
        answer = "".join(f"{value}\n" for value in predictions.tolist()).encode()
        length = str(len(answer)).encode()
        headers = [(b"content-type", b"text/csv"), (b"content-length", length)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})


@contextmanager
def plain_server(model: Path, port: int) -> Iterator[Side]:
    """A process of this program, once it answers; it ends with the block."""
    program = [sys.executable, "-m", "benchmarks.serving.plain", str(model), str(port)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}  # as a container of local AWS has it
    with subprocess.Popen(program, env=environment) as process:
        try:
            wait_until_open(port)
            yield Side(port, lambda body: wire(port, "/", {"Content-Type": "text/csv"}, body))
        finally:
            process.terminate()


def wait_until_open(port: int) -> None:
    until = time.monotonic() + READY_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def main() -> None:
    model, port = sys.argv[1:]
    uvicorn.run(Application(model), port=int(port), log_level="warning")


if __name__ == "__main__":
    main()
