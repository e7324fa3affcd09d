"""docs/lesson.md, typed by a student: every command prints what the lesson shows."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator

import pytest

from tests.lesson.blocks import Block, blocks_of, looks_like
from tests.lesson.walk import LESSON, student, walk

MAX_JOBS = 3  # as many as run at a time
BLOCKS = list(blocks_of(LESSON))

pytestmark = pytest.mark.slow

Walked = dict[int, tuple[int, str]]


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    """Exit code and output of each block, in a local AWS in which nothing ran before."""
    folder = tmp_path_factory.mktemp("lesson")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = student(folder, port)
    try:
        ended = walk(BLOCKS, folder, environment, MAX_JOBS)
        yield {number: (code, printed) for number, (_, code, printed) in enumerate(ended)}
    finally:
        subprocess.run(["retune", "local", "stop"], env=environment, check=False)


@pytest.mark.parametrize("number", range(len(BLOCKS)), ids=lambda number: f"block-{number:02}")
def test_block_prints_what_the_lesson_shows(walked: Walked, number: int) -> None:
    assert_as_shown(BLOCKS[number], *walked[number])


def assert_as_shown(block: Block, code: int, printed: str) -> None:
    assert (code != 0) == block.is_refused, f"{block.commands}ended with {code}:\n{printed}"
    if block.printed is not None:
        assert looks_like(printed, block.printed), (
            f"{block.commands}printed\n{printed}\nand not\n{block.printed}"
        )


@pytest.mark.parametrize(
    ("printed", "expected", "same"),
    [
        ("20 jobs of a-1b2c ended\n", "6 jobs of a-77 ended\n", True),
        ("one\ntwo\nthree\n", "one\n...\nthree\n", True),
        ("one\n", "one\n...\n", True),
        ("one two three\n", "one ...\n", True),
        ("one\ntwo\n", "one\n", False),
        ("Deployed: a-1\n", "KeptChampion: a-1\n", False),
        ("\x1b[1mJob\x1b[0m   Time\n", "Job Time\n", True),
    ],
    ids=[
        "numbers",
        "left-out",
        "nothing-left-out",
        "rest-of-a-line",
        "too-much",
        "another-word",
        "bold",
    ],
)
def test_output_is_compared_by_its_words(printed: str, expected: str, same: bool) -> None:
    assert looks_like(printed, expected) is same
