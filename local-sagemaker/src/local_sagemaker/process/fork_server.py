"""The program that has imported a program's libraries and forks for each process that runs it.

`forked` starts it: `python -P -m local_sagemaker.process.fork_server <fd> <module> ...`, where `fd`
is a socket that keeps messages apart. A request comes with the file descriptors that the new
process gets, and tells the number of each there. {"started": pid} or {"failed": errno} answers it,
and {"ended": pid, "code": exit code} follows when that process has ended. This program has one
thread, since a fork keeps no other, and ends when the socket's other end closes.
"""

from __future__ import annotations

import errno
import fcntl
import gc
import importlib
import json
import os
import random
import runpy
import selectors
import signal
import socket
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

MESSAGE_BYTES = 2**20
_MOST_DESCRIPTORS = 8


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
                message, descriptors = _receive(channel)
                if not message:
                    return None
                request = json.loads(message)
                if _is_the_fork(channel, events, request, descriptors):
                    numbers = request["descriptors"]
                    return {**request, "descriptors": dict(zip(numbers, descriptors, strict=True))}


def _is_the_fork(
    channel: socket.socket,
    events: selectors.BaseSelector,
    request: dict[str, Any],
    descriptors: list[int],
) -> bool:
    """Fork: True in the new process, which has the descriptors; here the request is answered."""
    try:
        pid, pidfd = _fork(descriptors, len(request["descriptors"]))
    except OSError as fault:
        _send(channel, failed=fault.errno or errno.EAGAIN)
        return False
    if pid == 0:
        return True
    events.register(pidfd, selectors.EVENT_READ, pid)
    _send(channel, started=pid)
    return False


def _receive(channel: socket.socket) -> tuple[bytes, list[int]]:
    """A request and its descriptors; empty when no more will come."""
    try:
        message, descriptors, _, _ = socket.recv_fds(channel, MESSAGE_BYTES, _MOST_DESCRIPTORS)
    except ConnectionResetError:  # the other end has closed with an answer unread
        return b"", []
    return message, descriptors


def _fork(descriptors: list[int], sent: int) -> tuple[int, int]:
    """The new process's pid and pidfd; in that process (0, 0). OSError leaves no process behind."""
    try:
        if len(descriptors) < sent:  # the kernel drops those for which there is no room
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        pid = os.fork()
        if pid == 0:
            return 0, 0
    except OSError:
        _close(descriptors)
        raise
    _close(descriptors)
    try:
        # Before anybody hears of it: who ends it ends its process group.
        os.setpgid(pid, pid)
        return pid, os.pidfd_open(pid)
    except OSError:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        raise


def _close(descriptors: Iterable[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)


def _exit_code(pid: int) -> int:
    """As subprocess has it: negative, the number of the signal that ended the process."""
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _send(channel: socket.socket, **message: int) -> None:
    with suppress(BrokenPipeError):  # the other end has closed: nobody is left to hear it
        channel.send(json.dumps(message).encode())


def _become(request: dict[str, Any]) -> None:
    """Make of this fork what a new process would be: its group, files, environment, randomness."""
    os.setpgid(0, 0)
    _take(request["descriptors"])
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    os.chdir(request["directory"])
    sys.argv = [request["module"], *request["arguments"]]
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def _take(descriptors: dict[int, int]) -> None:
    """Have each received descriptor under its number, standard error too, and no other."""
    wanted = {**descriptors, 2: descriptors[1]}
    above = max(wanted) + 1  # first out of each other's way
    copies = {
        number: fcntl.fcntl(descriptor, fcntl.F_DUPFD, above)
        for number, descriptor in wanted.items()
    }
    for number, copy in copies.items():
        os.dup2(copy, number)
    for name in os.listdir("/proc/self/fd"):
        if int(name) not in wanted:
            with suppress(OSError):  # the one of this listing has gone
                os.close(int(name))


if __name__ == "__main__":
    main()
