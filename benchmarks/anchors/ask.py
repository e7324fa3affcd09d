"""The program in the anchors' environment, asked as a search of this project is."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from local_sagemaker.search.parameter_ranges import read_parameter_ranges
from local_sagemaker.search.search import Suggestion
from optuna.distributions import CategoricalDistribution, IntDistribution

FOLDER = Path(__file__).parent
ENVIRONMENT = FOLDER.parents[1] / "build" / "anchors"
PYTHON = ENVIRONMENT / "bin" / "python"


def make_environment() -> None:
    """Unless it is there. It takes 6 GB and a minute or several."""
    if PYTHON.exists():
        return
    subprocess.run(["uv", "venv", "--quiet", "--python", "3.11", str(ENVIRONMENT)], check=True)
    subprocess.run(
        ["uv", "pip", "install", "--quiet", "--python", str(PYTHON), "--no-deps",
         "--require-hashes", "--requirement", str(FOLDER / "requirements.txt")],
        check=True,
    )  # fmt: skip


class Anchors:
    """A process that knows all the libraries: its imports take ten seconds."""

    def __init__(self) -> None:
        make_environment()
        log = ENVIRONMENT / "program.log"  # what the libraries warn of, and why one failed
        self._process = subprocess.Popen(
            [PYTHON, FOLDER / "program.py"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log.open("w"), text=True,
        )  # fmt: skip

    def ask(self, **question: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(question), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{FOLDER / 'program.py'} ended while it was asked {question}")
        found: dict[str, Any] = json.loads(answer)
        return found

    def end(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


class AnchorSearch:
    """A tuning job of one library."""

    def __init__(
        self, anchors: Anchors, library: str, ranges: dict[str, list[Any]], seed: int
    ) -> None:
        self._anchors, self._asked = anchors, 0
        read = read_parameter_ranges(ranges)
        self._integers = {each.name for each in read if _is_integer(each.distribution)}
        told = [_told(each.name, each.distribution) for each in read]
        anchors.ask(begin=library, seed=seed, ranges=told)

    def suggest(self) -> tuple[Suggestion, float]:
        """The suggestion and its processor seconds."""
        answer = self._anchors.ask(ask=self._asked)
        values = {
            name: str(round(value) if name in self._integers else value)
            for name, value in answer["values"].items()
        }
        self._asked += 1
        return Suggestion(self._asked - 1, values), answer["seconds"]

    def observe(self, number: int, value: float) -> None:
        self._anchors.ask(tell=number, value=value)


def _told(name: str, distribution: Any) -> dict[str, Any]:
    if isinstance(distribution, CategoricalDistribution):
        raise ValueError(f"{name}: the anchors are asked about numbers only")
    return {
        "name": name,
        "low": distribution.low,
        "high": distribution.high,
        "log": distribution.log,
        "integer": _is_integer(distribution),
    }


def _is_integer(distribution: Any) -> bool:
    return isinstance(distribution, IntDistribution)
