"""docs/iam-matrix.md: for each role and permission the calls that need it, or the reason."""

from __future__ import annotations

from collections.abc import Iterator

from tests.end_to_end.conftest import ROOT
from tests.iam_matrix.matrix import Matrix, Piece
from tests.iam_matrix.reasons import Reason, reason_for

PAGE = ROOT / "docs" / "iam-matrix.md"
_INTRODUCTION = """# IAM matrix

Which call needs which permission of each role that the stack makes. Local AWS evaluates IAM for
every call of a role and notes what it asks; the calls are those of a clean run of each variant in
[fault-matrix.md](fault-matrix.md), of the fleet and of what schedules start. Then each action and
each resource of each statement is taken away in turn, and the notes are evaluated again: *needed
by* has the calls that are denied without it. What no call misses has a reason: an account asks for
it where a laptop cannot show it.

```
make iam-matrix                                # this page, of the template and the notes
.venv/bin/python -m tests.iam_matrix --record  # plays the runs again: a quarter of an hour
```

Tests hold the page against the template, and fail when the template lacks a permission that a noted
call needs, or has one that no noted call misses, alone or since another statement permits the same,
and nobody has given a reason for: **nothing** stands there. Names that CloudFormation makes up are
there as `${DataBucket}`.
"""


def page(matrix: Matrix, reasons: list[Reason]) -> str:
    """The whole page in Markdown."""
    lines = [_INTRODUCTION]
    used: list[Reason] = []
    roles = dict.fromkeys(each.role for each in matrix.statements)
    pieces = list(matrix.pieces())
    for role in sorted(roles):
        lines += [f"## {role}", "", "| statement | permission | needed by |", "|---|---|---|"]
        lines += _rows([each for each in pieces if each.statement.role == role], reasons, used)
        lines.append("")
    lines += ["## Reasons", ""]
    lines += [f"{number}. {each.reason} ({each.source})" for number, each in enumerate(used, 1)]
    return "\n".join(lines) + "\n"


def unexplained(matrix: Matrix, reasons: list[Reason]) -> list[Piece]:
    """What is needed by no recorded call and has no reason."""
    return [
        piece for piece in matrix.pieces() if not piece.calls and not reason_for(piece, reasons)
    ]


def _rows(pieces: list[Piece], reasons: list[Reason], used: list[Reason]) -> Iterator[str]:
    for piece in pieces:
        yield f"| {piece.statement.number} | {_name(piece)} | {_why(piece, reasons, used)} |"


def _name(piece: Piece) -> str:
    return f"`{piece.name}`" if piece.kind == "action" else f"on `{piece.name}`"


def _why(piece: Piece, reasons: list[Reason], used: list[Reason]) -> str:
    if piece.calls:
        return ", ".join(piece.calls)
    reason = reason_for(piece, reasons)
    if reason is None:
        others = (
            f" ({', '.join(sorted(piece.others))} has it from elsewhere)" if piece.others else ""
        )
        return f"**nothing**{others}"
    if reason not in used:
        used.append(reason)
    return f"reason {used.index(reason) + 1}"
