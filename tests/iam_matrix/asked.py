"""What local AWS has asked of the roles' policies, as it is kept in asked.json."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

FILE = Path(__file__).with_name("asked.json")


@dataclass(frozen=True)
class Asked:
    """A permission that a role's call has needed.

    `operation` is the call, "sagemaker:CreateModel"; `context` are its condition keys.
    """

    role: str
    operation: str
    action: str
    resource: str
    context: dict[str, list[str]] = field(default_factory=dict, compare=False)

    @property
    def key(self) -> tuple[str, ...]:
        return (self.role, self.operation, self.action, self.resource)


def read(path: Path = FILE) -> list[Asked]:
    """The permissions in the file, which has a line for each."""
    return [Asked(**each) for each in json.loads(path.read_text())]


def write(asked: Iterable[Asked], path: Path = FILE) -> None:
    """Each once, in the order of roles and calls, so that two recordings can be compared."""
    kept = {each.key: each for each in asked}
    lines = [json.dumps(asdict(kept[key])) for key in sorted(kept)]
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n")
