"""What `make demo` takes on a fresh checkout, and again: minutes, and space on the disk.

    python -m benchmarks.demo [--port 4599]

In a clone of this commit, with nothing installed. What is downloaded comes from uv's and npm's
caches where this machine has them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from pathlib import Path

from benchmarks.harness.figure import Figure, at_most
from benchmarks.harness.local import ROOT
from benchmarks.harness.result import publish
from benchmarks.harness.timing import cost_of

PARTS = (".venv", "node_modules", "build", ".local-aws")


def megabytes(folder: Path) -> float:
    """On the disk; a file with several names counts once."""
    told = subprocess.run(["du", "-sk", folder], capture_output=True, text=True, check=True)
    return int(told.stdout.split()[0]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", default="4599")
    environment = {**os.environ, "RETUNE_PORT": parser.parse_args().port}
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "retune"
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        try:
            first = cost_of(["make", "demo"], clone, environment).seconds
            sizes = {part: megabytes(clone / part) for part in PARTS}
            second = cost_of(["make", "demo"], clone, environment).seconds
        finally:
            subprocess.run([clone / ".venv/bin/retune", "local", "stop"], cwd=clone, check=False)
    parts = [Figure(f"of which {part}/", "MB", (size,)) for part, size in sizes.items()]
    publish(
        "demo",
        "The demo on a bare machine",
        "nothing",
        [
            Figure("make demo, everything installed first", "s", (first,)),
            Figure("make demo again", "s", (second,), goal=at_most(plus=45)),
            Figure("on the disk", "MB", (sum(sizes.values()),), goal=at_most(plus=800)),
            *parts,
        ],
    )


if __name__ == "__main__":
    main()
