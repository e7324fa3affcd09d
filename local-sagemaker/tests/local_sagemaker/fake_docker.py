"""A `docker` command for tests: it notes its arguments and runs a Python program for the image.

The program sees the volumes of `docker run` as links below ML_ROOT, and a published port 8080 as
PORT. FAKE_DOCKER names the directory for notes and the program. With REAL_DOCKER, the path of the
real command, that one does the work.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

HOME = Path(os.environ["FAKE_DOCKER"])
ABSENT = "/absent:"  # of an image that no registry has


def main(arguments: list[str]) -> int:
    with (HOME / "calls.jsonl").open("a") as calls:
        calls.write(json.dumps(arguments) + "\n")
    if real := os.environ.get("REAL_DOCKER"):
        os.execv(real, [real, *arguments])
    command, *rest = arguments
    if command == "version":
        print("29.0")
        return 0
    if command == "image":
        return int(ABSENT in rest[-1])
    if command == "run":
        return run(rest)
    assert command == "rm"
    with suppress(FileNotFoundError):
        os.kill(int((HOME / rest[-1]).read_text()), signal.SIGKILL)
    return 0


def run(arguments: list[str]) -> int:
    options: dict[str, list[str]] = {}
    while arguments[0].startswith("--") and arguments[0] != "--":
        if arguments[0] == "--rm":
            arguments = arguments[1:]
            continue
        options.setdefault(arguments[0], []).append(arguments[1])
        arguments = arguments[2:]
    if arguments[0] == "--":
        arguments = arguments[1:]
    if ABSENT in arguments[0]:
        print("docker: Error response from daemon: manifest unknown.")
        return 125
    name = options["--name"][0]
    root = HOME / f"{name}-root"
    root.mkdir()
    for volume in options["--volume"]:
        host, _, inside = volume.partition(":/opt/ml/")
        (root / inside).symlink_to(host)
    environment = {each: os.environ[each] for each in options.get("--env", [])}
    for file in map(Path, options["--env-file"]):
        assert file.stat().st_mode & 0o777 == 0o600
        environment |= dict(pair.split("=", 1) for pair in file.read_text().splitlines())
    port = options.get("--publish", [":0:"])[0].split(":")[1]
    program = [sys.executable, str(HOME / "program.py"), *arguments[1:]]
    process = subprocess.Popen(program, env={"ML_ROOT": str(root), "PORT": port, **environment})
    (HOME / name).write_text(str(process.pid))
    signal.signal(signal.SIGTERM, lambda sent, _frame: process.send_signal(sent))
    return process.wait()


sys.exit(main(sys.argv[1:]))
