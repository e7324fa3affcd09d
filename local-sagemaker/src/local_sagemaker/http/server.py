"""Runs local AWS in this process until it is told to stop."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from werkzeug.serving import BaseWSGIServer

from local_sagemaker.process import background
from local_sagemaker.process.directory_lock import DirectoryLock
from local_sagemaker.process.options import NOBODY_ELSE, Admitted
from local_sagemaker.process.running import Running, record
from local_sagemaker.protocol.account import DEFAULT_REGION
from local_sagemaker.protocol.keys import KeyPair, issue, random_pair
from local_sagemaker.wire.server import wsgi_server

HOST = "127.0.0.1"
_logger = logging.getLogger(__name__)


class PortTakenError(Exception):
    """Another program listens on the port."""


def serve(
    port: int,
    directory: Path,
    wait_scale: float = 1.0,
    lock: DirectoryLock | None = None,
    admitted: Admitted = NOBODY_ELSE,
    quotas: Mapping[str, int] | None = None,
) -> None:
    """Answer on 127.0.0.1:`port` until SIGTERM or SIGINT; files live below `directory`.

    Waits of deployments, Wait states and retries, and periods of alarms, are times `wait_scale`.
    `admitted` is who is answered besides programs of this machine; `quotas` are SageMaker's, by
    name, that are not to be generous.
    `lock` is that of the directory, if whoever started this process has taken it already. Raises
    StartError for a directory that another server has or that cannot be written, and
    PortTakenError. State is in memory: a new server starts empty, until a saved one is loaded.
    """
    lock = lock or background.take(directory)
    if lock is None:
        raise background.already_runs(directory)
    with lock:
        _serve(port, directory, wait_scale, admitted, quotas or {})


def _serve(
    port: int,
    directory: Path,
    wait_scale: float,
    admitted: Admitted,
    quotas: Mapping[str, int],
) -> None:
    listener, keys = _listen(port), random_pair()
    work = directory.resolve() / "work"
    with background.writing(directory):
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True, mode=0o700)
        record(Running(port, os.getpid(), directory, keys))
    _log_to_stdout()
    _point_clients_at(port)
    _run(listener, port, work, wait_scale, keys, admitted, quotas)


def _run(
    listener: socket.socket,
    port: int,
    work: Path,
    wait_scale: float,
    keys: KeyPair,
    admitted: Admitted,
    quotas: Mapping[str, int],
) -> None:
    gc.disable()  # of what is imported and assembled nothing is ever given back
    # They import moto: commands that start no server do not have to wait for that.
    from local_sagemaker.services.ec2_tables import import_ec2

    import_ec2()
    from local_sagemaker.services.shared_descriptions import share_descriptions

    share_descriptions()
    from local_sagemaker.http.assembly import assemble

    application, close = assemble(port, work, wait_scale, keys, admitted, quotas)
    _collect_seldom()
    server = _wsgi_server(listener, port, application)
    _stop_on_signals(server)
    _logger.info("Local AWS answers at %s", os.environ["AWS_ENDPOINT_URL"])
    try:
        server.serve_forever()
    finally:
        close()
        _logger.info("Local AWS has stopped")


def _collect_seldom() -> None:
    """Garbage is collected less often than Python does, and never among what stays.

    A quarter of the server's processor time went into looking through what botocore's descriptions
    and moto's tables are made of, which are a million objects.
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as fault:
        raise PortTakenError(
            f"Local AWS cannot listen on {HOST}:{port}: {fault.strerror}. "
            "Stop the program that uses the port, or choose another port."
        ) from fault


def _wsgi_server(listener: socket.socket, port: int, application: Any) -> BaseWSGIServer:
    from local_sagemaker.http.request_handler import RequestHandler  # imports moto

    return wsgi_server(HOST, port, application, RequestHandler, listener.fileno())


def _stop_on_signals(server: BaseWSGIServer) -> None:
    def stop(_signal: int, _frame: Any) -> None:
        # shutdown() waits for serve_forever(), which runs in the thread that handles signals.
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def _log_to_stdout() -> None:
    logging.basicConfig(
        stream=sys.stdout,
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    logging.getLogger("local_sagemaker").setLevel(logging.INFO)


def _point_clients_at(port: int) -> None:
    """Clients made in this process, moto's included, reach this server."""
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_CONFIG_FILE", "AWS_CA_BUNDLE"):
        os.environ.pop(name, None)
    own = issue("sagemaker")  # of clients that are given no keys
    os.environ.update(
        MOTO_DISABLE_GLOBAL_CORS="true",
        AWS_ENDPOINT_URL=f"http://localhost:{port}",
        AWS_DISABLE_HOST_PREFIX_INJECTION="true",
        AWS_ACCESS_KEY_ID=own.access_key_id,
        AWS_SECRET_ACCESS_KEY=own.secret_access_key,
        AWS_DEFAULT_REGION=os.environ.get("AWS_DEFAULT_REGION", DEFAULT_REGION),
        MOTO_PORT=str(port),
        # Roles that people attach AmazonSageMakerFullAccess to: moto knows AWS's own policies.
        MOTO_IAM_LOAD_MANAGED_POLICIES="true",
    )
