"""How far an acceptance run has come, in a file: who is interrupted goes on from there.

What the run makes is not listed in it. All of it has the prefix in its name, and the run began only
after nothing had it: so what has the prefix later is the run's own, whatever became of the file.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from retune.acceptance.cost import Hours
from retune.acceptance.scenario import Observation
from retune.errors import InputError

FILE = "progress.json"


@dataclass
class Played:
    """A scenario's observations; `fault` is why it came to no end."""

    observations: list[Observation]
    fault: str = ""

    @property
    def is_green(self) -> bool:
        """Whether all was as claimed."""
        return not self.fault and all(each.holds for each in self.observations)


@dataclass
class Progress:
    """Of one run: where it plays, what has been played, and what is billed so far.

    `billed` has hours of an instance type by usage and by what used them. `removed` says that all
    was gone when the run paused: what has the prefix after that is somebody else's.
    """

    prefix: str
    account: str
    region: str
    started: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    played: dict[str, Played] = field(default_factory=dict)
    billed: dict[str, Hours] = field(default_factory=dict)
    removed: bool = False

    def save(self, folder: Path) -> None:
        """Whole or not at all."""
        folder.mkdir(parents=True, exist_ok=True)
        written = folder / f"{FILE}.new"
        written.write_text(json.dumps(asdict(self), indent=2), encoding="utf-8")
        written.replace(folder / FILE)

    def play_red_again(self) -> None:
        """A later start plays what was refuted or failed once more."""
        self.played = {name: each for name, each in self.played.items() if each.is_green}

    def forget(self, folder: Path) -> None:
        """For when all is played and removed."""
        (folder / FILE).unlink()


def read_progress(folder: Path) -> Progress | None:
    """Of a run that was not finished; InputError when the file is not one of them."""
    file = folder / FILE
    if not file.exists():
        return None
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        played = {
            name: Played([Observation(**each) for each in one["observations"]], one["fault"])
            for name, one in document.pop("played").items()
        }
        billed = {what: tuple(hours) for what, hours in document.pop("billed").items()}
        return Progress(**document, played=played, billed=billed)
    except (ValueError, TypeError, KeyError) as fault:
        raise InputError(
            f"{file} is not the progress of an acceptance run: {fault}. If something of it is left "
            "in the account, its names begin with the prefix; remove the file to begin anew."
        ) from fault
