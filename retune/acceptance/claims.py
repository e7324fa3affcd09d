"""The claims that only an account can prove: the table of docs/unproven.md, which is the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from retune.errors import FailedError
from retune.project import ROOT

PAGE = ROOT / "docs" / "unproven.md"
_HEADING = "| id | claim | shown |"
_ROW = re.compile(r"\| `(?P<id>[a-z0-9-]+)` \| (?P<text>.+) \| (?P<shown>.+?) \|")
# A page of an acceptance run may stand in place of the table: it says what was seen.
_SCENARIO = re.compile(r"by scenario: `(?P<name>[a-z-]+)`(; .+)?")
_BY_HAND = re.compile(r"by hand: (?P<how>.+)")


@dataclass(frozen=True)
class Claim:
    """What the code assumes of AWS.

    Either a scenario shows it, or `by_hand` says why none can and what a person looks at.
    """

    id: str
    text: str
    scenario: str | None
    by_hand: str | None


def read_claims(page: Path = PAGE) -> tuple[Claim, ...]:
    """All of them, in the order of the page; FailedError names a row that says too little."""
    lines = iter(page.read_text(encoding="utf-8").splitlines())
    for line in lines:
        if line == _HEADING:
            next(lines)  # the rule below the heading
            return tuple(_rows(lines, page))
    raise FailedError(f"{page}: there is no table with the heading {_HEADING!r}.")


def _rows(lines: Iterator[str], page: Path) -> Iterator[Claim]:
    for line in lines:
        if not line.startswith("|"):
            return
        row = _ROW.fullmatch(line)
        if row is None:
            raise FailedError(f"{page}: a row is not `id`, claim and how it is shown: {line}")
        scenario, hand = _SCENARIO.fullmatch(row["shown"]), _BY_HAND.fullmatch(row["shown"])
        if scenario is None and hand is None:
            raise FailedError(
                f"{page}: {row['id']} = {row['shown']!r}: write `by scenario: `name`` or "
                "`by hand: ` with the reason and what a person looks at."
            )
        yield Claim(row["id"], row["text"], scenario and scenario["name"], hand and hand["how"])
