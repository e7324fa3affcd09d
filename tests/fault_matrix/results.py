"""Results as they come, in a file that outlives a run that is cut off."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Result:
    """How a cell ended; without problems it is green."""

    row: str
    column: str
    outcome: str
    problems: tuple[str, ...]
    seconds: float

    @property
    def id(self) -> str:
        return f"{self.row}: {self.column}"

    @property
    def green(self) -> bool:
        return not self.problems

    @classmethod
    def parse(cls, document: dict[str, Any]) -> Result:
        return cls(**document | {"problems": tuple(document["problems"])})


class Results:
    """One line of JSON a result; of several of a cell the last one counts."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        file.parent.mkdir(parents=True, exist_ok=True)

    def all(self) -> dict[str, Result]:
        """By the cell's id; a line that was cut off is none."""
        found: dict[str, Result] = {}
        for line in self._file.read_text().splitlines() if self._file.exists() else ():
            try:
                result = Result.parse(json.loads(line))
            except ValueError:
                continue
            found[result.id] = result
        return found

    def add(self, result: Result) -> None:
        with self._lock, self._file.open("a") as file:
            file.write(json.dumps(asdict(result)) + "\n")
