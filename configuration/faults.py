"""What is wrong with files that a person wrote: each fault with its file and line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tuning.visible import on_one_line


@dataclass(frozen=True, order=True)
class FileFault:
    """One thing to mend: `models/bank.yaml:12: ParameterRanges.eta ...`; line 0 is of no file."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{on_one_line(place)}: {on_one_line(self.text)}"


class ConfigurationError(ValueError):
    """Files or settings that cannot be used; the text has a line for each fault."""

    @classmethod
    def of(cls, faults: Iterable[FileFault]) -> ConfigurationError:
        return cls("\n".join(map(str, faults)))
