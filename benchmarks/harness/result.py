"""What a benchmark found: printed as a table, written as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.harness.figure import Figure, Goal
from benchmarks.harness.machine import describe_machine

RESULTS = Path(__file__).parent.parent / "results"


@dataclass(frozen=True)
class Result:
    """`name` is the module's, `other` what it is compared with, `notes` what to know of both."""

    name: str
    title: str
    other: str
    figures: tuple[Figure, ...]
    machine: dict[str, str]
    notes: tuple[str, ...] = ()


def number(value: float) -> str:
    """Three digits that tell something: 0.0123, 1.23, 12.3, 1,230."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value:,.{digits}f}"


def spread(values: tuple[float, ...], unit: str) -> str:
    """The median, and in brackets the least and the largest."""
    middle = sorted(values)[len(values) // 2] if len(values) % 2 else None
    median = middle if middle is not None else Figure("", unit, values).median
    told = f"{number(median)} {unit}".strip()
    return told if len(values) == 1 else f"{told} ({number(min(values))} to {number(max(values))})"


def row(figure: Figure) -> list[str]:
    """What, ours, the other side, the ratio, the goal and whether it is met."""
    ratio = figure.ratio
    return [
        figure.what,
        spread(figure.ours, figure.unit),
        spread(figure.other, figure.unit) if figure.other else "",
        "" if ratio is None else f"{ratio:.2f}x",
        figure.goal.text(figure.unit) if figure.goal else "",
        {True: "met", False: "missed", None: ""}[figure.is_met],
    ]


def publish(
    name: str, title: str, other: str, figures: list[Figure], notes: tuple[str, ...] = ()
) -> None:
    """Prints the figures and writes benchmarks/results/NAME.json."""
    result = Result(name, title, other, tuple(figures), describe_machine(), notes)
    print(f"{title}\n  beside: {other}")
    for figure in figures:
        what, *cells = row(figure)
        print(f"  {what}\n    " + " | ".join(cell for cell in cells if cell))
    path = RESULTS / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(asdict(result), indent=1) + "\n")


def read_result(path: Path) -> Result:
    document = json.loads(path.read_text())
    figures = tuple(
        Figure(
            **{**each, "ours": tuple(each["ours"]), "other": tuple(each["other"])}
            | {"goal": Goal(**each["goal"]) if each["goal"] else None}
        )
        for each in document["figures"]
    )
    return Result(**{**document, "figures": figures, "notes": tuple(document["notes"])})
