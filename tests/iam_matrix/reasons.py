"""What no run on local AWS can show: permissions that an account wants, each with its source."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from tests.iam_matrix.matrix import Piece

FILE = Path(__file__).with_name("reasons.json")


@dataclass(frozen=True)
class Reason:
    """Why roles have pieces that no recorded call needs; the names are patterns."""

    roles: tuple[str, ...]
    pieces: tuple[str, ...]
    reason: str
    source: str

    def explains(self, piece: Piece) -> bool:
        return _any(self.roles, piece.statement.role) and _any(self.pieces, piece.name)


def read(path: Path = FILE) -> list[Reason]:
    return [
        Reason(tuple(each["roles"]), tuple(each["pieces"]), each["reason"], each["source"])
        for each in json.loads(path.read_text())
    ]


def reason_for(piece: Piece, reasons: list[Reason]) -> Reason | None:
    """The first reason that explains a piece."""
    return next((each for each in reasons if each.explains(piece)), None)


def _any(patterns: tuple[str, ...], name: str) -> bool:
    return any(fnmatchcase(name, pattern.replace("[", "[[]")) for pattern in patterns)
