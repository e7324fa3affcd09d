"""Types the commands of docs/lesson.md into one shell, against a local AWS of its own."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.lesson.blocks import Block

ROOT = Path(__file__).parents[2]
LESSON = ROOT / "docs" / "lesson.md"
_KNOWN = ("models", "examples", "build", ".venv")  # what the commands name of the checkout
_END = "::end of block"


def desk(folder: Path) -> Path:
    """A folder that looks like the checkout to the lesson's commands, with `runs/` of its own."""
    for name in _KNOWN:
        link = folder / name
        if not link.exists():
            link.symlink_to(ROOT / name)
    return folder


def student(folder: Path, port: int) -> dict[str, str]:
    """The environment of somebody at a terminal of 80 columns who has no AWS account."""
    terminal = {"COLUMNS": "80", "NO_COLOR": "1", "TTY_COMPATIBLE": "1", "TTY_INTERACTIVE": "0"}
    local = {"RETUNE_LOCAL_DIRECTORY": str(folder / "local-aws"), "RETUNE_PORT": str(port)}
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | terminal | local


def walk(
    blocks: Sequence[Block], folder: Path, environment: dict[str, str], max_jobs: int | None
) -> Iterator[tuple[Block, int, str]]:
    """Each block with its exit code and what it printed, on both streams.

    With `max_jobs` a tuning job has no more training jobs than that. AssertionError when the shell
    ended before the last block.
    """
    script = "\n".join(
        f"{_typed(block.commands, max_jobs)}\nprintf '\\n{_END} %s\\n' $?" for block in blocks
    )
    ended = subprocess.run(
        ["bash", "-c", f"exec 2>&1\n{script}"],
        cwd=desk(folder),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    parts = re.split(rf"^{_END} (\d+)\n", ended.stdout, flags=re.MULTILINE)
    for block, printed, code in zip(blocks, parts[::2], parts[1::2], strict=False):
        yield block, int(code), printed
    assert len(parts) == 2 * len(blocks) + 1, f"The shell ended before its time:\n{parts[-1]}"


def _typed(commands: str, max_jobs: int | None) -> str:
    """`make` has been called: the tests run in what it makes."""
    lines = [line for line in commands.splitlines() if not line.startswith("make ")]
    text = "\n".join(lines)
    if max_jobs is None:
        return text
    text = re.sub(r" --max-jobs \d+", "", text)
    return re.sub(r"^retune start .*", rf"\g<0> --max-jobs {max_jobs}", text, flags=re.MULTILINE)
