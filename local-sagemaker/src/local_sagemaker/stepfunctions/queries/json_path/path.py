"""A path, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from local_sagemaker.stepfunctions.queries.json_path.steps import (
    IndexNotFound,
    Indices,
    Name,
    PathNotFound,
    Step,
)


@dataclass(frozen=True)
class Path:
    """What follows a path's root, which is written `$` here, whatever the root is."""

    steps: tuple[Step, ...]

    def __str__(self) -> str:
        return "$" + "".join(map(str, self.steps))

    @property
    def is_definite(self) -> bool:
        """Whether it names one place: its value is that of the place, and not a list."""
        return all(step.is_definite for step in self.steps)

    def find(self, document: Any) -> Any:
        """The value at the path, or the list of all that it finds; raises PathNotFound."""
        found = [document]
        place: str | None = "$"
        for step in self.steps:
            found = [item for value in found for item in step.find(value, document, place)]
            place = f"{place}{step}" if place is not None and step.is_definite else None
            if place is not None and not found:
                raise self._not_found(place, step)
        return found[0] if self.is_definite else found

    def _not_found(self, place: str, step: Step) -> PathNotFound:
        is_last = step is self.steps[-1]
        if isinstance(step, Name) and not is_last:
            return PathNotFound(f"Missing property in path {place}")
        fault = IndexNotFound if isinstance(step, Indices) and is_last else PathNotFound
        return fault(f"No results for path: {self}")
