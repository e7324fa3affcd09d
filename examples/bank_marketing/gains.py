"""What a ranking is worth: how many of the customers whom the model ranks highest really bought.

`python -m examples.bank_marketing.gains FILE` tells it of what `retune predict` wrote.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

CALLS = (500, 1000, 2000)  # so many customers could be called


@dataclass(frozen=True)
class Answer:
    """A customer: what really happened, and the probability that the endpoint gave for `yes`."""

    bought: bool
    probability: float


def read_answers(path: Path) -> list[Answer]:
    """What `retune predict --label-column` wrote."""
    with path.open(newline="") as file:
        return [Answer(row["actual"] == "yes", float(row["yes"])) for row in csv.DictReader(file)]


def told(answers: Sequence[Answer]) -> str:
    """The gains as lines: of those ranked highest, and of those above a threshold."""
    ranked = sorted(answers, key=lambda answer: -answer.probability)
    everybody, base_rate = len(ranked), share_bought(ranked)
    lines = [
        f"  Of the {CALLS[0]} customers ranked highest, {share_bought(ranked[: CALLS[0]]):.0%}"
        f" bought; of all {everybody:,}, {base_rate:.0%}.",
        "",
        "  Called, ranked highest first   bought   of all who bought",
    ]
    for count in (*(count for count in CALLS if count < everybody), everybody):
        lines.append(_line(f"{count:,}", ranked[:count], ranked))
    lines += ["", "  Predicted yes above            bought   of all who bought"]
    for threshold, name in ((0.5, "0.50"), (base_rate, f"{base_rate:.2f}, the base rate")):
        above = [answer for answer in ranked if answer.probability > threshold]
        lines.append(_line(f"{name}: {len(above):,}", above, ranked))
    return "\n".join(lines).replace("%", " %")


def _line(name: str, some: Sequence[Answer], everybody: Sequence[Answer]) -> str:
    found = buyers(some) / buyers(everybody)
    return f"  {name:<28} {share_bought(some):>7.0%} {found:>19.0%}"


def share_bought(answers: Sequence[Answer]) -> float:
    """Between 0 and 1; of nobody, 0."""
    return buyers(answers) / len(answers) if answers else 0.0


def buyers(answers: Iterable[Answer]) -> int:
    return sum(answer.bought for answer in answers)


if __name__ == "__main__":
    print(told(read_answers(Path(sys.argv[1]))))
