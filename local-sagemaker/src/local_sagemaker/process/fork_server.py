"""The program that has imported a container's libraries and forks for each container.

`forked` starts it: `python -P -m local_sagemaker.process.fork_server <fd> <module> ...`, where `fd`
is a socket that keeps messages apart. A request comes with the new process's stdin and stdout as
file descriptors; {"started": pid} answers it, and {"ended": pid, "code": exit code} follows when
that process has ended. This program has one thread, since a fork keeps no other, and ends when the
socket's other end closes.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import random
import runpy
import selectors
import socket
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

MESSAGE_BYTES = 2**20


def main() -> None:
    channel = socket.socket(fileno=int(sys.argv[1]))
    _import(sys.argv[2:])
    request = _serve(channel)
    if request is not None:
        channel.detach()
        _become(request)
        runpy.run_module(request["module"], run_name="__main__", alter_sys=True)


def _import(modules: Iterable[str]) -> None:
    for module in modules:
        # That a library is not installed is for the container to report.
        with suppress(ImportError):
            importlib.import_module(module)
    gc.collect()
    gc.freeze()  # pages that the collector does not touch stay shared with the forked processes


def _serve(channel: socket.socket) -> dict[str, Any] | None:
    """None when the other end has closed; in a forked process, the request that it serves."""
    with selectors.DefaultSelector() as events:
        events.register(channel, selectors.EVENT_READ)
        while True:
            for key, _ in events.select():
                if key.fileobj is not channel:
                    events.unregister(key.fd)
                    os.close(key.fd)
                    _send(channel, ended=key.data, code=_exit_code(key.data))
                    continue
                message, descriptors, _, _ = socket.recv_fds(channel, MESSAGE_BYTES, 2)
                if not message:
                    return None
                pid = os.fork()
                if pid == 0:
                    return {**json.loads(message), "descriptors": descriptors}
                for descriptor in descriptors:
                    os.close(descriptor)
                events.register(os.pidfd_open(pid), selectors.EVENT_READ, pid)
                _send(channel, started=pid)


def _exit_code(pid: int) -> int:
    """As subprocess has it: negative, the number of the signal that ended the process."""
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _send(channel: socket.socket, **message: int) -> None:
    channel.send(json.dumps(message).encode())


def _become(request: dict[str, Any]) -> None:
    """Make of this fork what a new process would be: its own session, files and random numbers."""
    os.setsid()
    stdin, stdout = request["descriptors"]
    for descriptor, standard in ((stdin, 0), (stdout, 1), (stdout, 2)):
        os.dup2(descriptor, standard)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    os.environ.update(request["environment"])
    os.chdir(request["directory"])
    sys.argv = [request["module"], *request["arguments"]]
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


if __name__ == "__main__":
    main()
